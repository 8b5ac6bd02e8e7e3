package io.leadpulse.serving.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.score.GroupScore;
import io.leadpulse.schemas.Rfc3339;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A lead's score at a time in the past, from its ledger by the domain's own scoring (decision 036): which events had given
 * how many points until then and what was left of them, what each group made of its points, and their sum. It is the past
 * as known now: an event that came late counts from its own time, one that was corrected away since does not.
 */
final class PastScore {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Differences below this do not show. */
    private static final double SHOWN = 0.05;

    private static final int LABEL_WIDTH = 26;

    private final LeadFile file;
    private final LeadNow then;
    private final LeadNow now;
    private final LeadWords words;
    private final List<LeadFile.Entry> counted = new ArrayList<>();
    private final long takenBack;

    /**
     * Reads it.
     *
     * @param then the score at that time, of the whole ledger
     * @param now the score now
     */
    PastScore(LeadFile file, LeadNow then, LeadNow now, LeadWords words) {
        this.file = file;
        this.then = then;
        this.now = now;
        this.words = words;
        long withdrawn = 0;
        for (LeadFile.Entry entry : file.ledger()) {
            if (entry.timeMillis() <= then.atMillis()) {
                if (entry.withdrawn() == null) {
                    counted.add(entry);
                } else {
                    withdrawn++;
                }
            }
        }
        this.takenBack = withdrawn;
    }

    /** One event that had given points: when, what, how many, what was left of them then, and in which group. */
    record Row(String time, String what, String given, String left, String group, String event, String rule) {}

    private static String band(LeadNow at) {
        return at.band().name().toLowerCase(Locale.ROOT);
    }

    /** {@code Tue 4 Mar 09:00: 75.0, hot since 08:00}. */
    String headline() {
        return words.time(then.atMillis()) + ": " + LeadWords.number(then.score()) + ", " + band(then)
                + (then.bandSinceMillis() == Fact.NO_TIME ? "" : " since " + words.time(then.bandSinceMillis()));
    }

    /** What it is now. */
    String today() {
        return LeadWords.number(now.score()) + ", " + band(now);
    }

    /** {@code 75.0 = fit 0.0 + engagement 75.0}, and the limits of the total where they count. */
    String sum() {
        double groups = then.groups().stream().mapToDouble(GroupScore::clamped).sum();
        StringBuilder parts = new StringBuilder();
        for (GroupScore group : then.groups()) {
            if (Math.abs(group.clamped()) >= SHOWN) {
                boolean negative = group.clamped() < 0;
                parts.append(parts.isEmpty() ? negative ? "- " : "" : negative ? " - " : " + ")
                        .append(LeadWords.plain(group.group()))
                        .append(' ')
                        .append(LeadWords.number(Math.abs(group.clamped())));
            }
        }
        String limit = Math.abs(groups - then.score()) < SHOWN
                ? ""
                : " = " + LeadWords.number(groups) + ", of which the limits of the total leave "
                        + LeadWords.number(then.score());
        return (limit.isEmpty() ? LeadWords.number(then.score()) + " = " : "")
                + (parts.isEmpty() ? "no points" : parts)
                + limit;
    }

    /** What each group that had points made of them. */
    List<LeadWords.Line> groups() {
        List<LeadWords.Line> lines = new ArrayList<>();
        for (GroupScore group : then.groups()) {
            long events = counted.stream()
                    .filter(entry -> entry.group().equals(group.group()))
                    .count();
            if (events == 0) {
                continue;
            }
            String made = "sum of " + events + (events == 1 ? " entry" : " entries");
            lines.add(new LeadWords.Line(
                    LeadWords.plain(group.group()),
                    Math.abs(group.raw() - group.clamped()) < SHOWN
                            ? LeadWords.number(group.clamped()) + ", the " + made
                            : LeadWords.number(group.clamped()) + ", its limit; the " + made + " is "
                                    + LeadWords.number(group.raw())));
        }
        return lines;
    }

    /** Momentum then. */
    String momentum() {
        return LeadWords.signed(then.momentum24h()) + " in 24 hours, " + LeadWords.signed(then.momentum7d())
                + " in 7 days";
    }

    /** What it rests on. */
    String note() {
        return "As known now, by the rules of that time: what came late counts from its own time"
                + (takenBack == 0
                        ? "."
                        : "; " + takenBack + (takenBack == 1 ? " entry" : " entries")
                                + " of before that time, taken back since, "
                                + (takenBack == 1 ? "does" : "do") + " not count.");
    }

    /** What had given points until then, newest first. */
    List<Row> rows() {
        return counted.stream()
                .map(entry -> new Row(
                        words.time(entry.timeMillis()),
                        words.what(entry),
                        LeadWords.signed(entry.points()),
                        LeadWords.signed(left(entry)),
                        LeadWords.plain(entry.group()),
                        entry.event(),
                        entry.rule() + ", rules version " + entry.ruleVersion()))
                .toList();
    }

    private double left(LeadFile.Entry entry) {
        return then.pointsNow().get(new LeadNow.Key(entry.factId(), entry.rule()));
    }

    /** The same for a terminal. */
    String text() {
        StringBuilder text = new StringBuilder();
        if (words.merged() != null) {
            LeadText.line(text, words.merged());
        }
        LeadText.line(text, "lead " + file.profile().lead());
        LeadText.line(text, headline());
        LeadText.line(text, "");
        labelled(text, "Score then", sum());
        groups().forEach(each -> labelled(text, "  " + each.label(), each.value()));
        labelled(text, "Momentum then", momentum());
        labelled(text, "Score now", today());
        LeadText.line(text, "");
        LeadText.line(text, "Ledger of then, newest first" + (counted.isEmpty() ? ": nothing had given points" : ""));
        for (Row row : rows()) {
            LeadText.line(
                    text,
                    "  " + LeadText.padded(row.time(), 20) + " " + LeadText.padded(row.what(), 44) + " "
                            + LeadText.padded(row.given() + ", then " + row.left(), 22) + " " + row.group());
        }
        LeadText.line(text, note());
        return text.toString();
    }

    private static void labelled(StringBuilder text, String label, String value) {
        LeadText.line(text, LeadText.padded(label, LABEL_WIDTH) + " " + value);
    }

    /**
     * The same as JSON, not rounded: {@code at}, {@code score}, {@code band}, {@code fit}, {@code interest}, {@code groups}
     * (raw is the sum of its entries' {@code points_then}; the score is the sum of clamped, within the limits of the
     * total), {@code ledger} newest first, {@code taken_back}, and {@code now}.
     */
    String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("merged", words.merged());
        root.put("lead", file.profile().lead());
        root.put("headline", headline());
        root.setAll(LeadJson.now(then));
        root.put("taken_back", takenBack);
        ArrayNode ledger = root.putArray("ledger");
        for (LeadFile.Entry entry : counted) {
            ledger.addObject()
                    .put("time", Rfc3339.text(entry.timeMillis()))
                    .put("what", words.what(entry))
                    .put("event", entry.event())
                    .put("rule", entry.rule())
                    .put("rule_version", entry.ruleVersion())
                    .put("group", entry.group())
                    .put("points", entry.points())
                    .put("points_then", left(entry));
        }
        root.putObject("now").put("score", now.score()).put("band", band(now));
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and texts is no JSON", e);
        }
    }

    /** The band then, as a class of the style sheet. */
    String bandThen() {
        return band(then);
    }

    /** The score then. */
    String scoreThen() {
        return LeadWords.number(then.score());
    }
}
