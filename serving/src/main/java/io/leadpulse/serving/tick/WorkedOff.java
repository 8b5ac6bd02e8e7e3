package io.leadpulse.serving.tick;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the sources have been heard by the engine, not only by the broker. That the sources are heard up to an instant means that
 * what they said until then is in the broker. It is believed when the engine has worked off everything that was there at
 * that look: not when it has read it, since a record may be on its way between two operators while a tick overtakes it,
 * but when it has completed a checkpoint with it, for which every operator has taken in all that was read before.
 *
 * <p>Before anything is known the first look is believed: to say nothing would hold nothing back.
 *
 * <p>An engine that is down, or behind, is waited for {@link #OUTAGE}. What stands at the end of a partition and is never read,
 * as after a transaction, is waited for {@link #PATIENCE}: while the engine goes on with other partitions and not with this
 * one, or where it is no more than markers.
 */
final class WorkedOff {
    /** So long nothing is concluded for want of the last offsets of a partition with which nothing goes on, by the machine's clock. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /** So long an engine is waited for that has not worked off what was there: it is down, or what was there was aborted. */
    static final Duration OUTAGE = Duration.ofHours(24);

    /** What stands at the end of a partition and is no record: the marker of a transaction, or of one that was aborted. */
    private static final long MARKERS = 2;

    /** An engine that is behind by more looks is followed in larger steps. */
    static final int MAX_CLAIMS = 64;

    /** What the broker had when the sources were heard up to an instant. */
    private record Claim(long heardMillis, Map<TopicPartition, Long> ends, long atNanos) {
        private boolean isWorkedOff(Map<TopicPartition, Long> done) {
            return isWithin(0, done);
        }

        private boolean isWithin(long offsets, Map<TopicPartition, Long> done) {
            return lacking(offsets, done).isEmpty();
        }

        /** Partitions of which more is missing than so many offsets. */
        private List<TopicPartition> lacking(long offsets, Map<TopicPartition, Long> done) {
            return ends.entrySet().stream()
                    .filter(end -> done.getOrDefault(end.getKey(), 0L) < end.getValue() - offsets)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /** Earliest first, each heard further than the one before. */
    private final Deque<Claim> claims = new ArrayDeque<>();

    /** How far the engine was at the last look, and when each partition last moved. */
    private final Map<TopicPartition, Long> lastDone = new HashMap<>();

    private final Map<TopicPartition, Long> movedNanos = new HashMap<>();

    /** Of so many looks one is kept, and the newest. */
    private int stride = 1;

    private long looks;
    private long keptLook;
    private Long upToMillis;

    /** Takes over how far this was before; epoch milliseconds. */
    void before(long heardMillis) {
        upToMillis = heardMillis;
    }

    /**
     * Takes note of how far the sources are heard.
     *
     * @param heardMillis epoch milliseconds
     * @param ends offset behind the last record of each partition, as seen before that
     * @param nowNanos the machine's clock
     */
    void heard(long heardMillis, Map<TopicPartition, Long> ends, long nowNanos) {
        upToMillis = upToMillis == null ? heardMillis : Math.min(upToMillis, heardMillis);
        while (!claims.isEmpty() && claims.getLast().heardMillis() > heardMillis) {
            claims.removeLast();
        }
        if (!claims.isEmpty() && claims.getLast().heardMillis() == heardMillis) {
            return;
        }
        looks++;
        if (!claims.isEmpty() && looks - keptLook < stride) {
            claims.removeLast();
        } else {
            keptLook = looks;
        }
        if (claims.size() == MAX_CLAIMS) {
            thin();
        }
        claims.addLast(new Claim(heardMillis, Map.copyOf(ends), nowNanos));
    }

    /**
     * How far the sources have been heard and worked off, epoch milliseconds; empty while none has ever spoken.
     *
     * @param done offset of each partition up to which a completed checkpoint has everything
     * @param nowNanos the machine's clock
     */
    OptionalLong upTo(Map<TopicPartition, Long> done, long nowNanos) {
        note(done, nowNanos);
        while (!claims.isEmpty()) {
            Claim first = claims.getFirst();
            Duration patience = isNeverRead(first, done, nowNanos) ? PATIENCE : OUTAGE;
            if (!first.isWorkedOff(done) && nowNanos - first.atNanos() < patience.toNanos()) {
                break;
            }
            upToMillis = first.heardMillis();
            claims.removeFirst();
        }
        stride = claims.size() < 2 ? 1 : stride;
        return upToMillis == null ? OptionalLong.empty() : OptionalLong.of(upToMillis);
    }

    private void note(Map<TopicPartition, Long> done, long nowNanos) {
        done.forEach((partition, offset) -> {
            Long before = lastDone.put(partition, offset);
            if (before == null || before < offset) {
                movedNanos.put(partition, nowNanos);
            }
        });
    }

    /** Whether what is missing of a claim is nothing that the engine will ever read, as far as can be seen. */
    private boolean isNeverRead(Claim claim, Map<TopicPartition, Long> done, long nowNanos) {
        return claim.isWithin(MARKERS, done)
                || (movedNanos.keySet().stream().anyMatch(partition -> hasMoved(partition, nowNanos))
                        && claim.lacking(MARKERS, done).stream().noneMatch(partition -> hasMoved(partition, nowNanos)));
    }

    private boolean hasMoved(TopicPartition partition, long nowNanos) {
        Long moved = movedNanos.get(partition);
        return moved != null && nowNanos - moved < PATIENCE.toNanos();
    }

    /** Keeps every second, the last of them, and from now on half as many. */
    private void thin() {
        stride *= 2;
        for (int i = claims.size(); i > 0; i--) {
            Claim claim = claims.removeFirst();
            if (i % 2 == 1) {
                claims.addLast(claim);
            }
        }
    }
}
