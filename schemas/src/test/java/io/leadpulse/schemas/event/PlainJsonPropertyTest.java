package io.leadpulse.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.schemas.Contracts;
import io.leadpulse.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is read from the bytes is what Jackson reads, node for node; and whatever Jackson refuses, it does not read. */
class PlainJsonPropertyTest {
    private static final int MAX_DEPTH = 5;
    private static final JsonObjects JACKSON = new JsonObjects(1 << 20, MAX_DEPTH);
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

    private final PlainJson plain = new PlainJson(MAX_DEPTH);

    @Property(tries = 2_000, seed = "20261122")
    void piecesAreReadAsJacksonReadsThem(@ForAll("pieces") List<String> pieces) throws RefusedException {
        requireAsJackson(String.join("", pieces));
        requireAsJackson('{' + String.join("", pieces) + '}');
        requireAsJackson("{\"x\":" + String.join("", pieces) + ",\"a\":1}");
    }

    @Property(tries = 1_000, seed = "20261122")
    void brokenExamplesAreReadAsJacksonReadsThem(@ForAll("examples") Contracts.Example example, @ForAll Random random)
            throws RefusedException {
        byte[] bytes = example.bytes().clone();
        int changes = random.nextInt(4);
        for (int each = 0; each < changes && bytes.length > 0; each++) {
            int place = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[place] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, place);
                case 2 -> bytes = Arrays.copyOfRange(bytes, place, bytes.length);
                default -> bytes[place] = (byte) PIECES[random.nextInt(PIECES.length)].charAt(0);
            }
        }
        requireAsJackson(bytes);
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

        assertThat(valid.stream().filter(example -> plain.read(example.bytes()) != null))
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
    void whatIsNotPlainIsLeftToJackson() {
        for (String other : List.of(
                "",
                "7",
                "[]",
                "{\"a\":[]}",
                "{\"a\":1.5}",
                "{\"a\":-1}",
                "{\"a\":\"\\u0041\"}",
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

    private JsonNode read(String text) {
        return plain.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private void requireAsJackson(String text) throws RefusedException {
        requireAsJackson(text.getBytes(StandardCharsets.UTF_8));
    }

    private void requireAsJackson(byte[] bytes) throws RefusedException {
        JsonNode read = plain.read(bytes);
        if (read != null) {
            assertThat(read).isEqualTo(JACKSON.readAny(bytes));
            // The order of names is part of it: attributes are kept in it.
            assertThat(read.toString()).isEqualTo(JACKSON.readAny(bytes).toString());
        }
    }
}
