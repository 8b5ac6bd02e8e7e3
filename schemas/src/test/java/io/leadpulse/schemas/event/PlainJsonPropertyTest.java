package io.leadpulse.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.schemas.Contracts;
import io.leadpulse.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What is read from the bytes is what Jackson reads, node for node; whatever Jackson refuses, it does not read; and its hash is the
 * one that has always been.
 */
class PlainJsonPropertyTest {
    private static final int MAX_DEPTH = 5;
    private static final JsonObjects JACKSON = new JsonObjects(1 << 20, MAX_DEPTH, 0);
    private static final List<String> TRANSPORT = List.of("a", "b", "sentAt", "receivedAt");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<Contracts.Example> EXAMPLES = Contracts.INPUTS.stream()
            .flatMap(topic -> Stream.concat(
                    Contracts.examples(topic, "valid").stream(), Contracts.examples(topic, "invalid").stream()))
            .toList();
    /** What texts of JSON are made of, and what they are not. */
    private static final String[] PIECES = {
        "{",
        "}",
        "{",
        "}",
        "\"a\"",
        "\"a\":",
        "\"b\":",
        "\"\":",
        "\"c c\":\"d\"",
        ",",
        ":",
        " ",
        "\n",
        "\t",
        "\r",
        "\f",
        "true",
        "false",
        "null",
        "nul",
        "0",
        "7",
        "00",
        "-1",
        "1.5",
        "1e3",
        "2147483647",
        "2147483648",
        "999999999999999999",
        "9999999999999999999",
        "[",
        "]",
        "\\",
        "\\n",
        "\"\\u0041\"",
        "\"\u00e4\"",
        "\u0000",
        "\"\u007f\"",
        "\"\u0001\"",
        "/",
        "'",
        "\""
    };

    private final Document document = new Document();
    private final PlainJson plain = new PlainJson(MAX_DEPTH, document);

    @Property(tries = 2_000, seed = "20261122")
    void piecesAreReadAsJacksonReadsThem(@ForAll("pieces") List<String> pieces) throws RefusedException {
        requireAsJackson(String.join("", pieces));
        requireAsJackson('{' + String.join("", pieces) + '}');
        requireAsJackson("{\"x\":" + String.join("", pieces) + ",\"a\":1}");
    }

    @Property(tries = 1_000, seed = "20261122")
    void brokenExamplesAreReadAsJacksonReadsThem(@ForAll("examples") Contracts.Example example, @ForAll Random random)
            throws RefusedException {
        requireAsJackson(BrokenInputs.mutated(example.bytes(), random));
    }

    @Property(tries = 500, seed = "20261122")
    void textsThatRepeatAreReadAsJacksonReadsThem(@ForAll Random random) throws RefusedException {
        // As many that differ at one place as there are places in a text, short and long.
        for (int i = 0; i < 20; i++) {
            byte[] text =
                    "x".repeat(random.nextInt(1, 24) * (i % 4 == 0 ? 10 : 1)).getBytes(StandardCharsets.UTF_8);
            text[random.nextInt(text.length)] = (byte) random.nextInt('0', '9');
            requireAsJackson("{\"%s\":\"%2$s\",\"b\":\"%2$s\"}"
                    .formatted("n".repeat(random.nextInt(1, 20)), new String(text, StandardCharsets.UTF_8)));
        }
    }

    @Property(tries = 500, seed = "20261122")
    void numbersAreOfTheTypeThatJacksonGivesThem(@ForAll long number) throws RefusedException {
        requireAsJackson("{\"n\":%d,\"m\":%d}".formatted(number >>> 1, number >>> (number & 63)));
    }

    @Example
    void mostExamplesOfTheContractsAreNotLeftToJackson() {
        List<Contracts.Example> valid = Stream.of(Topics.ACTIVITIES, Topics.BEHAVIOUR, Topics.COMPANY_EVENTS)
                .flatMap(topic -> Contracts.examples(topic, "valid").stream())
                .toList();

        assertThat(valid.stream().filter(example -> plain.readOrNull(example.bytes()) != null))
                .hasSizeGreaterThan(valid.size() * 3 / 4);
    }

    @Example
    void depthIsThatOfTheLimit() throws RefusedException {
        String within = "{\"a\":".repeat(MAX_DEPTH - 1) + "{}" + "}".repeat(MAX_DEPTH - 1);
        assertThat(read(within)).isNotNull();
        requireAsJackson(within);
        assertThat(read("{\"a\":" + within + '}')).isNull();
    }

