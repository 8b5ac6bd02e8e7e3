package io.leadpulse.app;

import io.leadpulse.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A small history of one day: every lead is created, called twice, asks for a demo, and buys. */
final class LiveHistory {
    static final String DAY = "2025-03-03";

    private static final Instant MORNING = Instant.parse(DAY + "T09:00:00Z");
    private static final int SECONDS_BETWEEN = 60;

    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

    List<ProducerRecord<byte[], byte[]>> records() {
        return records;
    }

    /** A rep of a team, from before the history. */
    static ProducerRecord<byte[], byte[]> rep(String id, String team) {
        return record(
                Topics.REPS,
                id + "|2025-01-01",
                "{'id':'%s','effective_from':'2025-01-01T00:00:00Z','team':'%s'}".formatted(id, team));
    }

    /** Six events of one lead; the amount is in whole dollars. */
    LiveHistory sale(int number, int amount) {
        int second = number * SECONDS_BETWEEN;
        return activity(number, "lead_created", second, "'direction':'inbound'")
                .activity(number, "call", second + 1, "'actor':'R-1','direction':'outbound','connected':true")
                .activity(number, "call", second + 2, "'actor':'R-1','direction':'outbound','connected':false")
                .activity(number, "demo_requested", second + 3, "'product':'pump'")
                .activity(number, "deal_opened", second + 4, deal(number, amount) + ",'stage':'demo'")
                .activity(number, "deal_won", second + 5, deal(number, amount));
    }

    /** An activity some seconds after the morning. */
    LiveHistory activity(int number, String kind, int second, String more) {
        String lead = "L-" + number;
        records.add(record(
                Topics.ACTIVITIES,
                lead,
                "{'source':'crm','id':'%s-%d-%d','kind':'%s','time':'%s','lead':'%s',%s}"
                        .formatted(kind, number, second, kind, MORNING.plusSeconds(second), lead, more)));
        return this;
    }

    /** A record of raw bytes. */
    LiveHistory broken(String value) {
        records.add(record(Topics.ACTIVITIES, "L-0", value));
        return this;
    }

    /** The same bytes once more. */
    LiveHistory again(ProducerRecord<byte[], byte[]> record) {
        records.add(new ProducerRecord<>(record.topic(), record.key(), record.value()));
        return this;
    }

    /** In every partition of activities and of behaviour something that happens at this time, to move the clock. */
    static List<ProducerRecord<byte[], byte[]>> clock(String time, int partitions) {
        List<ProducerRecord<byte[], byte[]>> clock = new ArrayList<>();
        String at = DAY + "T" + time + "Z";
        for (int partition = 0; partition < partitions; partition++) {
            clock.add(new ProducerRecord<>(
                    Topics.ACTIVITIES,
                    partition,
                    bytes("clock"),
                    bytes("{'source':'crm','id':'c-%s-%d','kind':'call','time':'%s','lead':'clock-%d'}"
                            .formatted(time, partition, at, partition))));
            clock.add(new ProducerRecord<>(
                    Topics.BEHAVIOUR,
                    partition,
                    bytes("clock"),
                    bytes("{'type':'page','messageId':'c-%s-%d','anonymousId':'v-%d','timestamp':'%s'}"
                            .formatted(time, partition, partition, at))));
        }
        return clock;
    }

    private static String deal(int number, int amount) {
        return "'deal':'D-%d','owner':'R-1','amount':'%d.00','currency':'USD'".formatted(number, amount);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
        return new ProducerRecord<>(topic, bytes(key), bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
