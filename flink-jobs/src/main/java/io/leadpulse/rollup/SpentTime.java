package io.leadpulse.rollup;

import io.leadpulse.domain.activity.SpentSpan;
import io.leadpulse.domain.activity.TimeSpent;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.measure.Dimension;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * By how much a span of one person changes his time. A day's union is the sum of the unions of its five minutes, so a span
 * costs what lies in the same minutes, however many spans the day has: who is a dialler or an integration has tens of
 * thousands.
 *
 * <p>Of each five minutes, activity and team it keeps how many spans begin and end at which millisecond. Ends and beginnings at
 * one instant cancel out, so of times in whole seconds there are at most 301, however many spans there were.
 */
final class SpentTime {
    static final int SLOT_MILLIS = 300_000;
    private static final String ALL_KINDS = "";

    /** Where beginnings (+) and ends (-) are kept, by offset in the slot; by activity and team. */
    interface Marks {
        /** Empty for a slot in which nothing was spent. */
        Map<String, PaneBlock> of(SpentSlot slot) throws Exception;

        void keep(SpentSlot slot, Map<String, PaneBlock> marks) throws Exception;
    }

    private final Marks marks;

    SpentTime(Marks marks) {
        this.marks = marks;
    }

    /**
     * Takes in a span and adds what changes by it.
     *
     * @param times how often it comes, or negative goes
     */
    void add(String rep, int day, SpentSpan span, long times, Contributions to) throws Exception {
        long fromMillis = span.span().fromMillis();
        long toMillis = span.span().toMillis();
        for (long startMillis = fromMillis - Math.floorMod(fromMillis, SLOT_MILLIS);
                startMillis < toMillis;
                startMillis += SLOT_MILLIS) {
            SpentSlot slot = slot(day, startMillis);
            int from = (int) (Math.max(fromMillis, startMillis) - startMillis);
            int until = (int) (Math.min(toMillis, startMillis + SLOT_MILLIS) - startMillis);
            Map<String, PaneBlock> before = marks.of(slot);
            Map<String, PaneBlock> after = new HashMap<>(before);
            String group = Dimension.of(span.kind(), span.team());
            PaneBlock changed =
                    after.getOrDefault(group, PaneBlock.EMPTY).plus(from, times).plus(until, -times);
            if (changed.isEmpty()) {
                after.remove(group);
            } else {
                after.put(group, changed);
            }
            marks.keep(slot, after);
            contribute(rep, day, span, before, after, to);
        }
    }

    /** The five minutes of a day in which an instant lies. */
    static SpentSlot slot(int day, long millis) {
        return new SpentSlot(day, Math.toIntExact(Math.floorDiv(millis, SLOT_MILLIS)));
    }

    private static void contribute(
            String rep,
            int day,
            SpentSpan span,
            Map<String, PaneBlock> before,
            Map<String, PaneBlock> after,
            Contributions to) {
        for (String kind : List.of(span.kind(), ALL_KINDS)) {
            BiPredicate<String, String> ofKind = (each, team) -> kind.equals(ALL_KINDS) || kind.equals(each);
            long more = millis(after, ofKind) - millis(before, ofKind);
            to.add(Scope.COMPANY, Measure.TIME_SPENT, kind, day, more);
            to.add(Scope.rep(rep), Measure.TIME_SPENT, kind, day, more);
            if (!span.team().isEmpty()) {
                BiPredicate<String, String> inTeam =
                        ofKind.and((each, team) -> span.team().equals(team));
                long ofTeam = millis(after, inTeam) - millis(before, inTeam);
                to.add(Scope.team(span.team()), Measure.TIME_SPENT, kind, day, ofTeam);
            }
        }
    }

    private static long millis(Map<String, PaneBlock> marks, BiPredicate<String, String> counts) {
        List<TimeSpent.Span> spans = new ArrayList<>();
        marks.forEach((group, each) -> {
            int separator = group.indexOf(Dimension.SEPARATOR);
            if (counts.test(group.substring(0, separator), group.substring(separator + 1))) {
                addSpans(each, spans);
            }
        });
        return TimeSpent.of(spans).millis();
    }

    /** A span that went before it came makes the count negative for a while, which is as none. */
    private static void addSpans(PaneBlock marks, List<TimeSpent.Span> spans) {
        long open = 0;
        for (int i = 0; i < marks.panes().length; i++) {
            if (open > 0) {
                spans.add(new TimeSpent.Span(marks.panes()[i - 1], marks.panes()[i]));
            }
            open += marks.sums()[i];
        }
    }
}
