package io.leadpulse.rollup;

import io.leadpulse.domain.activity.WatchedRate;
import io.leadpulse.domain.alert.AlertCause;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.rate.Rate;
import io.leadpulse.domain.rate.WorseSpells;
import io.leadpulse.domain.rate.WorseSpells.Spell;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.Results;
import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.result.AlertRecord;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.Collector;

/**
 * Tells of rates that have become worse, judged in the scope of the company by {@link WorseSpells}, as its sums by day say it:
 * late, repeated and corrected activities change what is told, and what no longer follows is withdrawn.
 *
 * <p>A campaign or template is not told of while all of them together are worse: that is the same news.
 */
final class WorseAlerts {
    private static final String RATE = "rate";
    private static final String PART = "part";

    private final BusinessCalendar calendar;
    private final Results results;

    WorseAlerts(EngineContext engine) {
        calendar = engine.companyCalendar();
        results = engine.results();
    }

    /** Whether rates are judged in a scope: of the activity, not of who does it. */
    static boolean concerns(String scope) {
        return scope.equals(Scope.COMPANY);
    }

    /** A rate, or a part of it. */
    private record Judged(WatchedRate rate, String part) {}

    /**
     * Tells what is new.
     *
     * @param told what was told before, by alert; bounded by the rates and the campaigns, templates, stages and forms that ever
     *     became worse
     */
    void judge(PaneReader sums, MapState<String, ToldScopeAlert> told, long nowMillis, Collector<ResultRecord> out)
            throws Exception {
        long today = calendar.epochDay(nowMillis);
        long fromDay = today - WorseSpells.LOOK_DAYS;
        Map<Judged, Map<Long, Rate>> cases = cases(sums, fromDay);
        Map<String, ToldScopeAlert> before = new TreeMap<>();
        for (Map.Entry<String, ToldScopeAlert> each : told.entries()) {
            before.put(each.getKey(), each.getValue());
        }
        for (Judged judged : toldOf(before.values())) {
            cases.putIfAbsent(judged, Map.of());
        }
        Map<Judged, Spell> spells = new HashMap<>();
        cases.forEach((judged, byDay) -> {
            Spell earlier = earlier(before.get(id(judged)), fromDay);
            Map<Long, Rate> all = judged.rate().newIsComparedWithAll()
                    ? cases.getOrDefault(new Judged(judged.rate().whole(), WatchedRate.WHOLE), Map.of())
                    : Map.of();
            Spell last = WorseSpells.of(byDay, all, calendar, judged.rate().maturity(), earlier, fromDay, today);
            if (last != null) {
                spells.put(judged, last);
            }
        });
        Set<String> gone = new HashSet<>(before.keySet());
        for (Map.Entry<Judged, Spell> each : byId(spells).values()) {
            if (!isNewsOfTheWhole(each.getKey(), each.getValue(), spells)) {
                String id = id(each.getKey());
                gone.remove(id);
                tell(each.getKey(), each.getValue(), before.get(id), told, nowMillis, out);
            }
        }
        for (String id : gone) {
            told.remove(id);
            AlertRecord raised = results.alert(before.get(id).record());
            out.collect(results.alert(ScopeAlerts.with(raised, "withdrawn", nowMillis, "corrected", nowMillis)));
        }
    }

    private static boolean isNewsOfTheWhole(Judged judged, Spell spell, Map<Judged, Spell> spells) {
        Spell whole = judged.part().equals(WatchedRate.WHOLE)
                ? null
                : spells.get(new Judged(judged.rate().whole(), WatchedRate.WHOLE));
        return whole != null && whole.contains(spell.raisedEpochDay());
    }

    private void tell(
            Judged judged,
            Spell spell,
            ToldScopeAlert before,
            MapState<String, ToldScopeAlert> told,
            long nowMillis,
            Collector<ResultRecord> out)
            throws Exception {
        long raisedMillis = calendar.startOfDayMillis(spell.raisedEpochDay());
        long resolvedMillis = spell.resolvedEpochDay() == Spell.LASTS
                ? Spell.LASTS
                : calendar.startOfDayMillis(spell.resolvedEpochDay());
        boolean isTold = before != null && before.raisedMillis() == raisedMillis;
        if (isTold && before.resolvedMillis() == resolvedMillis) {
            return;
        }
        AlertRecord raised = isTold ? results.alert(before.record()) : raised(judged, spell, raisedMillis, nowMillis);
        ResultRecord record = results.alert(raised);
        told.put(raised.alert(), new ToldScopeAlert(Long.MAX_VALUE, record.value(), raisedMillis, resolvedMillis));
        out.collect(
                resolvedMillis == Spell.LASTS
                        ? record
                        : results.alert(ScopeAlerts.with(raised, "resolved", resolvedMillis, null, nowMillis)));
    }

