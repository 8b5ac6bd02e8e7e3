package io.leadpulse.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.event.ConfigurationRecords;
import io.leadpulse.schemas.event.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The schemas and examples of the contracts, for tests. */
public final class Contracts {
    /** Topics that events and configuration are read from. */
    public static final List<String> INPUTS = List.of(
            Topics.ACTIVITIES, Topics.BEHAVIOUR, Topics.COMPANY_EVENTS, Topics.REPS, Topics.GOALS, Topics.RULES);
    /** Topics that results are written to. */
    public static final List<String> RESULTS = List.of(
            Topics.PROFILES,
            Topics.LEDGER,
            Topics.ALERTS,
            Topics.ROLLUPS,
            Topics.PROGRESS,
            Topics.DWELL,
            Topics.DEAD_LETTERS,
            Topics.CONSERVATION);

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

    private Contracts() {}

    /**
     * One example.
     *
     * @param topic its topic
     * @param name its file's name without {@code .json}; an invalid one ends in {@code --reason}
     * @param bytes its content
     */
    public record Example(String topic, String name, byte[] bytes) {

        /** Why it is refused, as on the wire. */
        public String reason() {
            return name.substring(name.lastIndexOf("--") + 2);
        }

        /** What it is an example of. */
        public String kind() {
            int end = name.indexOf('-');
            return end < 0 ? name : name.substring(0, end);
        }

        /** The example as a record that arrived. */
        public RawRecord record() {
            return new RawRecord(topic, 0, 1, Fact.NO_TIME, null, bytes, List.of());
        }

        public JsonNode json() {
            return Contracts.json(bytes);
        }

        @Override
        public String toString() {
            return topic + '/' + name;
        }
    }

    /** The examples of a topic that are valid, or those that are not, by name. */
    public static List<Example> examples(String topic, String validOrInvalid) {
        Path folder = Path.of("src", "test", "resources", "examples", topic, validOrInvalid);
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted()
                    .map(file ->
                            new Example(topic, file.getFileName().toString().replace(".json", ""), read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the schema of a topic accepts a value. */
    public static boolean accepts(String topic, JsonNode value) {
        return problems(topic, value).isEmpty();
    }

    /** What the schema of a topic says against a value. */
    public static List<String> problems(String topic, JsonNode value) {
        return SCHEMAS.computeIfAbsent(topic, each -> FACTORY.getSchema(schema(each))).validate(value).stream()
                .map(Object::toString)
                .toList();
    }

    /** The schema of a topic. */
    public static JsonNode schema(String topic) {
        try (InputStream in = Topics.class.getResourceAsStream("/schemas/" + topic + ".schema.json")) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Judges configuration by its schema alone. */
    public static ConfigurationRecords configurationBySchema() {
        return (topic, value) -> accepts(topic, value) ? Optional.empty() : Optional.of("refused by the schema");
    }

    /** Bytes as JSON. */
    public static JsonNode json(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
