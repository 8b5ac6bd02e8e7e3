package io.leadpulse.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Contracts;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayLineTest {

    @Test
    void aLineWithoutPlaceTakesItsFileAndNumber() {
        RawRecord record =
                read("{'topic':'t','key':'L1','headers':{'h':'x','n':null,'b':{'base64':'/w=='}},'value':{}}");

        assertThat(record.id()).isEqualTo("t/2/7");
        assertThat(record.key()).isEqualTo("L1".getBytes(StandardCharsets.UTF_8));
        assertThat(record.timestampMillis()).isEqualTo(Fact.NO_TIME);
        assertThat(record.headers()).extracting(RawHeader::name).containsExactly("h", "n", "b");
        assertThat(record.headers().get(0).value()).containsExactly('x');
        assertThat(record.headers().get(1).value()).isNull();
        assertThat(record.headers().get(2).value()).containsExactly(0xff);
    }

    @Test
    void aLineMayNameItsPlaceAndTime() {
        RawRecord record =
                read("{'offset':12,'partition':3,'timestamp':'2025-03-01T09:00:00Z','value':null,'topic':'t'}");

        assertThat(record.topic()).isEqualTo("t");
        assertThat(record.partition()).isEqualTo(3);
        assertThat(record.offset()).isEqualTo(12);
        assertThat(record.timestampMillis()).isEqualTo(Rfc3339.millis("2025-03-01T09:00:00Z"));
        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
        assertThat(record.headers()).isEmpty();
    }

    @Test
    void noTwoLinesHaveOneIdWhateverPlacesTheyName() {
        String named = "{'topic':'t','partition':%d,'offset':%d,'value':{}}";
        List<String> ids = new ArrayList<>();
        for (int file = 0; file < 2; file++) {
            for (String line : List.of(
                    "{'topic':'t','value':{}}",
                    named.formatted(file, 1),
                    named.formatted(0, 1),
                    named.formatted(0, 1),
                    "{'topic':'t','offset':1,'value':{}}",
                    "{'topic':'t','partition':0,'value':{}}",
                    "{'topic':'t/0/1','value':{}}",
                    "no record")) {
                ids.add(read("t", file, ids.size() % 8 + 1, line).id());
            }
        }

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids).startsWith("t/0/1", "t/0/1/0/2").endsWith("t/0/1/1/7", "t/1/8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"a\" : [1, 2 ] ,\"\u00e4\\u00e4\":\"\ud83d\ude00\" }",
                "[1,2]",
                "\"text \u00e4 \\\" }\"",
                "12.50e3",
                "-0",
                "true",
                "{\"a\":1,\"a\":2}",
                "{}"
            })
    void theValuesBytesAreThoseOfTheLine(String value) {
        for (String line : new String[] {
            "{\"topic\":\"t\\u00e4\u00e4\",\"value\": " + value + " ,\"key\":null}",
            "{\"topic\":\"t\",\"value\":" + value + "}\r"
        }) {
            RawRecord record = ReplayLine.read("f", 0, 1, line.getBytes(StandardCharsets.UTF_8))
                    .record();
            assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo(value);
        }
    }

    @Test
    void aDepthBombIsStillARecord() {
        String bomb = "[".repeat(50_000) + "]".repeat(50_000);

        assertThat(read("{'topic':'t','value':" + bomb + "}").value()).hasSize(100_000);
    }

    @Test
    void namesThatAreNotOursAreIgnored() {
        assertThat(read("{'topic':'t','x':{'value':1},'y':[{}],'value':1}").value())
                .containsExactly('1');
    }

    @Test
    void writtenLinesEndWithALineFeedAndAreReadAgain() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ReplayLineWriter writer = new ReplayLineWriter(out)) {
            writer.write(
                    Topics.ACTIVITIES, "L\u00e4", Contracts.json("{\"a\":\"1\"}".getBytes(StandardCharsets.UTF_8)));
            writer.write(Topics.REPS, null, Contracts.json("{}".getBytes(StandardCharsets.UTF_8)));
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                {"topic":"crm.activities.v1","key":"L\u00e4","headers":{},"value":{"a":"1"}}
                {"topic":"org.reps.v1","key":null,"headers":{},"value":{}}
                """);
    }

    private static RawRecord read(String file, int number, long lineNumber, String line) {
        byte[] bytes = line.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ReplayLine read = ReplayLine.read(file, number, lineNumber, bytes);
        return read.record() == null ? read.deadLetter().record() : read.record();
    }

    private static RawRecord read(String line) {
        ReplayLine read = ReplayLine.read("f", 2, 7, line.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        assertThat(read.deadLetter()).isNull();
        return read.record();
    }
}
