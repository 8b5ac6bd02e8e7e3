package io.leadpulse.local.cli;

import java.io.PrintStream;
import java.util.List;

/** Draws some lines on a terminal, each time over those of the last time. */
final class DemoScreen {
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_LINE = "\u001b[2K";
    private static final int COLUMNS = 100;

    private final PrintStream terminal;
    private int drawn;

    DemoScreen(PrintStream terminal) {
        this.terminal = terminal;
    }

    /** Draws lines in place of the last ones. */
    void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append(UP.formatted(drawn));
        }
        for (String line : lines) {
            // A wrapped line would take two, and the next picture would begin too low.
            String cut = line.length() > COLUMNS ? line.substring(0, COLUMNS) : line;
            text.append(CLEAR_LINE).append(cut).append('\n');
        }
        for (int left = lines.size(); left < drawn; left++) {
            text.append(CLEAR_LINE).append('\n');
        }
        drawn = Math.max(drawn, lines.size());
        terminal.print(text);
        terminal.flush();
    }
}
