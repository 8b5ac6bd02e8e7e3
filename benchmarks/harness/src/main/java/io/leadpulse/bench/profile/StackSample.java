package io.leadpulse.bench.profile;

import java.util.List;

/**
 * A stack that was seen.
 *
 * @param threads the name of the threads, without the number that tells one from others of its kind
 * @param frames from the beginning of the thread to what it was at
 */
record StackSample(String threads, List<StackFrame> frames) {}
