package io.leadpulse.local.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.ReplayLineWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Records as a file that {@code replay} reads. */
public final class SimulatedFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SimulatedFile() {}

    /** Writes records in their order, replacing the file: readable where they can be read, what is broken as its bytes. */
    public static void write(Path file, List<SimulatedRecord> records) throws IOException {
        try (ReplayLineWriter writer = new ReplayLineWriter(new BufferedOutputStream(Files.newOutputStream(file)))) {
            long lineNumber = 0;
            for (SimulatedRecord record : records) {
                lineNumber++;
                if (record.kind() == SimulatedRecord.Kind.BROKEN) {
                    writer.write(new RawRecord(
                            record.topic(),
                            0,
                            lineNumber,
                            record.arrivalMillis(),
                            record.key().getBytes(StandardCharsets.UTF_8),
                            record.value(),
                            List.of()));
                } else {
                    writer.write(record.topic(), record.key(), JSON.readTree(record.value()));
                }
            }
        }
    }
}
