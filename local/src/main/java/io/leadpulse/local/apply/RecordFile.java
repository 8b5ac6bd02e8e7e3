package io.leadpulse.local.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Records of configuration as people write them: YAML (JSON is YAML too), one record or a list of them; or a CSV with the
 * names of the fields in its first row, where an empty cell is a field that is not given.
 */
final class RecordFile {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Set<String> NUMBERS = Set.of("count", "version");
    private static final Set<String> FLAGS = Set.of("active");
    private static final Set<String> LISTS = Set.of("products");
    private static final String BETWEEN_ITEMS = ";";

    private RecordFile() {}

    /**
     * A record and where it stands.
     *
     * @param place for messages, such as {@code goals.csv, row 2}
     * @param value its value, any JSON
     */
    record Entry(String place, JsonNode value) {}

    /**
     * The records of a file.
     *
     * @throws IOException if it cannot be read, or is no YAML or CSV
     */
    static List<Entry> read(Path file) throws IOException {
        String name = file.getFileName().toString();
        return name.toLowerCase(Locale.ROOT).endsWith(".csv") ? csv(name, file) : yaml(name, file);
    }

    private static List<Entry> yaml(String name, Path file) throws IOException {
        JsonNode root;
        try (Reader reader = Files.newBufferedReader(file)) {
            root = YAML.readTree(reader);
        } catch (JsonProcessingException e) {
            throw new IOException(name + " is no YAML: " + e.getOriginalMessage(), e);
        }
        List<Entry> entries = new ArrayList<>();
        if (root != null && root.isArray()) {
            for (int at = 0; at < root.size(); at++) {
                entries.add(new Entry(name + ", record " + (at + 1), root.get(at)));
            }
        } else if (root != null && !root.isMissingNode() && !root.isNull()) {
            entries.add(new Entry(name, root));
        }
        return entries;
    }

    private static List<Entry> csv(String name, Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (Reader reader = Files.newBufferedReader(file)) {
            for (CSVRecord row : format.parse(reader)) {
                ObjectNode value = YAML.createObjectNode();
                row.toMap().forEach((field, text) -> put(value, field, text));
                entries.add(new Entry(name + ", row " + (row.getRecordNumber() + 1), value));
            }
        }
        return entries;
    }

    /** What is no number or flag stays a text, so that the check says what is expected. */
    private static void put(ObjectNode value, String field, String text) {
        if (text == null || text.isEmpty()) {
            return;
        }
        if (NUMBERS.contains(field) && text.matches("\\d{1,18}")) {
            value.put(field, Long.parseLong(text));
        } else if (FLAGS.contains(field) && (text.equals("true") || text.equals("false"))) {
            value.put(field, Boolean.parseBoolean(text));
        } else if (LISTS.contains(field)) {
            var items = value.putArray(field);
            for (String item : text.split(BETWEEN_ITEMS, -1)) {
                items.add(item.strip());
            }
        } else {
            value.put(field, text);
        }
    }
}
