package io.leadpulse.bench.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The frames of this project in which most samples lie, as text. */
final class HotFrames {
    private static final int SHOWN = 25;
    private static final double PER_CENT = 100;

    private final Profile profile;
    /** Seen at it. */
    private final Map<String, Long> self = new HashMap<>();
    /** The same, and at what it called of others: of all of our frames of a stack the innermost. */
    private final Map<String, Long> own = new HashMap<>();
    /** Seen anywhere within it. */
    private final Map<String, Long> inclusive = new HashMap<>();

    private final Map<String, Long> threads = new TreeMap<>();

    HotFrames(Profile profile) {
        this.profile = profile;
        profile.samples().forEach(this::count);
    }

    private void count(StackSample sample, long times) {
        threads.merge(sample.threads(), times, Long::sum);
        List<StackFrame> frames = sample.frames();
        Set<String> within = new HashSet<>();
        String innermost = null;
        for (StackFrame frame : frames) {
            if (frame.isOurs()) {
                innermost = frame.method();
                // A method that calls itself is still one.
                if (within.add(innermost)) {
                    inclusive.merge(innermost, times, Long::sum);
                }
            }
        }
        if (innermost != null) {
            own.merge(innermost, times, Long::sum);
            if (frames.get(frames.size() - 1).method().equals(innermost)) {
                self.merge(innermost, times, Long::sum);
            }
        }
    }

    /** Tables of threads and frames, in per cent of all samples. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                "%,d samples of threads that ran Java code (Flight Recorder; time within native methods, in the compiler and in"
                                .formatted(profile.total())
                        + " garbage collection is not among them).\n");
        text.append(
                "self: seen at the frame; own: at it or at what it called that is not ours; inclusive: anywhere within it.\n");
        text.append("\nThreads\n");
        top(threads).forEach(name -> text.append("%7s  %s%n".formatted(share(threads, name), name)));
        table(text, "Frames of io.leadpulse by own", own);
        table(text, "Frames of io.leadpulse by inclusive", inclusive);
        return text.toString();
    }

    private void table(StringBuilder text, String title, Map<String, Long> by) {
        text.append("%n%s%n%7s  %7s  %9s%n".formatted(title, "self", "own", "inclusive"));
        top(by).forEach(frame -> text.append("%7s  %7s  %9s  %s%n"
                .formatted(share(self, frame), share(own, frame), share(inclusive, frame), frame)));
    }

    private static List<String> top(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .map(Map.Entry::getKey)
                .toList();
    }

    private String share(Map<String, Long> counts, String name) {
        return String.format(Locale.ROOT, "%.1f %%", PER_CENT * counts.getOrDefault(name, 0L) / profile.total());
    }
}
