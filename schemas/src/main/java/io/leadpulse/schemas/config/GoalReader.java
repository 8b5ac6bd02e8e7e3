package io.leadpulse.schemas.config;

import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.goal.Goal;
import io.leadpulse.domain.goal.GoalMeasure;
import io.leadpulse.schemas.MinorUnits;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a goal, of the configuration or of {@code sales.goals.v1}. An amount or count of 0 withdraws a goal. */
final class GoalReader {

    private static final String ACTIVITIES = "activities:";
    private static final Pattern SCOPE = Pattern.compile("company|team:\\S.*|rep:\\S.*");

    /** Of periods of which anything can be counted: 1970 to 2199, as of every date on the wire. */
    private static final long FIRST_DAY = 0;

    private static final long LAST_DAY = LocalDate.of(2199, 12, 31).toEpochDay();

    /** The total has no end, so it has no goal. */
    private static final Set<PeriodKind> PERIOD_KINDS = EnumSet.complementOf(EnumSet.of(PeriodKind.TOTAL));

    private static final Map<String, GoalMeasure> MEASURES = measures();
    private static final Map<PeriodKind, String> PERIOD_ALLOWED = Map.of(
            PeriodKind.DAY, "a day, such as 2025-03-14",
            PeriodKind.WEEK, "the first day of a week, such as 2025-03-10",
            PeriodKind.MONTH, "a month, such as 2025-03 (its first day, if the fiscal year begins within a month)",
            PeriodKind.QUARTER, "a quarter of the fiscal year, such as 2025-Q1",
            PeriodKind.YEAR, "a fiscal year, such as 2025");

    private final Company company;
    private final PeriodCalendar periods;

    GoalReader(Company company) {
        this.company = company;
        this.periods = new PeriodCalendar(
                company.months(), company.weekStart(), company.fiscalStartMonth(), company.fiscalStartDay());
    }

    /** The goal of this section; null after a problem. */
    Goal read(Section goal) {
        int before = goal.problems().size();
        String scope = goal.scalar("scope", null, "company, team:NAME or rep:ID", GoalReader::scope);
        goal.require("scope", "company, team:NAME or rep:ID");
        String measureName = goal.text("measure", GoalMeasure.WON_AMOUNT.name().toLowerCase(Locale.ROOT));
        EventKind activity = measureName.startsWith(ACTIVITIES) ? activity(goal, measureName) : null;
        GoalMeasure measure = activity != null ? GoalMeasure.ACTIVITIES : MEASURES.get(measureName);
        if (measure == null && !measureName.startsWith(ACTIVITIES)) {
            goal.refuse("measure", Section.oneOf(MEASURES.keySet()) + ", activities:KIND");
        }
        goal.require("period_kind", Section.oneOf(names()));
        PeriodKind kind = goal.choice("period_kind", null, PERIOD_KINDS);
        Long periodEpochDay = kind == null
                ? null
                : goal.scalar("period", null, PERIOD_ALLOWED.get(kind), node -> epochDay(kind, node.text()));
        goal.gives("period");
        Long amount = amount(goal, measure);
        Long effectiveFromMillis = goal.instantMillis("effective_from", Long.MIN_VALUE);
        goal.end();
        return goal.problems().size() > before
                ? null
                : new Goal(
                        scope,
                        measure,
                        activity,
                        kind,
                        periodEpochDay,
                        amount == 0 ? null : amount,
                        effectiveFromMillis);
    }

    private Long amount(Section goal, GoalMeasure measure) {
        int digits = MinorUnits.digits(company.currency());
        String allowed = "an amount in " + company.currency() + " as a text, such as \""
                + MinorUnits.text(50_000, digits) + "\"";
        Long amount = goal.scalar("amount", null, allowed, node -> {
            OptionalLong minor =
                    node.is(ConfigNode.Kind.TEXT) ? MinorUnits.parse(node.text(), digits) : OptionalLong.empty();
            return minor.orElseThrow(Section.Refused::new);
        });
        String currency = goal.text("currency", company.currency());
        if (!currency.equals(company.currency())) {
            goal.refuse("currency", company.currency() + ", the company's");
        }
        Long count = goal.integerOrNull("count", null, 0, MinorUnits.MAX);
        boolean isMoney = measure == GoalMeasure.WON_AMOUNT;
        if (measure != null) {
            goal.require(isMoney ? "amount" : "count", isMoney ? allowed : "a whole number");
        }
        return isMoney ? amount : count;
    }

    private static String scope(ConfigNode node) {
        if (!node.is(ConfigNode.Kind.TEXT) || !SCOPE.matcher(node.text()).matches()) {
            throw new Section.Refused();
        }
        return node.text();
    }

    private static EventKind activity(Section goal, String measure) {
        EventKind kind = EventKind.ofWireName(measure.substring(ACTIVITIES.length()))
                .filter(each -> each.stream() == EventKind.Stream.ACTIVITY)
                .orElse(null);
        if (kind == null) {
            goal.refuse("measure", "activities: and a kind of activity, such as activities:call");
        }
        return kind;
    }

    /** The first day of the period with this name, by the calendar of the company. */
    private Long epochDay(PeriodKind kind, String text) {
        return periods.named(kind, text)
                .map(Period::startEpochDay)
                .filter(day -> FIRST_DAY <= day && day <= LAST_DAY)
                .orElseThrow(Section.Refused::new);
    }

    private static List<String> names() {
        return PERIOD_KINDS.stream().map(PeriodKind::wireName).toList();
    }

    private static Map<String, GoalMeasure> measures() {
        Map<String, GoalMeasure> measures = new LinkedHashMap<>();
        measures.put("won_amount", GoalMeasure.WON_AMOUNT);
        measures.put("won_count", GoalMeasure.DEALS_WON);
        measures.put("leads_sales_qualified", GoalMeasure.QUALIFIED_LEADS);
        return measures;
    }
}
