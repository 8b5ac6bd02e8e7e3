package io.leadpulse.bench.profile;

/**
 * One frame of a stack.
 *
 * @param method class and method: {@code io.leadpulse.domain.score.ScoreBook.evaluate}
 * @param kind how it was run
 */
record StackFrame(String method, Kind kind) {
    private static final String OURS = "io.leadpulse.";

    /** How a frame was run, as Flight Recorder tells. */
    enum Kind {
        INTERPRETED,
        COMPILED,
        INLINED,
        NATIVE
    }

    /** Whether it is code of this project. */
    boolean isOurs() {
        return method.startsWith(OURS);
    }
}
