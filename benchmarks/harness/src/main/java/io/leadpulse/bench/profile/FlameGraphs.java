package io.leadpulse.bench.profile;

import io.leadpulse.bench.profile.StackFrame.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import one.convert.Arguments;
import one.convert.CallStack;
import one.convert.FlameGraph;
import one.convert.Frame;

/** Makes of each recording a flame graph and a table of its hottest frames, beside it. */
public final class FlameGraphs {
    private static final String RECORDING = ".jfr";

    private FlameGraphs() {}

    /**
     * Of all recordings in a folder: {@code NAME.html} and {@code NAME.txt} beside {@code NAME.jfr}.
     *
     * @return what was written, in the order of the names
     */
    public static List<Path> write(Path folder) throws IOException {
        List<Path> recordings;
        try (Stream<Path> files = Files.list(folder)) {
            recordings = files.filter(file -> file.toString().endsWith(RECORDING))
                    .sorted()
                    .toList();
        }
        List<Path> written = new ArrayList<>();
        for (Path recording : recordings) {
            String file = recording.getFileName().toString();
            String name = file.substring(0, file.length() - RECORDING.length());
            Profile profile = Profile.of(recording);
            written.add(Files.writeString(folder.resolve(name + ".html"), html(name, profile)));
            written.add(Files.writeString(folder.resolve(name + ".txt"), new HotFrames(profile).text()));
        }
        return written;
    }

    /** A page that needs nothing else; the first row is all, the next are the kinds of threads. */
    static String html(String title, Profile profile) {
        Arguments arguments = new Arguments();
        arguments.title = title;
        // Threads come first: the stacks of Flink are so high that they would be off the screen.
        arguments.inverted = true;
        FlameGraph graph = new FlameGraph(arguments);
        CallStack stack = new CallStack();
        profile.samples().forEach((sample, times) -> {
            stack.push(sample.threads(), Frame.TYPE_NATIVE);
            sample.frames().forEach(frame -> stack.push(frame.method(), type(frame.kind())));
            graph.addSample(stack, times);
            stack.clear();
        });
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(page, false, StandardCharsets.UTF_8)) {
            graph.dump(out);
        }
        return page.toString(StandardCharsets.UTF_8);
    }

    private static byte type(Kind kind) {
        return switch (kind) {
            case INTERPRETED -> Frame.TYPE_INTERPRETED;
            case COMPILED -> Frame.TYPE_JIT_COMPILED;
            case INLINED -> Frame.TYPE_INLINED;
            case NATIVE -> Frame.TYPE_NATIVE;
        };
    }
}
