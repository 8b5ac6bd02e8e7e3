package io.leadpulse.serving.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a handler sees of topics on a real broker. */
class ResultReaderITCase {
    private static TestBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.stop();
    }

    @Test
    void committedRecordsComeInOrderAndAbortedOnesNever() throws Exception {
        broker.createTopic("committed", 1, Map.of());
        try (KafkaProducer<byte[], byte[]> producer = broker.transactional("committed")) {
            producer.beginTransaction();
            send(producer, record("committed", "a", "1"));
            send(producer, record("committed", "b", null));
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, record("committed", "a", "aborted"));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, record("committed", "a", "2"));
            producer.commitTransaction();

            Recording seen = new Recording();
            try (ResultReader reader = reader("committed", Map.of(), seen)) {
                reader.start();
                seen.await("caught up", () -> reader.isCaughtUp() && seen.caughtUp == 1);
                assertThat(seen.values).containsExactly("a=1", "b=null", "a=2");

                producer.beginTransaction();
                send(producer, record("committed", "c", "open"));
                producer.flush();
                broker.send(List.of());
                producer.commitTransaction();
                seen.await("the last", () -> seen.values.contains("c=open"));
                // A reading is taken after the records were; one from before the transaction has no lag either.
                seen.await(
                        "a reading of it",
                        () -> reader.readings().get("committed").newestMillis() == seen.newestMillis);
                seen.await("no lag", () -> reader.readings().get("committed").lagRecords() == 0);
                assertThat(seen.next).isEqualTo(Map.of(new TopicPartition("committed", 0), 9L));
            }
            assertThat(seen.caughtUp).isEqualTo(1);
        }
    }

    @Test
    void nothingIsCaughtUpBeforeWhatStoodThereAtStartIsTaken() throws Exception {
        broker.createTopic("refused", 2, Map.of());
        broker.send(IntStream.range(0, 500)
                .mapToObj(i -> record("refused", "k" + i, "v" + i))
                .toList());
        Recording seen = new Recording();
        seen.refusals = 3;
        try (ResultReader reader = reader("refused", Map.of(), seen)) {
            reader.start();
            seen.await("caught up", reader::isCaughtUp);
            assertThat(seen.refused).hasSize(3);
            assertThat(seen.refused.get(1)).isEqualTo(seen.refused.get(0));
            assertThat(seen.refused.get(2)).isEqualTo(seen.refused.get(0)).isNotEmpty();
            assertThat(seen.values).hasSize(500).doesNotHaveDuplicates();
            assertThat(seen.valuesWhenCaughtUp).isEqualTo(500);
        }
    }

    @Test
    void readingGoesOnAtTheGivenPositionsAndFromTheBeginningWhereTheTopicDoesNotHaveThem() throws Exception {
        broker.createTopic("positions", 1, Map.of());
        broker.send(
                List.of(record("positions", "a", "1"), record("positions", "a", "2"), record("positions", "a", "3")));
        TopicPartition partition = new TopicPartition("positions", 0);

        Recording fromTwo = new Recording();
        try (ResultReader reader = reader("positions", Map.of(partition, 2L), fromTwo)) {
            reader.start();
            fromTwo.await("caught up", reader::isCaughtUp);
        }
        assertThat(fromTwo.values).containsExactly("a=3");

        Recording beyond = new Recording();
        try (ResultReader reader = reader("positions", Map.of(partition, 99L), beyond)) {
            reader.start();
            beyond.await("caught up", reader::isCaughtUp);
        }
        assertThat(beyond.values).containsExactly("a=1", "a=2", "a=3");
    }

    @Test
    void anEmptyTopicIsCaughtUpAndOneThatDoesNotExistIsWaitedFor() throws Exception {
        Recording seen = new Recording();
        try (ResultReader reader = reader("later", Map.of(), seen)) {
            reader.start();
            broker.createTopic("later", 1, Map.of());
            seen.await("caught up", reader::isCaughtUp);
            assertThat(seen.values).isEmpty();
            broker.send(List.of(record("later", "a", "1")));
            seen.await("the record", () -> seen.values.contains("a=1"));
        }
    }

    @Test
    void aBrokerThatComesBackIsReadOnFromWhereReadingStood() throws Exception {
        TestBroker restarted = TestBroker.start();
        try {
            restarted.createTopic("away", 1, Map.of());
            restarted.send(List.of(record("away", "a", "1")));
            Recording seen = new Recording();
            try (ResultReader reader =
                    new ResultReader("test", restarted.connection(), List.of("away"), Map.of(), seen)) {
                reader.start();
                seen.await("caught up", reader::isCaughtUp);
                restarted.goAway();
                restarted.comeBack();
                restarted.send(List.of(record("away", "a", "2")));
                seen.await("the second", () -> seen.values.contains("a=2"));
                assertThat(seen.values).containsExactly("a=1", "a=2");
                assertThat(reader.isRunning()).isTrue();
            }
        } finally {
            restarted.stop();
        }
    }

    @Test
    void closingEndsAReaderWhoseBrokerIsNotThereAndOneWhoseHandlerRefuses() throws Exception {
        ResultReader alone = new ResultReader(
                "test", Map.of("bootstrap.servers", "127.0.0.1:1"), List.of("none"), Map.of(), new Recording());
        alone.start();
        alone.close();
        assertThat(alone.isRunning()).isFalse();

        broker.createTopic("stubborn", 1, Map.of());
        broker.send(List.of(record("stubborn", "a", "1")));
        Recording stubborn = new Recording();
        stubborn.refusals = Integer.MAX_VALUE;
        ResultReader refused = reader("stubborn", Map.of(), stubborn);
        refused.start();
        stubborn.await("refused", () -> stubborn.refused.size() > 1);
        stubborn.await("lag", () -> refused.readings().get("stubborn").lagRecords() == 1);
        refused.close();
        assertThat(refused.isRunning()).isFalse();
        assertThat(refused.isCaughtUp()).isFalse();
    }

    private static ResultReader reader(String topic, Map<TopicPartition, Long> positions, ResultHandler handler) {
        return new ResultReader("test", broker.connection(), List.of(topic), positions, handler);
    }

    /** The transaction's end says whether the broker has it. */
    private static void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
        return new ProducerRecord<>(topic, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
    }

    /** Keeps what it was given. */
    private static final class Recording implements ResultHandler {
        private final List<String> values = new ArrayList<>();
        private final List<List<String>> refused = new ArrayList<>();
        private Map<TopicPartition, Long> next = Map.of();
        private int refusals;
        private int caughtUp;
        private int valuesWhenCaughtUp;
        private long newestMillis;

        @Override
        public synchronized void accept(List<ResultUpdate> updates, Map<TopicPartition, Long> positions) {
            List<String> batch = updates.stream()
                    .map(update -> text(update.key()) + '=' + text(update.value()))
                    .toList();
            if (refusals > 0) {
                refusals--;
                refused.add(batch);
                throw new IllegalStateException("not now");
            }
            values.addAll(batch);
            next = positions;
            updates.forEach(update -> newestMillis = Math.max(newestMillis, update.appendMillis()));
        }

        @Override
        public synchronized void caughtUp() {
            caughtUp++;
            valuesWhenCaughtUp = values.size();
        }

        private static String text(byte[] bytes) {
            return bytes == null ? null : new String(bytes, UTF_8);
        }

        private synchronized boolean holds(BooleanSupplier condition) {
            return condition.getAsBoolean();
        }

        private void await(String what, BooleanSupplier condition) throws Exception {
            Await.until(what, () -> holds(condition), () -> values);
        }
    }
}
