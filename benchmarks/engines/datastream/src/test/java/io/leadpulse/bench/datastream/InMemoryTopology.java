package io.leadpulse.bench.datastream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The functions of the job in Flink's harness, one after the other; what comes out of one goes into the next at once. */
final class InMemoryTopology {
    private final Consumer<Result> results;
    private final List<Step<?, ?>> opened = new ArrayList<>();
    private final Step<Event, Event> once;
    private final Step<Event, LeadAct> identity;
    private final Step<LeadAct, Result> score;
    private final Step<Event, SaleDelta> salesOfDeals;
    private final Step<SaleDelta, Result> salesOfDays;
    private final Step<Event, Result> stageClocks;

    InMemoryTopology(Task task, Consumer<Result> results) throws Exception {
        this.results = results;
        once = new Step<>(new OnceFunction(), Event::identity, this::count);
        score = new Step<>(new ScoreFunction(), LeadAct::lead, results::accept);
        identity = new Step<>(new IdentityFunction(), Event::visitor, score::accept);
        salesOfDays = new Step<>(new DailySalesFunction(), SaleDelta::scopeAndDay, results::accept);
        salesOfDeals = new Step<>(new SaleFunction(task), Event::deal, salesOfDays::accept);
        stageClocks = new Step<>(new StageClockFunction(task), Event::deal, results::accept);
    }

    private interface Output<T> {
        void accept(T element) throws Exception;
    }

    /** One function and where what it says goes. */
    private final class Step<I, O> {
        private final KeyedOneInputStreamOperatorTestHarness<String, I, O> harness;
        private final Output<O> output;

        Step(KeyedProcessFunction<String, I, O> function, KeySelector<I, String> key, Output<O> output)
                throws Exception {
            this.output = output;
            harness = new KeyedOneInputStreamOperatorTestHarness<>(
                    new KeyedProcessOperator<>(function), key, Types.STRING);
            harness.open();
            opened.add(this);
        }

        void accept(I element) throws Exception {
            harness.processElement(new StreamRecord<>(element));
            flush();
        }

        void advance(long watermarkMillis) throws Exception {
            harness.processWatermark(watermarkMillis);
            flush();
        }

        private void flush() throws Exception {
            List<O> said = harness.extractOutputValues();
            harness.getOutput().clear();
            for (O each : said) {
                output.accept(each);
            }
            var deadLetters = harness.getSideOutput(SalesTopology.DEAD_LETTERS);
            if (deadLetters != null) {
                deadLetters.forEach(letter -> results.accept(letter.getValue()));
                deadLetters.clear();
            }
        }
    }

    void accept(Event event) throws Exception {
        if (event.isBroken()) {
            results.accept(Result.deadLetter(event.record(), event.reason()));
        } else {
            once.accept(event);
        }
    }

    private void count(Event event) throws Exception {
        if (event.isOfVisitor()) {
            identity.accept(event);
        } else {
            score.accept(LeadAct.of(event));
        }
        if (event.isOfDeal()) {
            salesOfDeals.accept(event);
            stageClocks.accept(event);
        }
    }

    void advance(long watermarkMillis) throws Exception {
        identity.advance(watermarkMillis);
        score.advance(watermarkMillis);
        stageClocks.advance(watermarkMillis);
    }

    void close() throws Exception {
        for (Step<?, ?> each : opened) {
            each.harness.close();
        }
    }
}
