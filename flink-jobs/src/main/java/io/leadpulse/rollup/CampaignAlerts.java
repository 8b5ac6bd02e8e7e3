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

    private final EngineContext engine;
    private final Results results;

    CampaignAlerts(EngineContext engine) {
        this.engine = engine;
        results = engine.results();
    }

    /** Whether campaigns are judged in a scope. */
    static boolean concerns(String scope) {
        return Scope.channelOf(scope) != null;
    }

    /** Whether a change may change a judgement. */
    static boolean concerns(Measure measure) {
        return measure == Measure.COHORT_LEADS || measure == Measure.COHORT_QUALIFIED;
    }

    /**
     * Tells what is new.
     *
     * @param keptFrom first day of which the leads are kept
     * @param told what was told before, by alert; bounded by the campaigns of the channel
     * @return when the next lead becomes old enough; {@link JudgeTimes#NONE} when none does
     */
    long judge(
            String scope,
            PaneReader sums,
            int keptFrom,
            MapState<String, ToldScopeAlert> told,
            long nowMillis,
            Collector<ResultRecord> out)
            throws Exception {
        String channel = Scope.channelOf(scope);
        Duration window = engine.qualificationWindow(channel);
        List<Cohort> cohorts = cohorts(sums, window);
        // A day more: days of the company and of the panes begin at different times.
        long fromMillis = (keptFrom + 1) * DAY_MILLIS + window.toMillis() + PoorCampaigns.LOOK.toMillis();
        Map<String, Spell> earlier = new HashMap<>();
        Map<String, ToldScopeAlert> before = new TreeMap<>();
        for (Map.Entry<String, ToldScopeAlert> each : told.entries()) {
            String campaign = results.alert(each.getValue().record()).details().get(CAMPAIGN);
            before.put(campaign, each.getValue());
            if (each.getValue().raisedMillis() < fromMillis) {
                earlier.put(
                        campaign,
                        new Spell(
                                each.getValue().raisedMillis(), each.getValue().resolvedMillis(), null));
            }
        }
        Map<String, Spell> spells = PoorCampaigns.of(cohorts, earlier, fromMillis, nowMillis);
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

    private static List<Cohort> cohorts(PaneReader sums, Duration window) throws Exception {
        List<Cohort> cohorts = new ArrayList<>();
        sums.panesOf(
                Measure.COHORT_LEADS,
                (campaign, pane, leads) -> cohorts.add(new Cohort(matureMillis(pane, window), campaign, leads, 0)));
        Set<String> within = Set.copyOf(QualificationAge.within(window));
        Map<Long, Map<String, Long>> qualified = new HashMap<>();
        sums.panesOf(Measure.COHORT_QUALIFIED, (dimension, pane, leads) -> {
            int slash = dimension.indexOf('/');
            if (within.contains(dimension.substring(0, slash))) {
                qualified
                        .computeIfAbsent(matureMillis(pane, window), millis -> new HashMap<>())
                        .merge(dimension.substring(slash + 1), leads, Long::sum);
            }
        });
        cohorts.replaceAll(cohort -> new Cohort(
                cohort.matureMillis(),
                cohort.campaign(),
                cohort.leads(),
                qualified.getOrDefault(cohort.matureMillis(), Map.of()).getOrDefault(cohort.campaign(), 0L)));
        return cohorts;
    }

    private static long matureMillis(int pane, Duration window) {
        return (pane + 1L) * Measure.FIVE_SECONDS_MILLIS + window.toMillis();
    }
}