    @Example
    void namesThatShareAPlaceAreNotTakenForEachOther() throws RefusedException {
        for (int i = 0; i < 5_000; i++) {
            requireAsJackson("{\"name%d\":1,\"eman%d\":2,\"%s\":3}".formatted(i, i, "n".repeat(i % 100 + 1)));
        }
    }

    @Example
    void whereTextsDoNotRepeatNoneIsMistaken() throws RefusedException {
        for (int i = 0; i < 20_000; i++) {
            requireAsJackson("{\"id\":\"%d\",\"kind\":\"call\"}".formatted(i));
        }
    }

    @Example
    void aTableThatIsFullIsLeftToJacksonWhichHasRoom() throws RefusedException {
        for (int names : List.of(127, 128, 1_000, 3)) {
            StringBuilder json = new StringBuilder("{");
            for (int i = 0; i < names; i++) {
                json.append("\"n").append(i).append("\":\"").append(i).append("\",");
            }
            byte[] bytes = json.append("\"last\":7}").toString().getBytes(StandardCharsets.UTF_8);
            assertThat(plain.readOrNull(bytes) != null).isEqualTo(names < Document.MAX_PLAIN_PLACES - 1);
            requireAsJackson(bytes);
        }
        String within = "{\"a\":\"" + "x".repeat(Document.MAX_PLAIN_BYTES - 8) + "\"}";
        assertThat(read(within)).isNotNull();
        requireAsJackson(within);
        assertThat(read(within + ' ')).isNull();
    }

    @Example
    void whatIsNotPlainIsLeftToJackson() {
        for (String other : List.of(
                "",
                "7",
                "[]",
                "{\"a\":[]}",
                "{\"a\":1.5}",
                "{\"a\":-1}",
                "{\"a\":\"\\u0041\"}",
                "{\"a\":\"\u007f\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\u00e4\"}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} 2",
                "{\"a\":1",
                "{\"a\":tru}",
                "{\"a\" 1}",
                "{,}",
                "{\"a\":1,}")) {
            assertThat(read(other)).as(other).isNull();
        }
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(PIECES).list().ofMaxSize(14);
    }

    @Provide
    Arbitrary<Contracts.Example> examples() {
        return Arbitraries.of(EXAMPLES);
    }

    private Place read(String text) {
        return plain.readOrNull(text.getBytes(StandardCharsets.UTF_8));
    }

    private void requireAsJackson(String text) throws RefusedException {
        requireAsJackson(text.getBytes(StandardCharsets.UTF_8));
    }

    private void requireAsJackson(byte[] bytes) throws RefusedException {
        Place read = plain.readOrNull(bytes);
        JsonNode expected;
        try {
            expected = JACKSON.readTree(bytes);
        } catch (RefusedException e) {
            assertThat(read).as(e.getMessage()).isNull();
            return;
        }
        Place byJackson = JACKSON.read(bytes);
        requireHashes(byJackson, expected);
        if (read != null) {
            assertThat(tree(read)).isEqualTo(expected);
            // The order of names is part of it: attributes are kept in it.
            assertThat(tree(read).toString()).isEqualTo(expected.toString());
            requireHashes(read, expected);
        }
    }

    private static void requireHashes(Place read, JsonNode expected) {
        assertThat(ContentHash.of(read, List.of())).isEqualTo(FirstContentHash.of(expected, Set.of()));
        assertThat(ContentHash.of(read, TRANSPORT)).isEqualTo(FirstContentHash.of(expected, Set.copyOf(TRANSPORT)));
    }

    private static JsonNode tree(Place place) {
        return switch (place.type) {
            case OBJECT -> {
                ObjectNode object = NODES.objectNode();
                for (Place field : place.document.fieldsOf(place)) {
                    assertThat(place.document.getOrNull(place, field.name.text)).isSameAs(field);
                    object.set(field.name.text, tree(field));
                }
                assertThat(place.document.getOrNull(place, "none such")).isNull();
                yield object;
            }
            case TEXT -> {
                assertThat(place.length()).isEqualTo(place.text().length());
                yield NODES.textNode(place.text());
            }
            case INTEGER -> {
                assertThat(place.text()).isEqualTo(Long.toString(place.integer));
                yield place.integer <= Integer.MAX_VALUE
                        ? NODES.numberNode((int) place.integer)
                        : NODES.numberNode(place.integer);
            }
            case TRUE, FALSE -> NODES.booleanNode(place.type == Place.Type.TRUE);
            case NULL -> NODES.nullNode();
            case ARRAY, LARGE_INTEGER, FRACTION, INFINITE -> throw new AssertionError(place.type + " is not plain");
        };
    }
}
