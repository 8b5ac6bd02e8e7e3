package io.leadpulse.serving.alert;

import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.figure.Ratio;
import io.leadpulse.schemas.MoneyUnit;
import io.leadpulse.schemas.config.KeyMetric;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.result.Unit;
import io.leadpulse.serving.metrics.DayReport;
import io.leadpulse.serving.metrics.KeyFigure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Says in words what the daily digest tells: a subject, and numbered lines in sections, which the template puts into mail.
 * Pure; amounts are told without decimals.
 */
final class DigestWriter {
    /** So many days are told one by one. */
    private static final int MAX_DAYS = 10;

    private static final int HOUR_SECONDS = 3_600;
    private static final int DAY_SECONDS = 86_400;

    private final MoneyUnit unit;
    private final PeriodCalendar periods;

    DigestWriter(LeadpulseConfig config) {
        this.unit = config.moneyUnit();
        this.periods = config.periodCalendar();
    }

    /** What a digest says, by the names of annotations. */
    Map<String, String> contents(DigestTimes.Occasion occasion, DayReport report, Corrections corrections) {
        Map<String, String> said = new LinkedHashMap<>();
        LocalDate last = occasion.today().minusDays(1);
        said.put("what", subject(occasion, report));
        said.put("daily", occasion.from().equals(last) ? day(last) : day(occasion.from()) + " to " + day(last));
        lines(
                said,
                "key",
                report.keyFigures().stream()
                        .map(figure -> line(figure, report.keyDay()))
                        .toList());
        lines(
                said,
                "day",
                report.days().stream().limit(MAX_DAYS).map(this::line).toList());
        lines(said, "goal", report.standings().stream().map(this::line).toList());
        lines(said, "wait", waiting(report.waiting()));
        lines(said, "fix", corrections.largest().stream().map(this::line).toList());
        said.put("corrections", corrections.count() == 0 ? "none" : count(corrections.count()));
        return said;
    }

    private static void lines(Map<String, String> said, String section, List<String> lines) {
        for (int line = 0; line < lines.size(); line++) {
            said.put(String.format(Locale.ROOT, "%s_%02d", section, line + 1), lines.get(line));
        }
    }

    private String subject(DigestTimes.Occasion occasion, DayReport report) {
        long wonMinor =
                report.days().stream().mapToLong(DayReport.Day::wonMinor).sum();
        List<Long> goals = report.days().stream()
                .map(DayReport.Day::goalMinor)
                .filter(goal -> goal != null)
                .toList();
        String when = occasion.from().equals(occasion.today().minusDays(1))
                ? day(occasion.from())
                : "since " + day(occasion.from());
        String won = "Sales " + when + ": " + money(wonMinor);
        long goalMinor = goals.stream().mapToLong(Long::longValue).sum();
        return goalMinor == 0 ? won : won + ", " + percent((double) wonMinor / goalMinor) + " of the goal";
    }

    private String line(KeyFigure figure, LocalDate day) {
        KeyMetric metric = figure.metric();
        StringBuilder line = new StringBuilder();
        if (metric.over() == KeyMetric.Over.TODAY) {
            line.append(metric.title().replace(" today", "")).append(", ").append(day(day));
        } else {
            line.append(metric.title());
            boolean isSaid = metric.title().contains(metric.over().words());
            line.append(isSaid ? "" : " (" + metric.over().words() + ")");
        }
        line.append(": ");
        if (figure.value() == null) {
            return line.append("needs ").append(figure.needs()).toString();
        }
        line.append(value(metric, figure.value()));
        if (figure.parts() != null) {
            line.append(" (").append(parts(figure)).append(')');
        }
        if (figure.target() != null) {
            boolean isMet = figure.isMet();
            boolean isLimit = metric.aim() == KeyMetric.Aim.LIMIT;
            line.append("; ")
                    .append(metric.aim().label())
                    .append(' ')
                    .append(value(metric, figure.target()))
                    .append(isLimit ? isMet ? ", kept" : ", PASSED" : isMet ? ", reached" : ", not reached");
        }
        return line.toString();
    }

