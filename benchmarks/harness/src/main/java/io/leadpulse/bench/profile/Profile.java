package io.leadpulse.bench.profile;

import io.leadpulse.bench.profile.StackFrame.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** How often each stack was seen running Java code. */
final class Profile {
    /**
     * Threads within native methods are sampled by another clock, and those that only wait there look as if they ran: the two cannot be
     * counted together.
     */
    private static final String EVENT = "jdk.ExecutionSample";

    /** {@code leads -> combined (1/2)#0} and {@code kafka-producer-network-thread | leadpulse-7} are one of several. */
    private static final Pattern NUMBERS = Pattern.compile(" ?\\(\\d+/\\d+\\)(#\\d+)?|[-_ #|]*\\d+");

    /** {@code Agent$$Lambda$98+0x00007f62fc00b000.1637290981}: no two are the same, but they are made at the same place. */
    private static final Pattern LAMBDA = Pattern.compile("\\$\\$Lambda.*");

    private final Map<StackSample, Long> samples = new LinkedHashMap<>();

    private Profile() {}

    /** Counts these; each is one sample. */
    static Profile of(List<StackSample> seen) {
        Profile profile = new Profile();
        seen.forEach(profile::add);
        return profile;
    }

    /** Reads a recording of this or another JVM. */
    static Profile of(Path recording) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals(EVENT) && event.getStackTrace() != null) {
                    profile.add(
                            new StackSample(threads(event.getThread("sampledThread")), frames(event.getStackTrace())));
                }
            }
        }
        return profile;
    }

    private void add(StackSample sample) {
        samples.merge(sample, 1L, Long::sum);
    }

    /** How often each was seen. */
    Map<StackSample, Long> samples() {
        return Collections.unmodifiableMap(samples);
    }

    /** All samples. */
    long total() {
        return samples.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The name without what counts threads of a kind. */
    static String threadsOf(String name) {
        String kind = NUMBERS.matcher(name).replaceAll("").strip();
        return kind.isEmpty() ? name : kind;
    }

    /** Class and method, without what tells lambdas of one place apart. */
    static String methodOf(String type, String method) {
        return LAMBDA.matcher(type).replaceFirst("\\$\\$Lambda") + '.' + method;
    }

    private static String threads(RecordedThread threadOrNull) {
        String name = threadOrNull == null ? null : threadOrNull.getJavaName();
        return name == null ? "unknown" : threadsOf(name);
    }

    private static List<StackFrame> frames(RecordedStackTrace trace) {
        List<StackFrame> frames = new ArrayList<>(trace.getFrames().size());
        for (RecordedFrame frame : trace.getFrames()) {
            RecordedMethod method = frame.getMethod();
            frames.add(new StackFrame(methodOf(method.getType().getName(), method.getName()), kind(frame.getType())));
        }
        Collections.reverse(frames);
        return frames;
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "Interpreted" -> Kind.INTERPRETED;
            case "Inlined" -> Kind.INLINED;
            case "Native" -> Kind.NATIVE;
            default -> Kind.COMPILED;
        };
    }
}
