package io.leadpulse.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.result.DeadLetterRecord;
import io.leadpulse.schemas.result.ResultCodecs;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class DeadLetterFunctionTest {
    private static final OutputTag<OutcomeCount> OUTCOMES = new OutputTag<>("outcomes") {};
    private static final String AS_OF = "2025-06-30T00:00:00Z";
    private static final String NOW = "2025-03-01T00:00:00Z";
    private static final byte[] KEY = {1, 2};
    private static final byte[] VALUE = {(byte) 0xff, 0, '{'};

    @Test
    void keepsTheOriginalBytesAndSaysWhereFromAndWhy() throws Exception {
        DeadLetterRecord written = write(TestSettings.replay(AS_OF), letter(VALUE));

        assertThat(written.id()).isEqualTo("crm.activities.v1/3/42");
        assertThat(written.key()).isEqualTo(KEY);
        assertThat(written.value()).isEqualTo(VALUE);
        assertThat(written.reason()).isEqualTo("invalid_utf8");
        assertThat(written.timestampMillis()).isEqualTo(1_000);
        assertThat(written.headers().get(0).name()).isEqualTo("traceparent");
        assertThat(written.headers())
                .extracting(RawHeader::name)
                .contains(DeadLetterRecord.TOPIC_HEADER, DeadLetterRecord.REASON_HEADER);
    }

    @Test
    void aTombstoneStaysOne() throws Exception {
        assertThat(write(TestSettings.replay(AS_OF), letter(null)).value()).isNull();
    }

    @Test
    void isAsOfTheEndInAReplayAndOfTheWatermarkWhenLive() throws Exception {
        assertThat(write(TestSettings.replay(AS_OF), letter(VALUE)).asOfMillis())
                .isEqualTo(TestSettings.millis(AS_OF));
        assertThat(write(TestSettings.live(), letter(VALUE)).asOfMillis()).isEqualTo(TestSettings.millis(NOW));
    }

    private static DeadLetterRecord write(EngineSettings settings, DeadLetter letter) throws Exception {
        var writer = new OneInputStreamOperatorTestHarness<DeadLetter, ResultRecord>(
                new ProcessOperator<>(new DeadLetterFunction(settings, OUTCOMES)));
        writer.open();
        writer.processWatermark(TestSettings.millis(NOW));
        writer.processElement(new StreamRecord<>(letter));
        ResultRecord result = writer.extractOutputValues().get(0);
        assertThat(writer.getSideOutput(OUTCOMES))
                .extracting(StreamRecord::getValue)
                .containsExactly(OutcomeCount.one(Outcome.DEAD_LETTERED, "invalid_utf8"));
        writer.close();
        assertThat(result.topic()).isEqualTo(Topics.DEAD_LETTERS);
        return new ResultCodecs("USD").deadLetters().decode(result.bytes());
    }

    private static DeadLetter letter(byte[] value) {
        RawHeader header = new RawHeader("traceparent", new byte[] {9});
        RawRecord record = new RawRecord("crm.activities.v1", 3, 42, 1_000, KEY, value, List.of(header));
        return new DeadLetter(record, Reason.INVALID_UTF8, "not UTF-8");
    }
}
