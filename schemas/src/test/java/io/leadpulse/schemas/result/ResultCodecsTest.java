package io.leadpulse.schemas.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.schemas.Contracts;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.ReplayLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every result is written exactly as its example, by its schema, and read again without loss. */
class ResultCodecsTest {
    private static final ResultCodecs CODECS = new ResultCodecs("EUR");

    /** A codec with the records that its examples show. */
    record Contract<T>(ResultCodec<T> codec, Map<String, T> samples) {
        @Override
        public String toString() {
            return codec.topic();
        }
    }

    static List<Contract<?>> contracts() {
        return List.of(
                new Contract<>(CODECS.profiles(), ResultSamples.profiles()),
                new Contract<>(CODECS.ledger(), ResultSamples.ledger()),
                new Contract<>(CODECS.alerts(), ResultSamples.alerts()),
                new Contract<>(CODECS.rollups(), ResultSamples.rollups()),
                new Contract<>(CODECS.progress(), ResultSamples.progress()),
                new Contract<>(CODECS.dwell(), ResultSamples.dwell()),
                new Contract<>(CODECS.deadLetters(), ResultSamples.deadLetters()),
                new Contract<>(CODECS.conservation(), ResultSamples.conservation()));
    }

    static Stream<Contracts.Example> invalid() {
        return Contracts.RESULTS.stream().flatMap(topic -> Contracts.examples(topic, "invalid").stream());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    <T> void aRecordIsWrittenAsItsExampleByteForByte(Contract<T> contract) {
        Map<String, String> examples = Contracts.examples(contract.codec().topic(), "valid").stream()
                .collect(Collectors.toMap(Contracts.Example::name, example -> text(example.bytes())));

        assertThat(contract.samples().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                sample -> text(contract.codec().encode(sample.getValue())) + '\n')))
                .isEqualTo(examples);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    <T> void aRecordIsReadAgainWithoutLoss(Contract<T> contract) {
        contract.samples().values().forEach(sample -> assertThat(
                        contract.codec().decode(contract.codec().encode(sample)))
                .usingRecursiveComparison()
                .isEqualTo(sample));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    <T> void theSchemaAcceptsARecordAndNamesAllItsFields(Contract<T> contract) {
        String topic = contract.codec().topic();
        contract.samples().values().forEach(sample -> {
            JsonNode json = Contracts.json(contract.codec().encode(sample));
            assertThat(Contracts.problems(topic, json)).isEmpty();
            assertThat(names(Contracts.schema(topic).path("properties"))).containsAll(names(json));
        });
    }

    @ParameterizedTest
    @MethodSource("contracts")
    <T> void aFieldFromTheFutureIsIgnored(Contract<T> contract) {
        T sample = contract.samples().values().iterator().next();
        String json = text(contract.codec().encode(sample));

        assertThat(contract.codec()
                        .decode(("{\"later\":{\"a\":[1]}," + json.substring(1)).getBytes(StandardCharsets.UTF_8)))
                .usingRecursiveComparison()
                .isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidExampleIsRefusedBySchemaOrCodec(Contracts.Example example) {
        if (example.reason().equals("schema")) {
            assertThat(Contracts.problems(example.topic(), example.json())).isNotEmpty();
        } else {
            assertThat(example.reason()).isEqualTo("codec");
            assertThatThrownBy(() -> codec(example.topic()).decode(example.bytes()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void everyResultThatWasEverWrittenIsStillRead() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src", "test", "resources", "released", "1", "results.ndjson"));

        assertThat(lines).hasSizeGreaterThan(15);
        for (String line : lines) {
            RawRecord record = ReplayLine.read("results.ndjson", 0, 1, line.getBytes(StandardCharsets.UTF_8))
                    .record();
            assertThat(codec(record.topic()).decode(record.value())).as(line).isNotNull();
        }
    }

    @Test
    void everyResultHasAnInvalidExample() {
        assertThat(invalid().map(Contracts.Example::topic).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Contracts.RESULTS);
    }

    @Test
    void keysTellRecordsApart() {
        assertThat(CODECS.ledger().key(ResultSamples.ledger().get("counted")))
                .isEqualTo("L-100|e8eb3e64ee7506b5|demo_requested");
        assertThat(CODECS.rollups().key(ResultSamples.rollups().get("count")))
                .isEqualTo("team:north|lost_by_reason|price%7Cquality|2017-06-28");
        assertThat(CODECS.progress().key(ResultSamples.progress().get("month-with-goals")))
                .isEqualTo("team:north|month|2025-03");
        assertThat(CODECS.deadLetters().key(ResultSamples.deadLetters().get("of-a-topic")))
                .isEqualTo("crm.activities.v1/2/17");
        assertThat(Keys.join("a|b", "c")).isNotEqualTo(Keys.join("a", "b|c"));
        assertThat(Keys.join("a%7C")).isNotEqualTo(Keys.join("a|"));
    }

    @Test
    void aNumberThatIsNoneIsNeverWritten() {
        DwellRecord dwell = new DwellRecord("company", "offer", 1, 1, Double.NaN, 1.0, 0);

        assertThatThrownBy(() -> CODECS.dwell().encode(dwell))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("median_days is NaN; allowed: a finite number, or none");
    }

    @Test
    void anAmountOfAnotherCurrencyIsRefused() {
        byte[] inDollars =
                new ResultCodecs("USD").rollups().encode(ResultSamples.rollups().get("money"));

        assertThatThrownBy(() -> CODECS.rollups().decode(inDollars)).hasMessage("currency must be EUR");
    }

    @Test
    void moneyHasTheDecimalsOfItsCurrency() {
        RollupRecord sum = ResultSamples.rollups().get("money");

        assertThat(text(new ResultCodecs("JPY").rollups().encode(sum))).contains("\"value\":\"8228000\"");
        assertThat(text(new ResultCodecs("EUR").rollups().encode(sum))).contains("\"value\":\"82280.00\"");
        assertThat(text(new ResultCodecs("KWD").rollups().encode(sum))).contains("\"value\":\"8228.000\"");
    }

    @Test
    void theBalanceSaysWhetherItIsExact() {
        assertThat(ResultSamples.conservation().get("balanced").isBalanced()).isTrue();
        assertThat(ResultSamples.conservation().get("lossy").isBalanced()).isFalse();
    }

    @Test
    void aDeadLetterSaysWhereItCameFromAndWhy() {
        DeadLetterRecord letter = ResultSamples.deadLetters().get("of-a-topic");

        assertThat(letter.headers())
                .extracting(header -> header.name() + '=' + (header.value() == null ? null : text(header.value())))
                .containsSubsequence(
                        "trace=abc",
                        "nothing=null",
                        "__connect.errors.topic=crm.activities.v1",
                        "__connect.errors.partition=2",
                        "__connect.errors.offset=17",
                        "__connect.errors.exception.message=the value is not valid UTF-8",
                        "x-leadpulse-reason=invalid_utf8");
    }

    @Test
    void everyTopicOfResultsHasACodec() {
        assertThat(contracts().stream().map(each -> each.codec().topic()))
                .containsExactlyInAnyOrder(
                        Topics.PROFILES,
                        Topics.LEDGER,
                        Topics.ALERTS,
                        Topics.ROLLUPS,
                        Topics.PROGRESS,
                        Topics.DWELL,
                        Topics.DEAD_LETTERS,
                        Topics.CONSERVATION);
    }

    private static ResultCodec<?> codec(String topic) {
        return contracts().stream()
                .<ResultCodec<?>>map(Contract::codec)
                .filter(each -> each.topic().equals(topic))
                .findAny()
                .orElseThrow();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
