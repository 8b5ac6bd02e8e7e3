package io.leadpulse.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What is kept of a release for ever, to show that its state can be read; what the files are stands in their README. */
record GoldenRelease(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SNAPSHOT = ".snapshot";
    private static final String VALUE = ".value";

    /** All releases, oldest first. */
    static List<GoldenRelease> all() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src", "test", "resources", "golden"))) {
            return folders.filter(Files::isDirectory)
                    .sorted(Comparator.comparingInt(
                            each -> Integer.parseInt(each.getFileName().toString())))
                    .map(GoldenRelease::new)
                    .toList();
        }
    }

    /** The latest release. */
    static GoldenRelease newest() throws IOException {
        List<GoldenRelease> all = all();
        return all.get(all.size() - 1);
    }

    /** States of today that no release has yet, by uid and name. */
    static List<String> unreleased() throws IOException {
        return Files.readAllLines(Path.of("src", "test", "resources", "golden", "unreleased.txt"));
    }

    /** Its number. */
    String number() {
        return folder.getFileName().toString();
    }

    Path savepoint() {
        return folder.resolve("savepoint");
    }

    /** The meaning with which its engine ran. */
    String config() throws IOException {
        return Files.readString(folder.resolve("config.yaml"));
    }

    /** What was sent before the savepoint, in order. */
    List<ProducerRecord<byte[], byte[]>> before() throws IOException {
        return records("before.tsv");
    }

    /** What is to be sent after it, in order. */
    List<ProducerRecord<byte[], byte[]>> after() throws IOException {
        return records("after.tsv");
    }

    /** What is to be sent when that has its fate, in order. */
    List<ProducerRecord<byte[], byte[]>> end() throws IOException {
        return records("end.tsv");
    }

    /** What is to be sent when all else has its fate: it changes nothing. */
    List<ProducerRecord<byte[], byte[]>> last() throws IOException {
        return records("last.tsv");
    }

    /** The newest result of each topic and key at the savepoint. */
    Map<String, JsonNode> results() throws IOException {
        Map<String, JsonNode> results = new TreeMap<>();
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve("results.json.gz")))) {
            JSON.readTree(in).properties().forEach(each -> results.put(each.getKey(), each.getValue()));
        }
        return results;
    }

    /** How it wrote each state, by {@link SavepointState#id}. */
    Map<String, TypeSerializerSnapshot<Object>> snapshots() throws IOException {
        Map<String, TypeSerializerSnapshot<Object>> snapshots = new TreeMap<>();
        try (Stream<Path> files = Files.list(types())) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(SNAPSHOT)).toList()) {
                String name = file.getFileName().toString();
                snapshots.put(
                        name.substring(0, name.length() - SNAPSHOT.length()),
                        TypeSerializerSnapshot.readVersionedSnapshot(
                                new DataInputDeserializer(Files.readAllBytes(file)),
                                getClass().getClassLoader()));
            }
        }
        return snapshots;
    }

    /** A value of a state as it was written; null when there was none. */
    byte[] value(String state) throws IOException {
        Path file = types().resolve(state + VALUE);
        return Files.exists(file) ? Files.readAllBytes(file) : null;
    }

    /** What that value says. */
    JsonNode said(String state) throws IOException {
        return JSON.readTree(types().resolve("values.json").toFile()).get(state);
    }

    void writeInput() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), GoldenHistory.CONFIG);
        Files.write(folder.resolve("before.tsv"), lines(GoldenHistory.before()));
        Files.write(folder.resolve("after.tsv"), lines(GoldenHistory.after()));
        Files.write(folder.resolve("end.tsv"), lines(GoldenHistory.end()));
        Files.write(folder.resolve("last.tsv"), lines(List.of(GoldenHistory.last())));
    }

    void writeResults(Map<String, JsonNode> results) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        results.forEach(json::set);
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("results.json.gz")))) {
            out.write(JSON.writeValueAsBytes(json));
        }
    }

    void writeTypes(Collection<SavepointState> states) throws IOException, ReflectiveOperationException {
        Files.createDirectories(types());
        ObjectNode said = JSON.createObjectNode();
        for (SavepointState state : states) {
            DataOutputSerializer snapshot = new DataOutputSerializer(256);
            TypeSerializerSnapshot.writeVersionedSnapshot(snapshot, state.snapshot());
            Files.write(types().resolve(state.id() + SNAPSHOT), snapshot.getCopyOfBuffer());
            if (state.isReadable() && state.longest() != null) {
                TypeSerializer<Object> serializer = state.snapshot().restoreSerializer();
                Files.write(types().resolve(state.id() + VALUE), state.longest());
                said.set(state.id(), StateJson.of(SavepointState.read(serializer, state.longest())));
            }
        }
        Files.writeString(
                types().resolve("values.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(said) + '\n');
    }

    private Path types() {
        return folder.resolve("types");
    }

    private List<ProducerRecord<byte[], byte[]>> records(String file) throws IOException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(file))) {
            String[] parts = line.split("\t", 3);
            records.add(new ProducerRecord<>(parts[0], 0, bytes(parts[1]), bytes(parts[2])));
        }
        return records;
    }

    private static List<String> lines(List<ProducerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(each -> each.topic() + '\t' + text(each.key()) + '\t' + text(each.value()))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
