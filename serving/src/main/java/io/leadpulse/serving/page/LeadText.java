package io.leadpulse.serving.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A lead as plain text, for a terminal. */
final class LeadText {
    private static final int LABEL_WIDTH = 26;

    private LeadText() {}

    static String of(LeadFile file, LeadWords words) {
        StringBuilder text = new StringBuilder();
        if (words.merged() != null) {
            line(text, words.merged());
        }
        line(text, "lead " + file.profile().lead());
        line(text, words.headline());
        line(text, "");
        labelled(text, "Score", words.score() + " = " + words.breakdown());
        words.groups().forEach(each -> labelled(text, "  " + each.label(), each.value()));
        words.facts().forEach(each -> labelled(text, each.label(), each.value()));
        section(text, "Alerts", file.alerts(), words::alert);
        section(text, "Deals", file.profile().dealList(), deal -> deal.deal() + ": " + words.deal(deal));
        List<LeadWords.Acts> acts = new ArrayList<>(words.behaviour());
        if (!acts.isEmpty()) {
            acts.add(0, new LeadWords.Acts("", "24 h", "7 d", "30 d", "in all", "latest"));
        }
        section(text, "Behaviour", acts, LeadText::row);
        if (words.besideWon() != null) {
            line(text, "");
            line(text, "Beside won leads, " + words.besideWon());
            for (LeadWords.Beside each : words.besideWonActs()) {
                line(text, "  " + padded(each.what(), 44) + " " + padded(each.done(), 6) + " won " + each.wonMedian());
            }
        }
        section(text, "Journey, newest first", words.journey(), step -> padded(step.label(), 20) + " " + step.value());
        line(text, "");
        line(text, "Ledger, newest first" + (file.ledger().isEmpty() ? ": nothing gave points yet" : ""));
        for (LeadFile.Entry entry : file.ledger()) {
            line(
                    text,
                    "  " + padded(words.time(entry.timeMillis()), 20) + " " + padded(words.what(entry), 44) + " "
                            + words.points(entry));
        }
        return text.toString();
    }

    private static String row(LeadWords.Acts acts) {
        return padded(acts.act(), 20) + " " + padded(acts.last24h(), 6) + padded(acts.last7d(), 6)
                + padded(acts.last30d(), 6) + padded(acts.inAll(), 8) + acts.latest();
    }

    private static <T> void section(StringBuilder text, String title, List<T> rows, Function<T, String> words) {
        if (rows.isEmpty()) {
            return;
        }
        line(text, "");
        line(text, title);
        rows.forEach(row -> line(text, "  " + words.apply(row)));
    }

    private static void labelled(StringBuilder text, String label, String value) {
        line(text, padded(label, LABEL_WIDTH) + " " + value);
    }

    static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    /** One line, whatever the text holds: a control character could rule the terminal. */
    static void line(StringBuilder text, String line) {
        line.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(text::appendCodePoint);
        text.append('\n');
    }
}
