package io.leadpulse.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Contracts;
import io.leadpulse.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes: no exception, exactly one outcome, and never more lenient than the schema. */
class EventDecoderPropertyTest {
    private static final EventDecoder DECODER =
            new EventDecoder(DecodeSettings.of("EUR"), Contracts.configurationBySchema());
    private static final List<Contracts.Example> EXAMPLES = Contracts.INPUTS.stream()
            .flatMap(topic -> Stream.concat(
                    Contracts.examples(topic, "valid").stream(), Contracts.examples(topic, "invalid").stream()))
            .toList();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_BYTES = DecodeSettings.DEFAULT_MAX_BYTES;
    private static final int MAX_DEPTH = DecodeSettings.DEFAULT_MAX_DEPTH;
    /** What gives JSON its form. */
    private static final String MARKS = "{}[]\",:0-eN\\u";
    /** Values that a field may be replaced by. */
    private static final List<JsonNode> VALUES = List.of(
            NODES.nullNode(),
            NODES.textNode(""),
            NODES.textNode(" \n"),
            NODES.textNode("secret"),
            NODES.textNode("\u0000"),
            NODES.textNode("x".repeat(300)),
            NODES.textNode("x".repeat(2000)),
            NODES.textNode("1.50"),
            NODES.textNode("000000000000000000000001"),
            NODES.textNode("2025-03-01T09:00:00Z"),
            NODES.textNode("2025-03-01T09:00:00.123456789-11:30"),
            NODES.textNode("2025-03-01"),
            NODES.textNode("track"),
            NODES.textNode("deal_lost"),
            NODES.textNode("EUR"),
            NODES.numberNode(0),
            NODES.numberNode(-1),
            NODES.numberNode(Long.MAX_VALUE),
            NODES.numberNode(1.5),
            NODES.booleanNode(true),
            NODES.arrayNode().add(1),
            NODES.objectNode(),
            NODES.objectNode().put("a", "secret").putNull("b"),
            NODES.objectNode().put("name", 7).put("path", "/careers/secret"));

    @Property(tries = 300, seed = "20261122")
    void randomBytesHaveExactlyOneOutcome(@ForAll("topics") String topic, @ForAll byte[] value) {
        requireOneOutcome(record(topic, value));
    }

