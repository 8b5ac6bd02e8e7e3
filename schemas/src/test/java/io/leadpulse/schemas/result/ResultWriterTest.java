package io.leadpulse.schemas.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Against Jackson, which reads what is written. */
class ResultWriterTest {
    private static final JsonFactory JACKSON = new JsonFactory();

    @Test
    void writesEveryCharacterAsJacksonDoes() throws IOException {
        StringBuilder all = new StringBuilder("\uD83D\uDE00");
        for (char each = 0; each < Character.MIN_SURROGATE; each++) {
            all.append(each);
        }
        for (String text : List.of("", "\"", "\\", "a\"b\\c\n", all.toString())) {
            assertThat(written(out -> out.text(text, text)))
                    .isEqualTo(jackson(json -> json.writeStringField(text, text)));
        }
    }

    @Test
    void writesNumbersAsJacksonDoes() throws IOException {
        Random random = new Random(20261122);
        for (int i = 0; i < 2_000; i++) {
            double decimal = i % 2 == 0 ? random.nextDouble() * 100 : Double.longBitsToDouble(random.nextLong());
            double finite = Double.isFinite(decimal) ? decimal : i;
            long number = random.nextLong() >> random.nextInt(Long.SIZE);
            assertThat(written(out -> out.decimal("d", finite).number("n", number)))
                    .isEqualTo(jackson(json -> {
                        json.writeNumberField("d", finite);
                        json.writeNumberField("n", number);
                    }));
        }
    }

    @Test
    void putsCommasBetweenFieldsAndElementsAlone() throws IOException {
        String text = written(out -> out.object("empty", none -> {})
                .list("none", List.<String>of(), (each, into) -> into.text("e", each))
                .text("brace", "{")
                .list("two", List.of("{", "b"), (each, into) -> into.text("e", each)
                        .flag("yes", true))
                .list("empties", List.of("a", "b"), (each, into) -> {})
                .counts("counts", Map.of("b", Map.of("z", 1L, "y", 2L), "a", Map.of()))
                .flag("unknown", null)
                .number("nothing", null)
                .decimal("no", null)
                .time("never", null));

        assertThat(text)
                .isEqualTo("{\"empty\":{},\"none\":[],\"brace\":\"{\",\"two\":[{\"e\":\"{\",\"yes\":true},"
                        + "{\"e\":\"b\",\"yes\":true}],\"empties\":[{},{}],\"counts\":{\"a\":{},\"b\":{\"y\":2,\"z\":1}},"
                        + "\"unknown\":null,\"nothing\":null,\"no\":null,\"never\":null}");
        assertThat(new ObjectMapper().readTree(text)).hasSize(10);
    }

    private static String written(Consumer<ResultWriter> fields) {
        return new String(ResultWriter.write("EUR", 2, fields), StandardCharsets.UTF_8);
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static String jackson(Fields fields) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JACKSON.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        return text.toString();
    }
}
