package io.leadpulse.schemas.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.leadpulse.schemas.MinorUnits;
import io.leadpulse.schemas.Rfc3339;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is written, its bytes are those of Jackson. */
class ResultWriterPropertyTest {
    private static final JsonFactory JACKSON = new JsonFactory();

    /** Of all units, and of those where something else begins rather often; halves of surrogate pairs in any order. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Character> units = Arbitraries.oneOf(
                Arbitraries.chars(),
                Arbitraries.chars().range(' ', '~'),
                Arbitraries.chars().range((char) 0, (char) 0x24),
                Arbitraries.chars().range('\uD7FE', '\uE001'),
                Arbitraries.of(
                        '"', '\\', '/', '\u007F', '\u0080', '\u07FF', '\u0800', '\uD83D', '\uDE00', '\u2028',
                        '\uFFFF'));
        return units.list().ofMaxSize(700).map(all -> {
            StringBuilder text = new StringBuilder();
            all.forEach(text::append);
            return text.toString();
        });
    }

    @Property(tries = 500, seed = "20261122")
    void textsAndNamesAreThoseOfJackson(
            @ForAll("texts") String one, @ForAll("texts") String other, @ForAll @Size(max = 20) Map<String, Long> map)
            throws IOException {
        Map<String, Long> ofTexts = new TreeMap<>(map);
        ofTexts.put(one, 1L);
        ofTexts.put(other, null);
        Map<String, String> texts = new TreeMap<>();
        ofTexts.forEach((key, value) -> texts.put(key, value == null ? null : key + value));

        assertWritten(
                ResultWriter.write("EUR", 2, out -> out.text(one, other)
                        .numbers(other, ofTexts)
                        .texts("texts", texts)
                        .counts("counts", Map.of(one, ofTexts))
                        .objects("objects", texts, (value, into) -> into.text(one, value))
                        .list("list", List.of(one, other), (each, into) -> into.text(each, each))),
                json -> {
                    json.writeStringField(whole(one), whole(other));
                    numbers(whole(other), ofTexts, json);
                    json.writeObjectFieldStart("texts");
                    for (Map.Entry<String, String> each : texts.entrySet()) {
                        json.writeStringField(whole(each.getKey()), whole(each.getValue()));
                    }
                    json.writeEndObject();
                    json.writeObjectFieldStart("counts");
                    numbers(whole(one), ofTexts, json);
                    json.writeEndObject();
                    json.writeObjectFieldStart("objects");
                    for (Map.Entry<String, String> each : texts.entrySet()) {
                        json.writeObjectFieldStart(whole(each.getKey()));
                        json.writeStringField(whole(one), whole(each.getValue()));
                        json.writeEndObject();
                    }
                    json.writeEndObject();
                    json.writeArrayFieldStart("list");
                    for (String each : List.of(one, other)) {
                        json.writeStartObject();
                        json.writeStringField(whole(each), whole(each));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    @Property(tries = 2_000, seed = "20261122")
    void numbersAreThoseOfJackson(
            @ForAll long number,
            @ForAll double decimal,
            @ForAll("shortDecimals") double small,
            @ForAll @IntRange(min = -20_000_000, max = 20_000_000) int whole)
            throws IOException {
        assertWritten(
                ResultWriter.write("EUR", 2, out -> out.number("number", number)
                        .decimal("decimal", decimal)
                        .decimal("small", small)
                        .decimal("whole", (double) whole)
                        .decimal("bits", finite(number))),
                json -> {
                    json.writeNumberField("number", number);
                    json.writeNumberField("decimal", decimal + 0.0);
                    json.writeNumberField("small", small + 0.0);
                    json.writeNumberField("whole", (double) whole);
                    json.writeNumberField("bits", finite(number) + 0.0);
                });
    }

    @Provide
    Arbitrary<Double> shortDecimals() {
        return Arbitraries.oneOf(
                Arbitraries.integers().map(hundredths -> hundredths / 100.0),
                Arbitraries.of(
                        0.0, -0.0, 1e7, -1e7, 9_999_999.0, 1e-3, Double.MIN_VALUE, Double.MAX_VALUE, 0x1p53, 0x1p63));
    }

    private static double finite(long bits) {
        double number = Double.longBitsToDouble(bits);
        return Double.isFinite(number) ? number : 0;
    }

    @Property(tries = 1_000, seed = "20261122")
    void timesDaysAmountsAndBytesAreTheirTexts(
            @ForAll long any,
            @ForAll @IntRange(min = -800_000, max = 800_000) int day,
            @ForAll @IntRange(max = 4) int digits,
            @ForAll byte[] bytes)
            throws IOException {
        String currency = List.of("JPY", "EUR", "TND", "CLF", "UYW").get(digits);
        long nearby = any % 10_000_000_000_000L;

        assertWritten(
                ResultWriter.write(currency, digits, out -> out.time("near", nearby)
                        .time("none", null)
                        .date("day", (long) day)
                        .money("amount", any)
                        .money("small", (long) day)
                        .money("nothing", null)
                        .currency()
                        .base64("bytes", bytes)
                        .flag("flag", day > 0)),
                json -> {
                    json.writeStringField("near", Rfc3339.text(nearby));
                    json.writeNullField("none");
                    json.writeStringField("day", LocalDate.ofEpochDay(day).toString());
                    json.writeStringField("amount", MinorUnits.text(any, digits));
                    json.writeStringField("small", MinorUnits.text(day, digits));
                    json.writeNullField("nothing");
                    json.writeStringField("currency", currency);
                    json.writeStringField("bytes", Base64.getEncoder().encodeToString(bytes));
                    json.writeBooleanField("flag", day > 0);
                });
    }

    @Property(tries = 20, seed = "20261122")
    void whatIsNoNumberIsRefused(@ForAll("noNumbers") double none) {
        assertThatThrownBy(() -> ResultWriter.write("EUR", 2, out -> out.decimal("share", none)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("share is " + none + "; allowed: a finite number, or none");
    }

    @Provide
    Arbitrary<Double> noNumbers() {
        return Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    /** More names than are remembered. */
    @Property(tries = 1, seed = "20261122")
    void anyNumberOfNamesIsWritten() throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            names.add("\"" + i);
        }
        for (int time = 0; time < 2; time++) {
            assertWritten(ResultWriter.write("EUR", 2, out -> names.forEach(name -> out.text(name, name))), json -> {
                for (String name : names) {
                    json.writeStringField(name, name);
                }
            });
        }
    }

    private static void numbers(String name, Map<String, Long> values, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> each : values.entrySet()) {
            json.writeFieldName(whole(each.getKey()));
            if (each.getValue() == null) {
                json.writeNull();
            } else {
                json.writeNumber(each.getValue());
            }
        }
        json.writeEndObject();
    }

    /** A text with a question mark for each half of a surrogate pair alone, at which Jackson throws. */
    private static String whole(String text) {
        return text == null ? null : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static void assertWritten(byte[] written, Fields fields) throws IOException {
        // To bytes Jackson escapes what is beyond 16 bits, to text it does not.
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JACKSON.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(text.toString());
        assertThat(written).isEqualTo(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
