package io.leadpulse.local.stack;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One screen that says how the company stands and whether the numbers can be trusted. A pure function of serving's
 * metrics and the states of the processes; a number that is not there is a dash, never a zero, and while the engine has
 * still to read what was written, none is there: half of a history looks like a bad day.
 */
public final class DemoSummary {
    /** A screen of 24 lines keeps some for what was printed before. */
    static final int MAX_LINES = 14;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final String NOTHING = "-";
    private static final Map<String, String> COMPANY = Map.of("level", "company");

    /**
     * How one process goes.
     *
     * @param name which one
     * @param state what it does, one word or few
     * @param residentBytes memory
     */
    public record ProcessLine(String name, String state, long residentBytes) {}

    /** More than what comes in between two checkpoints. */
    private static final long BACKLOG_RECORDS = 1_000;

    /** The engine judges alerts when a burst of the past is over; so long after it there may be only some of them. */
    private static final Duration JUDGED_AFTER = Duration.ofSeconds(15);

    /** If there are none so long after it, there are none. */
    private static final Duration JUDGED_AT_LATEST = Duration.ofSeconds(60);

    private final Optional<MetricsPage> page;
    /** The same when its numbers are those of now; empty before. */
    private final Optional<MetricsPage> current;
    /** The same when alerts are those of now, too. */
    private final Optional<MetricsPage> judged;

    private final List<ProcessLine> processes;
    private final Instant now;
    private final ZoneId zone;
    private final String currency;

    /**
     * At one moment.
     *
     * @param page serving's metrics; empty while there are none
     * @param lastBehind when the engine was last seen {@link #isBehind()}; empty if it was not
     * @param processes all processes and the simulator
     * @param now the time
     * @param zone the company's
     * @param currency what amounts are shown in
     */
    public DemoSummary(
            Optional<MetricsPage> page,
            Optional<Instant> lastBehind,
            List<ProcessLine> processes,
            Instant now,
            ZoneId zone,
            String currency) {
        this.page = page;
        this.current = page.filter(each -> asOf(each).isPresent() && backlog(each) <= BACKLOG_RECORDS);
        boolean areAny = current.filter(each -> each.sum("leadpulse_alerts_open", Map.of()) > 0)
                .isPresent();
        Duration within = areAny ? JUDGED_AFTER : JUDGED_AT_LATEST;
        boolean areJudged =
                lastBehind.filter(at -> now.isBefore(at.plus(within))).isEmpty();
        this.judged = current.filter(each -> areJudged);
        this.processes = List.copyOf(processes);
        this.now = now;
        this.zone = zone;
        this.currency = currency;
    }

    /** Whether the engine has still to read what was written. */
    public boolean isBehind() {
        return page.filter(each -> backlog(each) > BACKLOG_RECORDS).isPresent();
    }

    /** The screen, at most {@link #MAX_LINES} lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("now", TIME.format(now.atZone(zone)) + " " + zone.getId()));
        lines.add(line("today", sales("day")));
        lines.add(line("this month", sales("month")));
        lines.add(line(
                "leads",
                "%s hot   %s stuck   %s %s at risk   %s wait for someone"
                        .formatted(
                                hot(),
                                stuck("leadpulse_alerts_open"),
                                stuck("leadpulse_alerts_open_money"),
                                currency,
                                counted(judged, "leadpulse_leads_waiting", Map.of()))));
        lines.add(line(
                "alerts",
                current.isPresent() && judged.isEmpty()
                        ? "being judged, now that the history is in"
                        : "%s open   %s messages sent   %s failed   %s wait"
                                .formatted(
                                        sum("leadpulse_alerts_open", Map.of()),
                                        total("leadpulse_alert_messages_total", Map.of("result", "sent")),
                                        total("leadpulse_alert_messages_total", Map.of("result", "failed")),
                                        total("leadpulse_alert_messages_waiting", Map.of()))));
        lines.add(line("data", freshness()));
        String name = "processes";
        for (String states : wrapped(processes)) {
            lines.add(line(name, states));
            name = "";
        }
        return lines.subList(0, Math.min(MAX_LINES, lines.size()));
    }

    /** The same on one line, for a log. */
    public String line() {
        if (current.isEmpty()) {
            return freshness() + " | " + troubles();
        }
        return "today %s | %s hot, %s stuck | %s | %s"
                .formatted(sales("day"), hot(), stuck("leadpulse_alerts_open"), freshness(), troubles());
    }

