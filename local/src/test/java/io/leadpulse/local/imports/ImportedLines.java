package io.leadpulse.local.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What an importer would write, for tests to look into. */
final class ImportedLines {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ImportedLines() {}

    static String text(ImportedHistory history) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        history.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** All lines, parsed. */
    static List<JsonNode> parsed(ImportedHistory history) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text(history).lines().toList()) {
            lines.add(MAPPER.readTree(line));
        }
        return lines;
    }

    /** The values of all events of one kind, in order. */
    static List<JsonNode> values(ImportedHistory history, String kind) throws IOException {
        return parsed(history).stream()
                .map(line -> line.get("value"))
                .filter(value -> value.path("kind").asText().equals(kind))
                .toList();
    }
}