    @Property(tries = 300, seed = "20261122")
    void recordsWithBrokenBytesHaveExactlyOneOutcome(
            @ForAll("examples") Contracts.Example example, @ForAll Random random) {
        byte[] bytes = example.bytes().clone();
        int changes = 1 + random.nextInt(4);
        for (int each = 0; each < changes && bytes.length > 0; each++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                case 2 -> bytes = Arrays.copyOfRange(bytes, at, bytes.length);
                default -> bytes[at] = (byte) MARKS.charAt(random.nextInt(MARKS.length()));
            }
        }
        requireOneOutcome(record(example.topic(), bytes));
    }

    /** The decoder in use has read all the others before; each is read by Jackson alone in one that has read none. */
    @Property(tries = 2_000, seed = "20261122")
    void aRecordIsDecodedAsByJacksonWhateverWasDecodedBefore(
            @ForAll("examples") Contracts.Example example, @ForAll Random random) {
        requireAsByJackson(record(example.topic(), BrokenInputs.mutated(example.bytes(), random)));
    }

    @Property(tries = 1_000, seed = "20261122")
    void aRecordWithOtherValuesIsDecodedAsByJackson(
            @ForAll("examples") Contracts.Example example, @ForAll Random random) {
        ObjectNode value = (ObjectNode) example.json();
        List<String> names = new ArrayList<>(Contracts.schema(example.topic()).path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .toList());
        for (int each = random.nextInt(3); each > 0; each--) {
            JsonNode other = VALUES.get(random.nextInt(VALUES.size()));
            value.set(names.get(random.nextInt(names.size())), other);
        }
        String json = random.nextBoolean() ? value.toString() : value.toPrettyString();

        requireAsByJackson(record(example.topic(), json.getBytes(StandardCharsets.UTF_8)));
    }

    @Example
    void brokenRecordsAreRefusedAsByJackson() {
        for (BrokenInputs.BrokenInput input : BrokenInputs.all()) {
            if (input.record() != null) {
                requireAsByJackson(input.record());
            }
        }
    }

    @Property(tries = 300, seed = "20261122")
    void whatTheDecoderAcceptsTheSchemaAccepts(@ForAll("examples") Contracts.Example example, @ForAll Random random) {
        ObjectNode value = (ObjectNode) example.json();
        List<String> names = new ArrayList<>(Contracts.schema(example.topic()).path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .toList());
        int changes = 1 + random.nextInt(2);
        for (int each = 0; each < changes; each++) {
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(5) == 0) {
                value.remove(name);
            } else {
                value.set(name, VALUES.get(random.nextInt(VALUES.size())));
            }
        }

        Decoded decoded =
                requireOneOutcome(record(example.topic(), value.toString().getBytes(StandardCharsets.UTF_8)));
        if (decoded.deadLetter() == null) {
            assertThat(Contracts.problems(example.topic(), value)).isEmpty();
        } else {
            assertThat(decoded.deadLetter().message()).doesNotContain("secret");
        }
    }

    @Property(tries = 200, seed = "20261122")
    void theOrderOfFieldsDoesNotMatter(@ForAll("examples") Contracts.Example example, @ForAll Random random) {
        JsonNode value = example.json();
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(value.properties());
        Collections.shuffle(fields, random);
        ObjectNode shuffled = NODES.objectNode();
        fields.forEach(field -> shuffled.set(field.getKey(), field.getValue()));

        Decoded before = DECODER.decode(record(example.topic(), value.toString().getBytes(StandardCharsets.UTF_8)));
        Decoded after =
                DECODER.decode(record(example.topic(), shuffled.toString().getBytes(StandardCharsets.UTF_8)));
        if (before.event() != null) {
            assertThat(after.event())
                    .usingRecursiveComparison()
                    .ignoringFields("record")
                    .isEqualTo(before.event());
        } else {
            assertThat(after.isConfiguration()).isEqualTo(before.isConfiguration());
        }
    }

    @Property(tries = 300, seed = "20261122")
    void randomLinesHaveExactlyOneOutcome(@ForAll byte[] line) {
        requireOneOutcome(ReplayLine.read("f", 0, 1, line));
    }

    @Property(tries = 300, seed = "20261122")
    void brokenLinesHaveExactlyOneOutcome(@ForAll("examples") Contracts.Example example, @ForAll Random random) {
        byte[] line = ReplayLineWriter.line(example.topic(), "k", example.json());
        line[random.nextInt(line.length)] = (byte) random.nextInt(256);
        requireOneOutcome(ReplayLine.read("f", 0, 1, line));
    }

    @Property(tries = 200, seed = "20261122")
    void aRecordThatIsWrittenAsALineComesBackToTheLastByte(
            @ForAll byte[] value, @ForAll("topics") String topic, @ForAll Random random) {
        RawRecord record = new RawRecord(
                topic,
                random.nextInt(5),
                random.nextInt(1000),
                random.nextBoolean() ? Fact.NO_TIME : random.nextInt(1_000_000),
                random.nextBoolean() ? null : "L-\u00e4".getBytes(StandardCharsets.UTF_8),
                random.nextInt(10) == 0 ? null : value,
                random.nextBoolean() ? List.of() : List.of(new RawHeader("a", value), new RawHeader("b", null)));

        assertThat(ReplayLine.read("f", 0, 1, ReplayLineWriter.line(record)).record())
                .usingRecursiveComparison()
                .ignoringFields("line")
                .isEqualTo(record);
    }

    @Provide
    Arbitrary<String> topics() {
        return Arbitraries.of(
                Topics.ACTIVITIES, Topics.BEHAVIOUR, Topics.COMPANY_EVENTS, Topics.REPS, Topics.GOALS, "unknown");
    }

    @Provide
    Arbitrary<Contracts.Example> examples() {
        return Arbitraries.of(EXAMPLES);
    }

    private static void requireOneOutcome(ReplayLine line) {
        assertThat(line.record() == null).isNotEqualTo(line.deadLetter() == null);
        if (line.record() != null) {
            requireOneOutcome(line.record());
        }
    }

    private static Decoded requireOneOutcome(RawRecord record) {
        Decoded decoded = DECODER.decode(record);
        int outcomes = (decoded.event() == null ? 0 : 1)
                + (decoded.deadLetter() == null ? 0 : 1)
                + (decoded.isConfiguration() ? 1 : 0);
        assertThat(outcomes).isOne();
        return decoded;
    }

    private static void requireAsByJackson(RawRecord record) {
        EventDecoder byJackson = new EventDecoder(
                DecodeSettings.of("EUR"), Contracts.configurationBySchema(), new JsonObjects(MAX_BYTES, MAX_DEPTH, 0));
        Decoded decoded = DECODER.decode(record);

        assertThat(decoded).isEqualTo(byJackson.decode(record));
        if (decoded.event() != null) {
            Set<String> ignored = record.topic().equals(Topics.BEHAVIOUR) ? Set.of("sentAt", "receivedAt") : Set.of();
            assertThat(decoded.event().contentHash())
                    .isEqualTo(FirstContentHash.of(Contracts.json(record.value()), ignored));
        }
    }

    private static RawRecord record(String topic, byte[] value) {
        return new RawRecord(topic, 0, 1, Fact.NO_TIME, null, value, List.of());
    }
}