    private static AlertRecord raised(Judged judged, Spell spell, long raisedMillis, long nowMillis) {
        Rate now = spell.comparison().now();
        Rate before = spell.comparison().before();
        Map<String, String> details = new TreeMap<>();
        details.put(RATE, judged.rate().wireName());
        details.put("words", judged.rate().words());
        if (!judged.part().equals(WatchedRate.WHOLE)) {
            details.put("part_kind", judged.rate().partKind());
            details.put(PART, judged.part());
        }
        details.put("from", day(spell.days().nowFromEpochDay()));
        details.put("until", day(spell.days().endEpochDayExclusive() - 1));
        details.put("before_from", day(spell.days().beforeFromEpochDay()));
        if (spell.isNew()) {
            details.put("before_of", "all");
        }
        details.put("now_successes", Long.toString(now.numerator()));
        details.put("now_cases", Long.toString(now.denominator()));
        details.put("now_rate", share(now));
        details.put("before_successes", Long.toString(before.numerator()));
        details.put("before_cases", Long.toString(before.denominator()));
        details.put("before_rate", share(before));
        details.put("z", String.format(Locale.ROOT, "%.2f", spell.comparison().z()));
        return ScopeAlerts.alert(
                id(judged),
                AlertCause.WORKS_WORSE,
                Scope.COMPANY,
                "the eight weeks before",
                raisedMillis,
                details,
                nowMillis);
    }

    private static String day(long epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }

    private static String share(Rate rate) {
        return String.format(Locale.ROOT, "%.4f", (double) rate.numerator() / rate.denominator());
    }

    /** What was told earlier than what is looked at; of what ended since nobody knows the end yet. */
    private Spell earlier(ToldScopeAlert told, long fromDay) {
        if (told == null || told.raisedMillis() >= calendar.startOfDayMillis(fromDay)) {
            return null;
        }
        long resolved = told.resolvedMillis() < calendar.startOfDayMillis(fromDay)
                ? calendar.epochDay(told.resolvedMillis())
                : Spell.LASTS;
        return new Spell(calendar.epochDay(told.raisedMillis()), resolved, null, null, false);
    }

    private Set<Judged> toldOf(Iterable<ToldScopeAlert> told) {
        Set<Judged> judged = new HashSet<>();
        for (ToldScopeAlert each : told) {
            Map<String, String> details = results.alert(each.record()).details();
            WatchedRate rate = WatchedRate.valueOf(details.get(RATE).toUpperCase(Locale.ROOT));
            judged.add(new Judged(rate, details.getOrDefault(PART, WatchedRate.WHOLE)));
        }
        return judged;
    }

    private Map<Judged, Map<Long, Rate>> cases(PaneReader sums, long fromDay) throws Exception {
        long firstDay = fromDay;
        for (WatchedRate rate : WatchedRate.values()) {
            firstDay = Math.min(firstDay, WorseSpells.firstCaseDay(calendar, rate.maturity(), fromDay));
        }
        Map<Judged, Map<Long, long[]>> counts = new HashMap<>();
        sums.panesFrom(Math.toIntExact(firstDay), WatchedRate.MEASURES, (measure, dimension, pane, sum) -> {
            for (WatchedRate.Share share : WatchedRate.of(measure, dimension)) {
                if (share.rate().whole() == share.rate()) {
                    add(share, WatchedRate.WHOLE, pane, sum, counts);
                }
                if (!share.part().equals(WatchedRate.WHOLE)) {
                    add(share, share.part(), pane, sum, counts);
                }
            }
        });
        Map<Judged, Map<Long, Rate>> cases = new HashMap<>();
        counts.forEach((judged, byDay) -> {
            Map<Long, Rate> rates = new HashMap<>();
            // A form may be sent without a view that anybody saw.
            byDay.forEach((day, each) ->
                    rates.put(day, new Rate(Math.max(0, Math.min(each[0], each[1])), Math.max(0, each[1]))));
            cases.put(judged, rates);
        });
        return cases;
    }

    private static void add(
            WatchedRate.Share share, String part, int day, long sum, Map<Judged, Map<Long, long[]>> counts) {
        long[] count = counts.computeIfAbsent(new Judged(share.rate(), part), judged -> new HashMap<>())
                .computeIfAbsent((long) day, each -> new long[2]);
        count[0] += share.isSuccess() ? sum : 0;
        count[1] += share.isCase() ? sum : 0;
    }

    private static Map<String, Map.Entry<Judged, Spell>> byId(Map<Judged, Spell> spells) {
        Map<String, Map.Entry<Judged, Spell>> byId = new TreeMap<>();
        spells.entrySet().forEach(each -> byId.put(id(each.getKey()), each));
        return byId;
    }

    /** Without a time: a rate that was told of and is found again soon after is not told of again. */
    private static String id(Judged judged) {
        return Hash64.hex(Hash64.of(String.join(
                "\u0000", AlertCause.WORKS_WORSE.name(), judged.rate().name(), judged.part())));
    }
}
