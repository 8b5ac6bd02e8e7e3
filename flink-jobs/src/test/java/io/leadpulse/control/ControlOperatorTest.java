package io.leadpulse.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.tick.Tick;
import io.leadpulse.schemas.tick.TickCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlOperatorTest {
    private static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};
    private static final OutputTag<OutcomeCount> OUTCOMES = new OutputTag<>("outcomes") {};
    private static final long NINE = TestSettings.millis("2025-03-03T09:00:00Z");
    private static final long GRACE = 900_000;
    private static final String REP = "{'id':'R-1','effective_from':'2025-01-01T00:00:00Z','team':'north'}";

    private OneInputStreamOperatorTestHarness<RawRecord, Tick> control;

    @BeforeEach
    void open() throws Exception {
        open(null);
    }

    @AfterEach
    void close() throws Exception {
        control.close();
    }

    @Test
    void aValidRecordGoesOnAndTakesEffectWithThoseThatComeWithIt() throws Exception {
        settle();
        assertThat(controls()).as("what an earlier run may have left").containsExactly(Control.SETTLED);
        send(Topics.REPS, 0, "R-1", REP);
        send(Topics.REPS, 1, "R-2", REP.replace("R-1", "R-2"));
        assertThat(controls()).extracting(each -> each.record().key()).containsExactly("R-1", "R-2");

        settle();

        assertThat(controls()).containsExactly(Control.SETTLED);
        settle();
        assertThat(controls()).isEmpty();
        assertThat(fates()).containsExactly("IN", "CONFIGURATION", "IN", "CONFIGURATION");
    }

    @Test
    void anInvalidRecordIsADeadLetterAndCounted() throws Exception {
        send(Topics.GOALS, 0, "company", "{'scope':'company'}");
        send(Topics.REPS, 0, null, null);

        assertThat(controls()).isEmpty();
        assertThat(deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactly(Reason.INVALID_VALUE, Reason.NULL_VALUE);
        assertThat(fates()).containsExactly("IN", "IN");
    }

    @Test
    void aRecordWithoutAValueTakesItsKeyAway() throws Exception {
        send(Topics.REPS, 3, "R-1", null);

        assertThat(controls()).singleElement().satisfies(each -> {
            assertThat(each.record().key()).isEqualTo("R-1");
            assertThat(each.record().json()).isNull();
        });
        assertThat(fates()).containsExactly("IN", "CONFIGURATION");
    }

    @Test
    void aVersionOfTheRulesIsJudgedBesideThoseBeforeItAlsoAfterARestart() throws Exception {
        send(Topics.RULES, 0, "2", "{'version':2,'effective_from':'2025-02-01T00:00:00Z'}");
        assertThat(deadLetters()).isEmpty();
        OperatorSubtaskState snapshot = control.snapshot(1, 1);
        control.close();
        open(snapshot);

        send(Topics.RULES, 1, "again", "{'version':2,'effective_from':'2025-03-01T00:00:00Z'}");
        send(Topics.RULES, 2, "2", "{'version':2,'effective_from':'2025-03-01T00:00:00Z'}");

        assertThat(deadLetters())
                .singleElement()
                .satisfies(each -> assertThat(each.record().offset()).isEqualTo(1));
        assertThat(controls()).hasSize(1);
    }

    @Test
    void ofSilenceOnlyTheChangeIsToldFromAGraceBeforeTheTick() throws Exception {
        tick(NINE, NINE);
        tick(NINE + 1_000, NINE + 1_000, Topics.ACTIVITIES);
        tick(NINE + 2_000, NINE + 2_000, Topics.ACTIVITIES);
        assertThat(controls()).containsExactly(Control.silence(Topics.ACTIVITIES, NINE + 1_000 - GRACE));
        OperatorSubtaskState snapshot = control.snapshot(1, 1);
        control.close();
        open(snapshot);

        tick(NINE + 3_000, NINE + 3_000, Topics.ACTIVITIES);
        tick(NINE + 4_000, NINE + 4_000);

        assertThat(controls()).containsExactly(Control.silence(Topics.ACTIVITIES, Control.NOT_SILENT));
        assertThat(fates()).as("ticks are no records of the company").isEmpty();
    }

    @Test
    void howFarTheSourcesHaveBeenHeardIsToldWithEveryTickThatKnowsIt() throws Exception {
        heard(NINE, NINE - 60_000);
        tick(NINE + 1_000, NINE + 1_000);
        heard(NINE + 2_000, NINE + 5_000);

        assertThat(controls())
                .containsExactly(
                        Control.silence(Control.ALL_SOURCES, NINE - 60_000),
                        Control.silence(Control.ALL_SOURCES, NINE + 2_000));
    }

    @Test
    void aTickIsNeverAheadOfTheBroker() throws Exception {
        tick(NINE + 3_600_000, NINE);
        tick(NINE - 3_600_000, NINE);

        assertThat(control.extractOutputValues()).extracting(Tick::timeMillis).containsExactly(NINE, NINE - 3_600_000);
    }

    @Test
    void whatIsNoTickIsADeadLetter() throws Exception {
        send(Topics.TICKS, 0, "tick", "{'time':'soon'}");

        assertThat(deadLetters()).hasSize(1);
        assertThat(fates()).containsExactly("IN");
        assertThat(control.extractOutputValues()).isEmpty();
    }

    @Test
    void itIsAlwaysIdleAndHasNoEventTime() throws Exception {
        settle();
        control.processWatermarkStatus(WatermarkStatus.ACTIVE);
        control.processWatermark(new Watermark(NINE));
        control.processWatermark(Watermark.MAX_WATERMARK);
        tick(NINE, NINE);

        assertThat(control.getOutput())
                .filteredOn(each -> !(each instanceof StreamRecord))
                .containsExactly(WatermarkStatus.IDLE);
    }

    private void open(OperatorSubtaskState from) throws Exception {
        control = new OneInputStreamOperatorTestHarness<>(
                new ControlOperator(TestSettings.live(), DEAD_LETTERS, OUTCOMES), 1, 1, 0);
        if (from != null) {
            control.initializeState(from);
        }
        control.open();
    }

    private void settle() throws Exception {
        control.setProcessingTime(control.getProcessingTime() + ControlOperator.SETTLE_MILLIS);
    }

    private void tick(long millis, long appendedMillis, String... silent) throws Exception {
        tick(new Tick(millis, Set.of(silent)), appendedMillis);
    }

    private void heard(long millis, long heardMillis) throws Exception {
        tick(new Tick(millis, Set.of(), heardMillis), millis);
    }

    private void tick(Tick tick, long appendedMillis) throws Exception {
        control.processElement(new StreamRecord<>(
                new RawRecord(Topics.TICKS, 0, 0, appendedMillis, null, TickCodec.encode(tick), List.of())));
    }

    private void send(String topic, long offset, String key, String json) throws Exception {
        control.processElement(
                new StreamRecord<>(new RawRecord(topic, 0, offset, NINE, bytes(key), bytes(json), List.of())));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private List<Control> controls() {
        return drained(ControlOperator.CONTROLS);
    }

    private List<DeadLetter> deadLetters() {
        return drained(DEAD_LETTERS);
    }

    private List<String> fates() {
        return drained(OUTCOMES).stream()
                .map(OutcomeCount::outcome)
                .map(Outcome::name)
                .toList();
    }

    private <T> List<T> drained(OutputTag<T> tag) {
        Queue<StreamRecord<T>> output = control.getSideOutput(tag);
        List<T> values = new ArrayList<>();
        if (output != null) {
            output.forEach(each -> values.add(each.getValue()));
            output.clear();
        }
        return values;
    }
}
