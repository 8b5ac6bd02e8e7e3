package io.leadpulse.rollup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.app.EngineContext;
import io.leadpulse.app.ResultRecord;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.schemas.Topics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.util.Collector;

/** Publishes what changed in a scope: the sums themselves, and sales progress of every period that they touch. */
final class ScopePublisher {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final PeriodCalendar periods;

    ScopePublisher(EngineContext engine) {
        periods = engine.periods();
    }

    void publish(String scope, List<PaneKey> changed, PaneReader sums, long asOfMillis, Collector<ResultRecord> out)
            throws Exception {
        Set<Period> touched = new LinkedHashSet<>();
        for (PaneKey pane : changed) {
            if (pane.measure().pane() == Measure.Pane.DAY) {
                touched.addAll(periods.periodsOf(pane.pane()).values());
            }
        }
        for (Period period : touched) {
            ObjectNode value = JSON.createObjectNode();
            value.put("scope", scope);
            value.put("period", period.key());
            value.put("won_amount_minor", sums.sumOver(Measure.WON_AMOUNT, period));
            value.put("won_count", sums.sumOver(Measure.WON_COUNT, period));
            value.put("lost_count", sums.sumOver(Measure.LOST_COUNT, period));
            value.put("cycle_millis", sums.sumOver(Measure.CYCLE_MILLIS, period));
            out.collect(new ResultRecord(Topics.PROGRESS, scope + '|' + period.key(), value.toString()));
        }
    }
}
