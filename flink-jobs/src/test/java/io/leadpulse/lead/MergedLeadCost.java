package io.leadpulse.lead;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.engine.ControlledHarness;
import io.leadpulse.engine.TestSettings;
import io.leadpulse.rollup.RollupDelta;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/**
 * Prints what an event of a merged lead costs of a processor, on RocksDB, by how many facts its members have. No test: the numbers depend on
 * the machine, their ratio less so.
 */
@SuppressWarnings("try") // Closing a harness may throw anything.
public final class MergedLeadCost {
    private static final int FACTS_A_MEMBER = 2_000;
    private static final int EVENTS = 100;
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final long START_MILLIS = TestSettings.millis("2025-03-03T08:00:00Z");
    private static final long HOUR = 3_600_000;
    private static final EventKind[] KINDS = {
        EventKind.PAGE_VIEWED, EventKind.EMAIL_OPENED, EventKind.PAGE_VIEWED, EventKind.CALL, EventKind.EMAIL_REPLIED
    };

    private MergedLeadCost() {}

    public static void main(String[] args) throws Exception {
        double one = 0;
        for (int members : new int[] {1, 1, 2, 4, 8, 16}) {
            double millis = millisAnEvent(members);
            one = members == 1 ? millis : one;
            System.out.printf(
                    Locale.ROOT,
                    "%2d members, %6d facts: %6.2f ms an event, %.1f times one member%n",
                    members,
                    members * FACTS_A_MEMBER,
                    millis,
                    millis / one);
        }
    }

    private static double millisAnEvent(int members) throws Exception {
        try (ControlledHarness<LeadMessage, RollupDelta> merged =
                new ControlledHarness<>(new MergedLeadFunction(TestSettings.live()), LeadMessage::lead)) {
            merged.setStateBackend(new EmbeddedRocksDBStateBackend(true));
            merged.open();
            List<List<Fact>> facts = new ArrayList<>();
            for (int member = 0; member < members; member++) {
                List<Fact> ofMember = new ArrayList<>();
                for (int fact = 0; fact < FACTS_A_MEMBER; fact++) {
                    ofMember.add(fact(fact * members + member, members));
                }
                facts.add(ofMember);
                merged.send(holds(member, ofMember));
            }
            long nanos = 0;
            for (int event = 0; event < 2 * EVENTS; event++) {
                List<Fact> ofFirst = new ArrayList<>(facts.get(0).subList(1, FACTS_A_MEMBER));
                ofFirst.add(fact(FACTS_A_MEMBER * members + event, members));
                facts.set(0, ofFirst);
                LeadMessage message = holds(0, ofFirst);
                long begunNanos = THREAD.getCurrentThreadCpuTime();
                merged.send(message);
                // The first half only warms up.
                nanos += event < EVENTS ? 0 : THREAD.getCurrentThreadCpuTime() - begunNanos;
                merged.getOutput().clear();
                merged.getSideOutput(MergedLeadFunction.RESULTS).clear();
            }
            return nanos / 1e6 / EVENTS;
        }
    }

    /** So that all members together have an act every three hours. */
    private static Fact fact(int nth, int members) {
        return Fact.of(nth, "test/" + nth, START_MILLIS + 3 * HOUR * nth / members, KINDS[nth % KINDS.length]);
    }

    private static LeadMessage holds(int member, List<Fact> facts) {
        LeadPart part = new LeadPart(
                "L" + member,
                List.copyOf(facts),
                List.of(),
                START_MILLIS,
                ConfigVersion.FILE,
                member == 0 ? null : "L0",
                START_MILLIS);
        return LeadMessage.holds("L0", part, Map.of(), Long.MAX_VALUE);
    }
}
