package io.leadpulse.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.rollup.PaneDelta;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.SalesEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpendFunctionTest {
    private static final OutputTag<OutcomeCount> OUTCOMES = new OutputTag<>("outcomes") {};
    private static final EngineSettings LIVE = EngineSettings.live("company: {zone: Asia/Tokyo}", List.of());
    /** Half past midnight of the next day in Tokyo. */
    private static final long TIME = Instant.parse("2025-03-02T15:30:00Z").toEpochMilli();

    private static final int DAY = (int) LocalDate.parse("2025-03-03").toEpochDay();
    private static final RawRecord RECORD =
            new RawRecord(Topics.COMPANY_EVENTS, 0, 7, Fact.NO_TIME, null, new byte[0], List.of());

    private KeyedOneInputStreamOperatorTestHarness<String, SalesEvent, RollupDelta> spend;

    @BeforeEach
    void open() throws Exception {
        spend = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new SpendFunction(LIVE, OUTCOMES)), SalesEvent::event, Types.STRING);
        spend.getExecutionConfig()
                .configure(
                        new Configuration().set(PipelineOptions.GENERIC_TYPES, false),
                        getClass().getClassLoader());
        spend.setStateBackend(new EmbeddedRocksDBStateBackend());
        spend.open();
    }

    @AfterEach
    void close() throws Exception {
        spend.close();
    }

    @Test
    void moneySpentStandsOnItsDayForCampaignAndChannel() throws Exception {
        send(record("ads/1", 0, "fair", "event", 25_000));

        assertThat(sums())
                .isEqualTo(Map.of("campaign:fair SPEND " + DAY, 25_000L, "channel:event SPEND " + DAY, 25_000L));
        assertThat(outcomes()).isEqualTo(Map.of(Outcome.COUNTED, 1L));
    }

    @Test
    void aRepetitionAddsNothing() throws Exception {
        send(record("ads/1", 0, "fair", null, 25_000));
        send(record("ads/1", 0, "fair", null, 25_000));

        assertThat(sums()).isEqualTo(Map.of("campaign:fair SPEND " + DAY, 25_000L));
        assertThat(outcomes()).isEqualTo(Map.of(Outcome.COUNTED, 1L, Outcome.DUPLICATE, 1L));
    }

    @Test
    void aCorrectionThatNamesAnotherCampaignTakesBackWhatWasAdded() throws Exception {
        send(record("ads/1", 1, "fair", "event", 25_000));
        send(record("ads/1", 2, "video", null, 30_000));

        assertThat(sums()).isEqualTo(Map.of("campaign:video SPEND " + DAY, 30_000L));
        assertThat(outcomes()).isEqualTo(Map.of(Outcome.COUNTED, 1L, Outcome.SUPERSEDED, 1L));
    }

    @Test
    void aBudgetIsSpreadOverItsRunToTheLastCentAndStandsApart() throws Exception {
        send(builder("ads/1", 0, "fair", null, 1_000).runUntilEpochDay(DAY + 2L).build());

        assertThat(sums())
                .isEqualTo(Map.of(
                        "campaign:fair SPEND_ESTIMATED " + DAY, 333L,
                        "campaign:fair SPEND_ESTIMATED " + (DAY + 1), 333L,
                        "campaign:fair SPEND_ESTIMATED " + (DAY + 2), 334L));
    }

    @Test
    void aRunThatWasOverBeforeItBeganInOurZoneIsOneDay() throws Exception {
        send(builder("ads/1", 0, "fair", null, 1_000).runUntilEpochDay(DAY - 1L).build());

        assertThat(sums()).isEqualTo(Map.of("campaign:fair SPEND_ESTIMATED " + DAY, 1_000L));
    }

    /** Versions, conflicts and repetitions of a few records, in any order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyOrderGivesTheSameSums(long seed) throws Exception {
        Random random = new Random(seed);
        List<SalesEvent> records = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String campaign = "c" + random.nextInt(3);
            records.add(builder("ads/" + random.nextInt(9), random.nextInt(3), campaign, "ch", random.nextInt(5) * 100L)
                    .runUntilEpochDay(random.nextInt(4) == 0 ? DAY + (long) random.nextInt(5) : null)
                    .contentHash(random.nextInt(1_000_000))
                    .build());
        }
        for (SalesEvent each : records) {
            send(each);
        }
        Map<String, Long> inOrder = sums();
        close();
        open();
        Collections.shuffle(records, random);
        for (SalesEvent each : records) {
            send(each);
            send(each);
        }
        assertThat(sums()).isEqualTo(inOrder);
    }

    /** The first version is older than the correction horizon when the second moves it to today. */
    @Test
    void aVersionThatComesYearsLaterTakesBackWhatItsRecordHadAdded() throws Exception {
        send(record("ads/1", 1, "fair", null, 25_000));
        spend.processWatermark(TIME + 2 * EngineContext.of(LIVE).horizonMillis());
        send(record("ads/1", 2, "video", null, 30_000));

        assertThat(sums()).isEqualTo(Map.of("campaign:video SPEND " + DAY, 30_000L));
        assertThat(outcomes()).isEqualTo(Map.of(Outcome.COUNTED, 1L, Outcome.SUPERSEDED, 1L));
    }

    private static SalesEvent record(String event, long version, String campaign, String channel, long amountMinor) {
        return builder(event, version, campaign, channel, amountMinor).build();
    }

    private static SalesEvent.Builder builder(
            String event, long version, String campaign, String channel, long amountMinor) {
        return SalesEvent.builder(event.hashCode(), event, EventKind.CAMPAIGN_SPEND, TIME, RECORD)
                .version(version)
                .subject(campaign)
                .channel(channel)
                .amountMinor(amountMinor);
    }

    private void send(SalesEvent event) throws Exception {
        spend.processElement(new StreamRecord<>(event));
    }

    private Map<String, Long> sums() {
        Map<String, Long> sums = new TreeMap<>();
        for (RollupDelta delta : spend.extractOutputValues()) {
            for (PaneDelta pane : delta.panes()) {
                assertThat(pane.measure()).isIn(Measure.SPEND, Measure.SPEND_ESTIMATED);
                sums.merge(delta.scope() + ' ' + pane.measure() + ' ' + pane.pane(), pane.value(), Long::sum);
            }
        }
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    private Map<Outcome, Long> outcomes() {
        Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
        spend.getSideOutput(OUTCOMES)
                .forEach(each ->
                        sums.merge(each.getValue().outcome(), each.getValue().count(), Long::sum));
        return sums;
    }
}
