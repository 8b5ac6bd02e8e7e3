package io.leadpulse.bench.datastream;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** The job: each feature is an operator with a state of its own. */
final class SalesTopology {
    static final OutputTag<Result> DEAD_LETTERS = new OutputTag<>("dead letters", TypeInformation.of(Result.class));

    private SalesTopology() {}

    /** Results of events; the last word on each key counts. */
    static DataStream<Result> of(DataStream<Event> events, Task task) {
        SingleOutputStreamOperator<Event> valid =
                events.process(new SplitFunction()).name("split").uid("split");
        DataStream<Event> once = valid.keyBy(Event::identity)
                .process(new OnceFunction())
                .name("once")
                .uid("once");

        SingleOutputStreamOperator<LeadAct> ofVisitors = once.filter(Event::isOfVisitor)
                .keyBy(Event::visitor)
                .process(new IdentityFunction())
                .name("identity")
                .uid("identity");
        DataStream<Result> scores = once.filter(event -> !event.isOfVisitor())
                .map(LeadAct::of)
                .returns(LeadAct.class)
                .union(ofVisitors)
                .keyBy(LeadAct::lead)
                .process(new ScoreFunction())
                .name("score")
                .uid("score");

        DataStream<Event> ofDeals = once.filter(Event::isOfDeal);
        DataStream<Result> sales = ofDeals.keyBy(Event::deal)
                .process(new SaleFunction(task))
                .name("sales of deals")
                .uid("sales of deals")
                .keyBy(SaleDelta::scopeAndDay)
                .process(new DailySalesFunction())
                .name("sales of days")
                .uid("sales of days");
        DataStream<Result> alerts = ofDeals.keyBy(Event::deal)
                .process(new StageClockFunction(task))
                .name("stage clocks")
                .uid("stage clocks");

        return scores.union(sales, alerts, valid.getSideOutput(DEAD_LETTERS), ofVisitors.getSideOutput(DEAD_LETTERS));
    }
}