    private String sales(String period) {
        Map<String, String> goal = Map.of("period", period, "measure", "won_amount");
        OptionalDouble won = value("leadpulse_sales_won_money", Map.of("period", period));
        OptionalDouble wanted = value("leadpulse_goal", goal);
        OptionalDouble pace = value("leadpulse_goal_pace_ratio", goal);
        OptionalDouble ahead = value("leadpulse_goal_ahead", goal);
        StringBuilder text = new StringBuilder();
        text.append(whole(won)).append(' ').append(currency).append(" won");
        if (wanted.isPresent()) {
            text.append(" of ").append(whole(wanted));
            if (won.isPresent() && wanted.getAsDouble() > 0) {
                text.append(String.format(Locale.ROOT, " (%.0f %%)", 100 * won.getAsDouble() / wanted.getAsDouble()));
            }
        }
        if (pace.isPresent()) {
            text.append(String.format(Locale.ROOT, ", pace %.2f", pace.getAsDouble()));
        }
        if (ahead.isPresent()) {
            text.append(", ")
                    .append(whole(OptionalDouble.of(Math.abs(ahead.getAsDouble()))))
                    .append(ahead.getAsDouble() < 0 ? " behind the usual course" : " ahead of the usual course");
        }
        return text.toString();
    }

    /** How many records the engine has still to read. */
    private static double backlog(MetricsPage page) {
        return page.sum("leadpulse_input_lag_records", Map.of());
    }

    /** As of when the numbers are; zero is what a server says that has seen no record yet. */
    private static OptionalDouble asOf(MetricsPage page) {
        OptionalDouble seconds = page.value("leadpulse_data_as_of_timestamp_seconds", Map.of());
        return seconds.orElse(0) > 0 ? seconds : OptionalDouble.empty();
    }

    private String freshness() {
        if (current.isEmpty()) {
            double behind = page.map(DemoSummary::backlog).orElse(0.0);
            return behind > BACKLOG_RECORDS
                    ? String.format(Locale.ROOT, "catching up, %,d records to go", Math.round(behind))
                    : "no numbers yet";
        }
        Instant instant = Instant.ofEpochMilli(Math.round(asOf(current.get()).orElseThrow() * 1000));
        String silent = current.filter(each -> each.sum("leadpulse_source_silent", Map.of()) > 0)
                .map(each -> "   a source is silent")
                .orElse("");
        return "as of %s, %d s ago   %s records in%s"
                .formatted(
                        TIME.format(instant.atZone(zone)),
                        Math.max(0, now.getEpochSecond() - instant.getEpochSecond()),
                        total("leadpulse_records", Map.of("fate", "in")),
                        silent);
    }

    private String troubles() {
        List<String> troubles = processes.stream()
                .filter(process -> !process.state().equals("running"))
                .map(process -> process.name() + " " + process.state())
                .toList();
        return (troubles.isEmpty() ? "all run" : String.join(", ", troubles)) + ", " + resident();
    }

    private List<String> wrapped(List<ProcessLine> all) {
        List<String> lines = new ArrayList<>();
        int perLine = 3;
        for (int from = 0; from < all.size(); from += perLine) {
            lines.add(String.join(
                    "   ",
                    all.subList(from, Math.min(from + perLine, all.size())).stream()
                            .map(process -> process.name() + " " + process.state())
                            .toList()));
        }
        lines.add(resident());
        return lines;
    }

    private String resident() {
        long bytes = processes.stream().mapToLong(ProcessLine::residentBytes).sum();
        return String.format(Locale.ROOT, "%.2f GiB resident", bytes / (double) (1 << 30));
    }

    private OptionalDouble value(String name, Map<String, String> labels) {
        Map<String, String> ofCompany = new HashMap<>(labels);
        ofCompany.putAll(COMPANY);
        return current.map(each -> each.value(name, ofCompany)).orElse(OptionalDouble.empty());
    }

    /** While a history comes in leads are counted a while after the first sums: until there are any, none hot is not known. */
    private String hot() {
        Optional<MetricsPage> complete =
                current.filter(page -> judged.isPresent() || page.sum("leadpulse_open_leads", COMPANY) > 0);
        return counted(complete, "leadpulse_open_leads", Map.of("band", "hot"));
    }

    /** Leads of the company: the server says zeros too, but nothing before it has first asked its database. */
    private static String counted(Optional<MetricsPage> from, String name, Map<String, String> labels) {
        return sum(from.filter(page -> page.has(name, COMPANY)), name, labels);
    }

    private String stuck(String name) {
        return sum(judged, name, Map.of("cause", "stuck"));
    }

    private String sum(String name, Map<String, String> labels) {
        return sum(current, name, labels);
    }

    private static String sum(Optional<MetricsPage> from, String name, Map<String, String> labels) {
        Map<String, String> ofCompany = new HashMap<>(labels);
        ofCompany.putAll(COMPANY);
        return total(from, name, ofCompany);
    }

    private String total(String name, Map<String, String> labels) {
        return total(current, name, labels);
    }

    private static String total(Optional<MetricsPage> from, String name, Map<String, String> labels) {
        return from.map(each -> whole(OptionalDouble.of(each.sum(name, labels))))
                .orElse(NOTHING);
    }

    private static String whole(OptionalDouble number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%,.0f", number.getAsDouble()) : NOTHING;
    }

    private static String line(String name, String text) {
        return String.format(Locale.ROOT, "%-12s%s", name, text);
    }
}
