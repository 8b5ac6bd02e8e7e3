package io.leadpulse.local.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.local.send.EventSender;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.config.RecordCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes records of configuration to their topic: all records of a file, or, if any of them is not valid, none.
 *
 * <p>Each is judged as the engine will judge it, versions of the rules beside those that already stand in the topic.
 */
public final class RecordWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String topic;
    private final String configYaml;
    private final List<ConfigurationRecord> standing;

    /**
     * A writer to one topic.
     *
     * @param topic one of {@link io.leadpulse.schemas.Topics#CONFIGURATION}
     * @param configYaml the configuration that the engine runs with; empty for the defaults
     * @param standing what the topics of configuration hold, in order
     */
    public RecordWriter(String topic, String configYaml, List<ConfigurationRecord> standing) {
        this.topic = topic;
        this.configYaml = configYaml;
        this.standing = standing.stream().filter(each -> each.json() != null).toList();
    }

    /**
     * What a file would come to.
     *
     * @param lines the records as lines of {@link EventSender}
     * @param problems what is wrong, one line each; empty if all may be written
     */
    public record Judged(List<String> lines, List<String> problems) {}

    /**
     * Judges all records of a file.
     *
     * @throws IOException if it cannot be read
     */
    public Judged judge(Path file) throws IOException {
        return judge(file, record -> {});
    }

    /**
     * Judges all records of a file as they are once they are completed.
     *
     * @param complete changes a record before it is judged and written
     * @throws IOException if it cannot be read
     */
    public Judged judge(Path file, Consumer<ObjectNode> complete) throws IOException {
        List<RecordFile.Entry> entries = RecordFile.read(file);
        for (RecordFile.Entry entry : entries) {
            if (entry.value() instanceof ObjectNode record) {
                complete.accept(record);
            }
        }
        List<ConfigurationRecord> together = new ArrayList<>(standing);
        entries.forEach(
                each -> together.add(new ConfigurationRecord(topic, each.value().toString())));
        RecordCheck check = new RecordCheck(configYaml, together);
        List<String> lines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (RecordFile.Entry entry : entries) {
            String problem = entry.value().isObject()
                    ? check.problemOfWritten(topic, entry.value()).orElse(null)
                    : "a record must be a mapping of fields";
            if (problem == null) {
                lines.add(line(entry));
            } else {
                problems.add(entry.place() + ": " + problem);
            }
        }
        if (entries.isEmpty()) {
            problems.add(file.getFileName() + ": there is no record");
        }
        return new Judged(lines, problems);
    }

    /**
     * Writes what was judged, and waits until the brokers have it.
     *
     * @throws IOException if the brokers did not take all
     */
    public static long write(Judged judged, EventSender sender) throws IOException {
        byte[] lines = String.join("\n", judged.lines()).getBytes(StandardCharsets.UTF_8);
        return sender.send("records", new ByteArrayInputStream(lines), bytes -> {})
                .sent();
    }

    private String line(RecordFile.Entry entry) throws JsonProcessingException {
        ObjectNode line = JSON.createObjectNode();
        line.put("topic", topic);
        line.set("value", entry.value());
        return JSON.writeValueAsString(line);
    }
}
