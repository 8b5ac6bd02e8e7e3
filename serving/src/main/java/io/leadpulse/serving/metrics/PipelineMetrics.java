package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Open deals by stage, and leads: those that the sums tell, and those that only the read model knows. */
final class PipelineMetrics {
    private static final Map<String, Measure> EVENTS = events();

    private static final Set<Family> FAMILIES = EnumSet.range(Family.OPEN_DEALS, Family.LEADS_WAITING);

    private PipelineMetrics() {}

    static void collect(Moment moment, LeadCounts.Counts counts, Samples out) {
        if (!out.wantsAny(FAMILIES)) {
            return;
        }
        moment.scopes().forEach((scope, at) -> {
            ScopeBook sums = moment.sums(scope);
            open(moment, at, sums, out);
            EVENTS.forEach((event, measure) -> out.add(
                    Family.LEADS_TODAY,
                    sums.sumOver(measure, moment.current(PeriodKind.DAY)),
                    event,
                    at.level(),
                    at.team(),
                    at.rep()));
        });
        if (counts != null) {
            add(moment, Family.OPEN_LEADS, counts.openByBand(), List.of("cold", "warm", "hot"), out);
            add(moment, Family.LEADS_TODAY, counts.movedToday(), List.of("warmed", "cooled"), out);
            add(
                    moment,
                    Family.LEADS_WAITING,
                    counts.waiting(),
                    List.of("hand_raised", "reply_owed", "unassigned"),
                    out);
        }
    }

    /** By stage: those that the company names, with zeros, and any other in which a deal stands. */
    private static void open(Moment moment, ScopeLabels at, ScopeBook sums, Samples out) {
        Map<String, Long> deals = sums.nowByDimension(Measure.OPEN_COUNT_BY_STAGE);
        Map<String, Long> amounts = sums.nowByDimension(Measure.OPEN_AMOUNT_BY_STAGE);
        Set<String> stages = new LinkedHashSet<>(moment.config().dealStages().open());
        stages.addAll(deals.keySet());
        for (String stage : stages) {
            String[] labels = {at.level(), at.team(), at.rep(), stage};
            out.add(Family.OPEN_DEALS, deals.getOrDefault(stage, 0L), labels);
            out.add(Family.OPEN_DEALS_MONEY, moment.money(amounts.getOrDefault(stage, 0L)), labels);
        }
    }

    /** Counts by owner as those of the owner, his team and the company; of the company also those that are 0. */
    private static void add(
            Moment moment, Family family, List<LeadCounts.Count> counts, List<String> whats, Samples out) {
        Map<List<String>, Long> sums = new LinkedHashMap<>();
        for (String what : whats) {
            sums.put(List.of(what, ScopeLabels.COMPANY.level(), "", ""), 0L);
        }
        for (LeadCounts.Count count : counts) {
            for (ScopeLabels at : whose(moment, count.rep())) {
                sums.merge(List.of(count.what(), at.level(), at.team(), at.rep()), count.leads(), Long::sum);
            }
        }
        sums.forEach((labels, leads) -> out.add(family, leads, labels.toArray(String[]::new)));
    }

    /** The company; of a rep also himself and the team that he is in now. */
    static List<ScopeLabels> whose(Moment moment, String rep) {
        if (rep == null) {
            return List.of(ScopeLabels.COMPANY);
        }
        ScopeLabels his = ScopeLabels.of(Scope.rep(rep), moment.directory(), moment.nowMillis());
        return his.team().isEmpty()
                ? List.of(ScopeLabels.COMPANY, his)
                : List.of(ScopeLabels.COMPANY, new ScopeLabels("team", his.team(), ""), his);
    }

    private static Map<String, Measure> events() {
        Map<String, Measure> events = new LinkedHashMap<>();
        events.put("created", Measure.LEADS_CREATED);
        events.put("marketing_qualified", Measure.LEADS_MARKETING_QUALIFIED);
        events.put("accepted", Measure.LEADS_ACCEPTED);
        events.put("sales_qualified", Measure.LEADS_SALES_QUALIFIED);
        return events;
    }
}
