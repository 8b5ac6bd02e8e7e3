package io.leadpulse.bench.jet;

import com.hazelcast.function.SupplierEx;
import com.hazelcast.internal.serialization.SerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.jet.Util;
import com.hazelcast.jet.core.Outbox;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.Watermark;
import com.hazelcast.jet.core.test.TestInbox;
import com.hazelcast.jet.core.test.TestProcessorContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The processors of the job without a member, one of each, wired as the topology wires them; what one emits goes into the next at once.
 * What is kept in snapshots is written and read as the member writes and reads it.
 */
final class InMemoryTopology {
    private final SerializationService serialization = new DefaultSerializationServiceBuilder()
            .setConfig(JetProgram.alone().getSerializationConfig())
            .build();
    private final Step split;
    private final Step visitors;
    private final Step leads;
    private final Step deals;
    private final Step sales;

    InMemoryTopology(Task task, Consumer<Result> results) throws Exception {
        Consumer<Object> sink = item -> results.accept((Result) item);
        sales = new Step(DailySales::new, List.of(sink));
        leads = new Step(Leads::new, List.of(sink));
        visitors = new Step(Visitors::new, List.of(sink, leads::accept));
        deals = new Step(() -> new Deals(task), List.of(sink, sales::accept));
        split = new Step(Split::new, List.of(sink, visitors::accept, leads::accept, deals::accept));
    }

    /** One processor and where what it says goes. */
    private final class Step implements Outbox {
        private final SupplierEx<Processor> supplier;
        private final List<Consumer<Object>> outputs;
        private final List<Map.Entry<Object, Object>> saved = new ArrayList<>();
        private Processor processor;

        Step(SupplierEx<Processor> supplier, List<Consumer<Object>> outputs) throws Exception {
            this.supplier = supplier;
            this.outputs = outputs;
            begin();
        }

        private void begin() throws Exception {
            processor = supplier.get();
            processor.init(this, new TestProcessorContext());
        }

        void accept(Object item) {
            TestInbox inbox = new TestInbox(List.of(item));
            processor.process(0, inbox);
            if (!inbox.isEmpty() || !processor.tryProcess()) {
                throw new IllegalStateException("not taken: " + item);
            }
        }

        void advance(Watermark watermark) {
            if (!processor.tryProcessWatermark(watermark)) {
                throw new IllegalStateException("not taken: " + watermark);
            }
        }

        void save() {
            saved.clear();
            if (!processor.saveToSnapshot()) {
                throw new IllegalStateException("not saved");
            }
        }

        void restart() throws Exception {
            begin();
            processor.restoreFromSnapshot(new TestInbox(saved));
        }

        @Override
        public int bucketCount() {
            return outputs.size();
        }

        @Override
        public boolean offer(int ordinal, Object item) {
            // The topology itself tells all of them the time.
            if (!(item instanceof Watermark)) {
                outputs.get(ordinal).accept(item);
            }
            return true;
        }

        @Override
        public boolean offer(int[] ordinals, Object item) {
            for (int ordinal : ordinals) {
                offer(ordinal, item);
            }
            return true;
        }

        @Override
        public boolean offerToSnapshot(Object key, Object value) {
            saved.add(Util.entry(copy(key), copy(value)));
            return true;
        }

        private Object copy(Object object) {
            return serialization.toObject(serialization.toData(object));
        }

        @Override
        public boolean hasUnfinishedItem() {
            return false;
        }
    }

    /** In the order in which the barrier of a snapshot passes them. */
    private List<Step> steps() {
        return List.of(split, visitors, deals, leads, sales);
    }

    void accept(Event event) {
        split.accept(event);
    }

    /**
     * Lets time pass.
     *
     * @param millis the first time that may still come, epoch milliseconds
     */
    void advance(long millis) {
        for (Step step : steps()) {
            step.advance(new Watermark(millis));
        }
    }

    /** Takes a snapshot; with it all that has changed is said. */
    void save() {
        steps().forEach(Step::save);
    }

    /** Forgets everything and goes on from the last snapshot. */
    void restart() throws Exception {
        for (Step step : steps()) {
            step.restart();
        }
    }
}
