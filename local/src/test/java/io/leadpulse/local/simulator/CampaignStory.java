package io.leadpulse.local.simulator;

import io.leadpulse.domain.campaign.PoorCampaigns;
import io.leadpulse.domain.campaign.PoorCampaigns.Cohort;
import io.leadpulse.domain.campaign.PoorCampaigns.Spell;
import io.leadpulse.domain.campaign.Touch;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.lead.LeadView;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.EventFacts;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.SalesEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Judges the campaigns of one channel by its leads, as the domain reads them: what the engine tells, without an engine. */
final class CampaignStory {
    private static final String USER = "\"userId\":\"";

    private final List<Cohort> cohorts = new ArrayList<>();

    CampaignStory(Simulator simulator, List<SimulatedRecord> history, String channel) {
        EngineContext engine =
                EngineContext.of(new EngineSettings(simulator.configYaml(), List.of(), Fact.NO_TIME, true));
        EventDecoder decoder = engine.scanningDecoder(simulator.liveStart().toEpochMilli());
        Duration window = engine.qualificationWindow(channel);
        facts(history, channel, decoder).forEach((lead, facts) -> {
            LeadView view = engine.leadBook()
                    .read(
                            lead,
                            facts.values().stream().sorted(Fact.CANONICAL_ORDER).toList(),
                            List.of());
            Touch first = view.touches().first();
            if (first.channel().equals(channel)) {
                long qualified = view.milestones().marketingQualifiedMillis();
                boolean within = qualified != Fact.NO_TIME
                        && qualified >= first.timeMillis()
                        && qualified - first.timeMillis() <= window.toMillis();
                long until = (Measure.fiveSecondsPane(first.timeMillis()) + 1L) * Measure.FIVE_SECONDS_MILLIS;
                cohorts.add(new Cohort(until + window.toMillis(), first.campaign(), 1, within ? 1 : 0));
            }
        });
    }

    /** By lead and id: what a lead of the channel did, what was done for it, and what it did before it was known. */
    private static Map<String, Map<Long, Fact>> facts(
            List<SimulatedRecord> history, String channel, EventDecoder decoder) {
        Set<String> leads = leads(history, channel);
        Map<String, String> leadOf = new HashMap<>();
        leads.forEach(lead -> leadOf.put(lead, lead));
        for (SimulatedRecord record : history) {
            if (record.topic().equals(Topics.BEHAVIOUR)) {
                String text = text(record);
                int user = text.indexOf(USER);
                if (user >= 0) {
                    int from = user + USER.length();
                    leadOf.put(record.key(), text.substring(from, text.indexOf('"', from)));
                }
            }
        }
        Map<String, Map<Long, Fact>> facts = new TreeMap<>();
        for (SimulatedRecord record : history) {
            String lead = leadOf.get(record.key());
            if (leads.contains(lead) && record.kind() != SimulatedRecord.Kind.BROKEN) {
                SalesEvent event = decoder.decode(new RawRecord(
                                record.topic(),
                                0,
                                1,
                                Fact.NO_TIME,
                                record.key().getBytes(StandardCharsets.UTF_8),
                                record.value(),
                                List.of()))
                        .event();
                if (event.deal() == null) {
                    facts.computeIfAbsent(lead, key -> new HashMap<>()).put(event.id(), EventFacts.fact(event));
                }
            }
        }
        return facts;
    }

    /** The leads that the CRM has from a channel. */
    static Set<String> leads(List<SimulatedRecord> history, String channel) {
        String named = "\"channel\":\"" + channel + '"';
        return history.stream()
                .filter(record ->
                        record.topic().equals(Topics.ACTIVITIES) && text(record).contains(named))
                .map(SimulatedRecord::key)
                .collect(Collectors.toSet());
    }

    private static String text(SimulatedRecord record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    /** How many leads the channel has. */
    long leads() {
        return cohorts.size();
    }

    /** By campaign, when it was last found poor, judged at every instant up to this one; empty if none ever was. */
    Map<String, Spell> poorUntil(long millis) {
        return PoorCampaigns.of(cohorts, Map.of(), Long.MIN_VALUE, millis).spells();
    }
}
