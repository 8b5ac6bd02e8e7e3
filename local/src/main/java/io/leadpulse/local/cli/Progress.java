package io.leadpulse.local.cli;

import java.io.PrintStream;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar on standard error while somebody watches it, nothing otherwise. */
public final class Progress implements AutoCloseable, LongConsumer {
    private static final int WIDTH_COLUMNS = 79;
    private static final int UPDATE_MILLIS = 200;

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * Starts a bar.
     *
     * @param task what is going on, one word
     * @param total how much there is to do; negative if unknown
     * @param unitName unit of {@code total}, such as " MB"
     * @param unitSize how many steps one unit has
     */
    public static Progress start(Console console, String task, long total, String unitName, long unitSize) {
        if (!console.interactive()) {
            return new Progress(null);
        }
        PrintStream err = console.err();
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(unitName, unitSize)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH_COLUMNS))
                .build());
    }

    /** Moves on by so many steps. */
    @Override
    public void accept(long steps) {
        if (bar != null) {
            bar.stepBy(steps);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
