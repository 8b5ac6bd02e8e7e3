package io.leadpulse.rollup;

import io.leadpulse.domain.alert.AlertCause;
import io.leadpulse.domain.campaign.CampaignJudgement;
import io.leadpulse.domain.campaign.PoorCampaigns;
import io.leadpulse.domain.campaign.PoorCampaigns.Cohort;
import io.leadpulse.domain.campaign.PoorCampaigns.Spell;
import io.leadpulse.domain.campaign.QualificationAge;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.rate.Rate;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.Results;
import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.result.AlertRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.Collector;

/**
 * Tells of campaigns whose leads do not qualify, judged in the scope of their channel by {@link PoorCampaigns}, as the
 * sums of the channel say it: late, repeated and corrected leads change what is told, and what no longer follows is
 * withdrawn. A lead becomes old enough at the end of the five seconds in which it was touched, and the channel's window.
 */
final class CampaignAlerts {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final String CAMPAIGN = "campaign";
    private static final Set<Measure> COHORTS = EnumSet.of(Measure.COHORT_LEADS, Measure.COHORT_QUALIFIED);

    private final EngineContext engine;
    private final Results results;
    /** Channels whose whole past was judged by this; the others may have been judged by another configuration. */
    private final Set<String> judgedWhole = new HashSet<>();

    private long instantsJudged;

    CampaignAlerts(EngineContext engine) {
        this.engine = engine;
        results = engine.results();
    }

    /** Whether campaigns are judged in a scope. */
    static boolean concerns(String scope) {
        return Scope.channelOf(scope) != null;
    }

    /**
     * The first instant of which a change may change the judgement, epoch milliseconds; {@link JudgeTimes#NONE} when it
     * changes none: who qualified too late for the channel's window counts as one who has not.
     */
    long firstChanged(String scope, List<PaneDelta> panes) {
        Duration window = engine.qualificationWindow(Scope.channelOf(scope));
        long first = JudgeTimes.NONE;
        for (PaneDelta pane : panes) {
            boolean concerns = pane.measure() == Measure.COHORT_LEADS
                    || (pane.measure() == Measure.COHORT_QUALIFIED && isWithin(window, pane.dimension()));
            if (concerns) {
                first = Math.min(first, matureMillis(pane.pane(), window));
            }
        }
        return first;
    }

    /** At how many instants a channel was judged, all in all. */
    long instantsJudged() {
        return instantsJudged;
    }

    /**
     * Tells what is new. What was found before {@code changedMillis} is gone on with; the first time, by this configuration and
     * since this start of the engine, the whole past is judged.
     *
     * @param keptFrom first day of which the leads are kept
     * @param changedMillis the first instant that was not judged, or of which something has changed since
     * @param told what was told before, by alert; bounded by the campaigns of the channel
     * @return when the next lead becomes old enough; {@link JudgeTimes#NONE} when none does
     */
    long judge(
            String scope,
            PaneReader sums,
            int keptFrom,
            long changedMillis,
            MapState<String, ToldScopeAlert> told,
            long nowMillis,
            Collector<ResultRecord> out)
            throws Exception {
        String channel = Scope.channelOf(scope);
        Duration window = engine.qualificationWindow(channel);
        Map<String, ToldScopeAlert> before = new TreeMap<>();
        long lastRaisedMillis = Long.MIN_VALUE;
        for (Map.Entry<String, ToldScopeAlert> each : told.entries()) {
            before.put(results.alert(each.getValue().record()).details().get(CAMPAIGN), each.getValue());
            lastRaisedMillis = Math.max(lastRaisedMillis, each.getValue().raisedMillis());
        }
        // A day more: days of the company and of the panes begin at different times.
        long knownMillis = (keptFrom + 1) * DAY_MILLIS + window.toMillis() + PoorCampaigns.LOOK.toMillis();
        // Of each campaign only the last spell is known: without it nobody can say how things stood before it.
        boolean goesOn = !judgedWhole.add(scope) && lastRaisedMillis < changedMillis;
        long fromMillis = goesOn ? Math.max(knownMillis, changedMillis) : knownMillis;
        List<Cohort> cohorts = cohorts(sums, window, fromMillis - PoorCampaigns.LOOK.toMillis());
        PoorCampaigns.Found found = PoorCampaigns.of(cohorts, foundBefore(fromMillis, before), fromMillis, nowMillis);
        instantsJudged += found.instants();
        Map<String, Spell> spells = found.spells();
        for (Map.Entry<String, Spell> each : spells.entrySet()) {
            tell(channel, window, each.getKey(), each.getValue(), before.get(each.getKey()), told, nowMillis, out);
        }
        Set<String> gone = new HashSet<>(before.keySet());
        gone.removeAll(spells.keySet());
        for (String campaign : gone) {
            AlertRecord raised = results.alert(before.get(campaign).record());
            told.remove(raised.alert());
            out.collect(results.alert(ScopeAlerts.with(raised, "withdrawn", nowMillis, "corrected", nowMillis)));
        }
        return cohorts.stream()
                .mapToLong(Cohort::matureMillis)
                .filter(matureMillis -> matureMillis > nowMillis)
                .min()
                .orElse(JudgeTimes.NONE);
    }

