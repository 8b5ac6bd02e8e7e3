package io.leadpulse.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a JVM of the stack is started: the Java and the class path of this process, the budget of its role. */
final class JavaCommand {
    /** What the launcher gives every JVM, one option a line. */
    private static final String OPTIONS = "local/src/main/launcher/jvm.options";

    /**
     * Compiled quickly, not best: five JVMs that start at once on two cores would spend half of their first minutes, which
     * are what a newcomer waits for, on code that an hour later were somewhat faster.
     */
    private static final String COMPILED_QUICKLY = "-XX:TieredStopAtLevel=1";

    /**
     * One collector thread and few arenas: with all processes on two cores, parallel collectors only take memory and
     * time from each other. Classes are let in at first without collecting all garbage for them. A JVM that is out of memory
     * ends, and is started again.
     */
    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:MetaspaceSize=112m",
            "-XX:ReservedCodeCacheSize=96m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xss512k");

    private final List<String> options;

    private JavaCommand(List<String> options) {
        this.options = options;
    }

    /** Reads the launcher's options in the project's folder. */
    static JavaCommand of(Path home) throws IOException {
        List<String> options = Files.readAllLines(home.resolve(OPTIONS)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        return new JavaCommand(options);
    }

    /** A JVM of a role. The class path goes by the environment, so that the command can be read in a list of processes. */
    Launch launch(Role role, Path directory, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.addAll(options);
        command.addAll(SMALL);
        command.addAll(role.heapOptions());
        command.add(mainClass);
        command.addAll(arguments);
        return launch(directory, command);
    }

    /** A JVM whose options are all given. */
    Launch launch(Path directory, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(COMPILED_QUICKLY);
        command.addAll(arguments);
        return Launch.of(directory, command)
                .with(Map.of("CLASSPATH", System.getProperty("java.class.path"), "MALLOC_ARENA_MAX", "2"));
    }
}
