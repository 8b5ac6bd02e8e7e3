package io.leadpulse.local.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Properties;

/**
 * What a demo has to know when it is started again on the same folder.
 *
 * @param seed of the simulator
 * @param liveStart when its story goes live
 * @param zone of the company, once it is fixed
 * @param simulated whether a simulator writes the events
 * @param historyWritten whether the broker has all of the history
 * @param writtenThrough up to when everything live is with the broker
 */
public record DemoState(
        long seed, Instant liveStart, ZoneId zone, boolean simulated, boolean historyWritten, Instant writtenThrough) {
    private static final String FILE = "demo.properties";

    /** What the folder says; empty if no demo has been there. */
    public static Optional<DemoState> read(StackFolder folder) throws IOException, StackException {
        Path file = folder.of(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        try {
            return Optional.of(new DemoState(
                    Long.parseLong(properties.getProperty("seed")),
                    Instant.parse(properties.getProperty("live_start")),
                    ZoneId.of(properties.getProperty("zone")),
                    Boolean.parseBoolean(properties.getProperty("simulated")),
                    Boolean.parseBoolean(properties.getProperty("history_written")),
                    Instant.parse(properties.getProperty("written_through"))));
        } catch (IllegalArgumentException | NullPointerException | DateTimeException e) {
            throw new StackException(
                    "%s cannot be read (%s); remove %s to begin anew".formatted(file, e.getMessage(), folder.root()),
                    e);
        }
    }

    /** Writes it, whole or not at all. */
    public void write(StackFolder folder) throws IOException {
        Properties properties = new Properties();
        properties.put("seed", String.valueOf(seed));
        properties.put("live_start", liveStart.toString());
        properties.put("zone", zone.getId());
        properties.put("simulated", String.valueOf(simulated));
        properties.put("history_written", String.valueOf(historyWritten));
        properties.put("written_through", writtenThrough.toString());
        StringWriter text = new StringWriter();
        properties.store(text, "Where this demo stands.");
        Path half = folder.of(FILE + ".new");
        Files.writeString(half, text.toString());
        Files.move(half, folder.of(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The same, with the history written. */
    public DemoState withHistory() {
        return new DemoState(seed, liveStart, zone, simulated, true, writtenThrough);
    }

    /** The same, with live written so far. */
    public DemoState through(Instant instant) {
        return new DemoState(seed, liveStart, zone, simulated, historyWritten, instant);
    }
}
