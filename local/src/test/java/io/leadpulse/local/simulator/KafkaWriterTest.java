package io.leadpulse.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaWriterTest {
    private static final Instant LIVE = Instant.parse("2026-03-18T09:05:00Z");
    private static final long START = LIVE.toEpochMilli();

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final LiveScript script =
            Simulator.of(Simulator.DEFAULT_SEED, LIVE, Optional.empty()).live(true);

    @Test
    void writesRecordsInTheirOrderUnderTheirKeysAndTellsHowMany() throws Exception {
        List<SimulatedRecord> records = script.between(START, START + 400_000);
        AtomicLong told = new AtomicLong();
        try (KafkaWriter writer = new KafkaWriter(producer)) {
            writer.write(records, told::addAndGet);
        }

        assertThat(told).hasValue(records.size());
        assertThat(sent()).isEqualTo(lines(records));
    }

    @Test
    void aRecordThatTheBrokerRefusesIsNotPassedOver() {
        producer.sendException = new IllegalStateException("refused");
        KafkaWriter writer = new KafkaWriter(producer);

        assertThatThrownBy(() -> writer.write(script.between(START, START + 10_000), count -> {}))
                .isInstanceOfAny(IllegalStateException.class, ExecutionException.class);
    }

    @Test
    void goesOnLiveFromWhereItWasToldThrough() throws Exception {
        List<Long> through = new ArrayList<>();
        // The first run ends after two steps, the second after three, seven minutes later.
        liveUntil(START, new long[] {START + 1_000, START + 2_500}, through);
        long last = through.get(through.size() - 1);
        liveUntil(last, new long[] {START + 420_000, START + 420_100, START + 421_000}, through);

        assertThat(through)
                .containsExactly(START + 1_000, START + 2_500, START + 420_000, START + 420_100, START + 421_000);
        assertThat(sent()).isEqualTo(lines(script.between(START, START + 421_000)));
    }

    /** Runs live; at the last of these times the thread is interrupted, as at Ctrl-C. */
    private void liveUntil(long from, long[] times, List<Long> through) throws Exception {
        AtomicLong step = new AtomicLong();
        InstantSource clock = () -> Instant.ofEpochMilli(times[(int) step.get()]);
        // The mock's own memory is the broker here, so it is not closed between the runs.
        KafkaWriter writer = new KafkaWriter(producer);
        assertThatThrownBy(() -> writer.live(script, from, clock, told -> {
                    through.add(told);
                    if (step.incrementAndGet() == times.length) {
                        step.decrementAndGet();
                        Thread.currentThread().interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);
    }

    private List<String> sent() {
        return producer.history().stream().map(KafkaWriterTest::line).toList();
    }

    private static String line(ProducerRecord<byte[], byte[]> record) {
        return record.topic() + ' ' + text(record.key()) + ' ' + text(record.value());
    }

    private static List<String> lines(List<SimulatedRecord> records) {
        return records.stream()
                .map(record -> record.topic() + ' ' + record.key() + ' ' + text(record.value()))
                .toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