    /** How things stood just before an instant: what ended at it or later had not ended yet. */
    private static Map<String, Spell> foundBefore(long fromMillis, Map<String, ToldScopeAlert> told) {
        Map<String, Spell> found = new HashMap<>();
        told.forEach((campaign, alert) -> {
            if (alert.raisedMillis() < fromMillis) {
                long resolved = alert.resolvedMillis() < fromMillis ? alert.resolvedMillis() : Spell.LASTS;
                found.put(campaign, new Spell(alert.raisedMillis(), resolved, null));
            }
        });
        return found;
    }

    private void tell(
            String channel,
            Duration window,
            String campaign,
            Spell spell,
            ToldScopeAlert before,
            MapState<String, ToldScopeAlert> told,
            long nowMillis,
            Collector<ResultRecord> out)
            throws Exception {
        boolean isTold = before != null && before.raisedMillis() == spell.raisedMillis();
        if (isTold && before.resolvedMillis() == spell.resolvedMillis()) {
            return;
        }
        AlertRecord raised =
                isTold ? results.alert(before.record()) : raised(channel, window, campaign, spell, nowMillis);
        ResultRecord record = results.alert(raised);
        told.put(
                raised.alert(),
                new ToldScopeAlert(Long.MAX_VALUE, record.value(), spell.raisedMillis(), spell.resolvedMillis()));
        out.collect(
                spell.resolvedMillis() == Spell.LASTS
                        ? record
                        : results.alert(ScopeAlerts.with(raised, "resolved", spell.resolvedMillis(), null, nowMillis)));
    }

    private static AlertRecord raised(String channel, Duration window, String campaign, Spell spell, long nowMillis) {
        CampaignJudgement judgement = spell.judgement();
        Map<String, String> details = new TreeMap<>();
        details.put(CAMPAIGN, campaign);
        details.put("channel", channel);
        details.put("window_hours", Long.toString(window.toHours()));
        details.put("leads", Long.toString(judgement.qualified().denominator()));
        details.put("qualified", Long.toString(judgement.qualified().numerator()));
        details.put("rate", share(rate(judgement.qualified())));
        details.put(
                "rate_at_most",
                share(judgement.qualified().interval().orElseThrow().upper()));
        details.put("usual_leads", Long.toString(judgement.usual().denominator()));
        details.put("usual_qualified", Long.toString(judgement.usual().numerator()));
        details.put("usual_rate", share(rate(judgement.usual())));
        return ScopeAlerts.alert(
                Hash64.hex(Hash64.of(String.join("\u0000", AlertCause.POOR_CAMPAIGN.name(), channel, campaign))),
                AlertCause.POOR_CAMPAIGN,
                Scope.campaign(campaign),
                "half of what is usual in " + channel,
                spell.raisedMillis(),
                details,
                nowMillis);
    }

    private static double rate(Rate rate) {
        return (double) rate.numerator() / rate.denominator();
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.4f", share);
    }

    /** The leads that become old enough at an instant or later. */
    private static List<Cohort> cohorts(PaneReader sums, Duration window, long fromMillis) throws Exception {
        Map<String, Map<Integer, Long>> leads = new HashMap<>();
        Map<String, Map<Integer, Long>> qualified = new HashMap<>();
        int firstPane = Measure.fiveSecondsPane(Math.max(0, fromMillis - window.toMillis() - 1));
        sums.panesFrom(firstPane, COHORTS, (measure, dimension, pane, sum) -> {
            if (measure == Measure.COHORT_LEADS) {
                leads.computeIfAbsent(dimension, name -> new HashMap<>()).put(pane, sum);
            } else if (isWithin(window, dimension)) {
                qualified
                        .computeIfAbsent(dimension.substring(dimension.indexOf('/') + 1), name -> new HashMap<>())
                        .merge(pane, sum, Long::sum);
            }
        });
        List<Cohort> cohorts = new ArrayList<>();
        leads.forEach((campaign, byPane) -> {
            Map<Integer, Long> ofCampaign = qualified.getOrDefault(campaign, Map.of());
            byPane.forEach((pane, sum) -> cohorts.add(
                    new Cohort(matureMillis(pane, window), campaign, sum, ofCampaign.getOrDefault(pane, 0L))));
        });
        return cohorts;
    }

    /** Whether leads with this dimension of {@link Measure#COHORT_QUALIFIED} qualified in time. */
    private static boolean isWithin(Duration window, String dimension) {
        return QualificationAge.within(window).contains(dimension.substring(0, dimension.indexOf('/')));
    }

    private static long matureMillis(int pane, Duration window) {
        return (pane + 1L) * Measure.FIVE_SECONDS_MILLIS + window.toMillis();
    }
}