    private String parts(KeyFigure figure) {
        Ratio parts = figure.parts();
        return (figure.isNumeratorMoney() ? money(parts.numerator()) : count(parts.numerator()))
                + (figure.metric().unit() == KeyMetric.Unit.RATIO ? " of " : " / ")
                + (figure.isDenominatorMoney() ? money(parts.denominator()) : count(parts.denominator()));
    }

    private String value(KeyMetric metric, double value) {
        return switch (metric.unit()) {
            case MONEY -> shown(value);
            case MONEY_PER_DAY -> shown(value) + " a day";
            case RATIO -> percent(value);
            case COUNT -> String.format(Locale.ROOT, "%,d", Math.round(value));
            case DAYS -> String.format(Locale.ROOT, "%.1f days", value / DAY_SECONDS);
            case BUSINESS_HOURS -> String.format(Locale.ROOT, "%.1f business hours", value / HOUR_SECONDS);
        };
    }

    private String line(DayReport.Day day) {
        StringBuilder line = new StringBuilder(day(day.day())).append(": won ").append(money(day.wonMinor()));
        if (day.goalMinor() != null) {
            line.append(" of ").append(money(day.goalMinor()));
            line.append(" (")
                    .append(percent((double) day.wonMinor() / day.goalMinor()))
                    .append(')');
        }
        return line.append(", deals won ")
                .append(count(day.wonDeals()))
                .append(", lost ")
                .append(count(day.lostDeals()))
                .append(", opened ")
                .append(count(day.openedDeals()))
                .append("; leads ")
                .append(count(day.leads()))
                .append(", MQL ")
                .append(count(day.marketingQualified()))
                .append(", SQL ")
                .append(count(day.salesQualified()))
                .append("; meetings ")
                .append(count(day.meetings()))
                .append(", demos ")
                .append(count(day.demos()))
                .toString();
    }

    private String line(DayReport.Standing standing) {
        StringBuilder line = new StringBuilder(standing.label())
                .append(": ")
                .append(money(standing.wonMinor()))
                .append(" of ")
                .append(money(standing.goalMinor()))
                .append(" (")
                .append(percent((double) standing.wonMinor() / standing.goalMinor()))
                .append(')');
        if (standing.aheadMinor() == null) {
            return standing.needs() == null
                    ? line.toString()
                    : line.append("; pace needs ").append(standing.needs()).toString();
        }
        return line.append(", ")
                .append(money(Math.abs(standing.aheadMinor())))
                .append(standing.aheadMinor() < 0 ? " behind" : " ahead")
                .append(String.format(Locale.ROOT, ", pace %.2f", standing.paceIndex()))
                .toString();
    }

    private List<String> waiting(DayReport.Waiting waiting) {
        List<String> lines = new ArrayList<>();
        lines.add("Stuck: " + count(waiting.stuck())
                + (waiting.stuck() == 0
                        ? ""
                        : ", of these critical " + count(waiting.stuckCritical()) + "; " + money(waiting.stuckMinor())
                                + " at stake"));
        lines.add("Unassigned: " + count(waiting.unassigned()));
        lines.add("Waiting for our answer: " + count(waiting.repliesOwed()));
        lines.add("Asked for us and not contacted: " + count(waiting.handRaised()));
        return lines;
    }

    private String line(Corrections.Correction correction) {
        return correction.measure().replace('_', ' ') + " of " + day(correction.day()) + ": "
                + quantity(correction.unit(), correction.before()) + ", now "
                + quantity(correction.unit(), correction.after());
    }

    private String quantity(Unit of, long quantity) {
        return of == Unit.MONEY ? money(quantity) : count(quantity);
    }

    /** A day as people call it by the company's months. */
    private String day(LocalDate day) {
        return day.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                + ' '
                + periods.label(periods.periodOf(PeriodKind.DAY, day.toEpochDay()));
    }

    private String money(long minor) {
        return whole(unit.amount(minor));
    }

    private String shown(double amount) {
        return whole(BigDecimal.valueOf(amount));
    }

    private String whole(BigDecimal amount) {
        return String.format(
                Locale.ROOT, "%,d %s", amount.setScale(0, RoundingMode.HALF_UP).toBigInteger(), unit.name());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
