package io.leadpulse.serving.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.measure.Measure;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.result.RollupRecord;
import io.leadpulse.schemas.result.Unit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.TopicPartition;

/** Committed and aborted transactions, read by two readers that go on by chance. */
class ProvisionalSumsPropertyTest {
    private static final TopicPartition FIRST = new TopicPartition(Topics.ROLLUPS, 0);
    private static final int DAY = Math.toIntExact(LocalDate.parse("2025-03-05").toEpochDay());

    /** One record of a topic of a few keys, in transactions of which some are aborted; those end in their order. */
    private record Written(String scope, long value, boolean isCommitted) {}

    /**
     * Two readers go on by chance, either of them ahead of the other. At each moment a sum is the newest
     * that was read ahead of the committed position, else the newest committed one before it.
     */
    @Property(tries = 300, seed = "20261122")
    void showsTheNewestAheadElseTheCommittedOneWhicheverReaderIsFirst(@ForAll long seed) {
        Random random = new Random(seed);
        List<Written> log = new ArrayList<>();
        boolean isCommitted = true;
        for (int offset = 0; offset < 40; offset++) {
            if (random.nextInt(5) == 0) {
                isCommitted = random.nextBoolean();
            }
            log.add(new Written("rep:" + random.nextInt(4), 1 + random.nextInt(9), isCommitted));
        }
        SumBook book = new SumBook();
        ProvisionalSums sums = new ProvisionalSums(book);
        int written = 0;
        int committed = 0;
        Set<Integer> shownOffsets = new HashSet<>();
        sums.passed(Map.of(FIRST, 0L));
        while (committed < log.size() || written < log.size()) {
            if (random.nextBoolean() && written < log.size()) {
                Written record = log.get(written);
                sums.take(won(record.scope(), record.value()), FIRST, written);
                shownOffsets.add(written);
                written++;
            } else {
                int to = Math.min(log.size(), committed + random.nextInt(4));
                for (; committed < to; committed++) {
                    if (log.get(committed).isCommitted()) {
                        sums.takeCommitted(won(
                                log.get(committed).scope(), log.get(committed).value()));
                    }
                }
                sums.passed(Map.of(FIRST, (long) committed));
            }
            Map<String, Long> expected = new HashMap<>();
            for (int offset = 0; offset < log.size(); offset++) {
                boolean isShown = offset < committed ? log.get(offset).isCommitted() : shownOffsets.contains(offset);
                if (isShown) {
                    expected.put(log.get(offset).scope(), log.get(offset).value());
                }
            }
            Map<String, Long> found = new HashMap<>();
            book.scopes().forEach(scope -> found.put(scope, won(book, scope)));
            assertThat(found).isEqualTo(expected);
        }
        assertThat(sums.size()).isZero();
    }

    private static long won(SumBook book, String scope) {
        return book.of(scope).sumOfDay(Measure.WON_AMOUNT, "", DAY);
    }

    private static RollupRecord won(String scope, long value) {
        return new RollupRecord(scope, "won_amount", "", "2025-03-05", Unit.MONEY, value, 0);
    }
}
