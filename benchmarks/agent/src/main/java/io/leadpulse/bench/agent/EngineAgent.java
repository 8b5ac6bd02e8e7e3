package io.leadpulse.bench.agent;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/**
 * The process of an engine: obeys the harness line by line on standard input and answers on standard output. A process whose
 * harness is gone ends.
 *
 * <ul>
 *   <li>{@code @bench ready}: says the process when it may be told {@code go};
 *   <li>{@code go}: the engine begins;
 *   <li>{@code cpu}: is answered by {@code @bench cpu N}, nanoseconds of processor time that the whole process has used until
 *       now, by its own accounting: compilation, garbage collection and native threads included;
 *   <li>{@code stats}: is answered by {@code @bench stats JSON}, in one line: what the engine knows of itself;
 *   <li>{@code stop}: it ends.
 * </ul>
 */
public final class EngineAgent {
    /** What every line for the harness begins with; others are somebody's log. */
    public static final String MARK = "@bench ";

    private static final int FAILED = 1;

    private EngineAgent() {}

    /** Serves until it is told to stop; does not return. */
    public static void serve(String[] arguments, EngineProgram program) throws IOException {
        Order order = Order.of(arguments);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        say("ready");
        for (String line = lines.readLine(); line != null && !line.equals("stop"); line = lines.readLine()) {
            switch (line) {
                case "go" -> new Thread(() -> run(program, order), "engine").start();
                case "cpu" -> say("cpu " + cpuNanos());
                case "stats" -> say("stats " + program.stats());
                default -> throw new IllegalArgumentException("unknown word of the harness: " + line);
            }
        }
        close(program);
        endRecordings();
        Runtime.getRuntime().halt(0);
    }

    private static void run(EngineProgram program, Order order) {
        try {
            program.start(order);
        } catch (Exception e) {
            fail("failed", e);
        } catch (Error e) {
            // Out of memory or a missing class: the harness must not wait for results that never come.
            fail("failed", e);
        }
    }

    private static void close(EngineProgram program) {
        try {
            program.close();
        } catch (Exception e) {
            fail("could not be closed", e);
        }
    }

    /** A recording goes to its file when it ends; a JVM that is halted would not end it. */
    private static void endRecordings() {
        if (FlightRecorder.isInitialized()) {
            FlightRecorder.getFlightRecorder().getRecordings().forEach(Recording::stop);
        }
    }

    private static void fail(String what, Throwable why) {
        System.err.println("the engine " + what);
        why.printStackTrace(System.err);
        Runtime.getRuntime().halt(FAILED);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static void say(String what) {
        System.out.println(MARK + what);
        System.out.flush();
    }
}
