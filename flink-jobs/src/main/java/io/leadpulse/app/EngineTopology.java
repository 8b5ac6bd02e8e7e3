package io.leadpulse.app;

import io.leadpulse.campaign.SpendFunction;
import io.leadpulse.clock.ClockOperator;
import io.leadpulse.conservation.ConservationOperator;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.conservation.SourceSeen;
import io.leadpulse.control.Control;
import io.leadpulse.control.ControlOperator;
import io.leadpulse.control.LiveConfiguration;
import io.leadpulse.deadletter.DeadLetterFunction;
import io.leadpulse.decode.SplitFunction;
import io.leadpulse.edge.EventTypes;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.ResultRecordSerializer;
import io.leadpulse.identity.DealsFunction;
import io.leadpulse.identity.MergesFunction;
import io.leadpulse.identity.VisitorsFunction;
import io.leadpulse.identity.VisitorsOperator;
import io.leadpulse.lead.LeadFunction;
import io.leadpulse.lead.LeadInput;
import io.leadpulse.lead.LeadInputSerializer;
import io.leadpulse.lead.LeadMessage;
import io.leadpulse.lead.LeadOperator;
import io.leadpulse.lead.LeadSweep;
import io.leadpulse.lead.LeadTeller;
import io.leadpulse.lead.MergedLeadFunction;
import io.leadpulse.rollup.DeltaCombiner;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.rollup.RollupFunction;
import io.leadpulse.rollup.RollupOperator;
import io.leadpulse.rollup.TimeSpentFunction;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.SalesEvent;
import io.leadpulse.schemas.tick.Tick;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The engine from decoded records to results.
 *
 * <pre>
 * decoded ── split ─┬─ deals (by deal) ──────────┐
 *                   ├─ visitors (by visitor) ────┼─ ±facts ─ leads (by lead) ─┬─ deltas ─┬─ rollups (by scope) ─┐
 *                   ├─ merges ── whose under ────┤                            ├─ ±spans ─┴ time spent (by rep)  │
 *                   ├─ activities ───────────────┘                            └─ merged leads (by lead) ────────┼─ results
 *                   │                                                                profiles, ledger, alerts ──┤
 *                   └─ spend (by record) ─────────────────────────────── deltas ─ rollups ──────────────────────┤
 *            dead letters and outcomes of all ── dead letters, conservation ────────────────────────────────────┘
 * </pre>
 *
 * <p>Live a clock stands before all that, and what is configured anew reaches leads and rollups as broadcast state.
 * Acts of visitors with forms go to the rollups also where nobody knows the visitor.
 */
public final class EngineTopology {
    private static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};
    private static final OutputTag<OutcomeCount> OUTCOMES = new OutputTag<>("outcomes") {};

    private static final OutputTag<SourceSeen> SOURCES = new OutputTag<>("sources") {};

    private EngineTopology() {}

    /**
     * Builds the topology of a replay behind a source of decoded records; returns all results. Nothing is configured anew
     * while it runs.
     */
    public static DataStream<ResultRecord> build(DataStream<Decoded> decoded, EngineSettings settings) {
        return build(decoded, null, null, settings);
    }

    /**
     * Builds the topology of a live engine; returns all results.
     *
     * @param events decoded records of events, with their watermarks
     * @param controls records of the topics of configuration and of ticks, with parallelism 1
     */
    public static DataStream<ResultRecord> live(
            DataStream<Decoded> events, DataStream<RawRecord> controls, EngineSettings settings) {
        SingleOutputStreamOperator<Tick> control = controls.transform(
                        "control",
                        TypeInformation.of(Tick.class),
                        new ControlOperator(settings, DEAD_LETTERS, OUTCOMES))
                .uid(EngineUids.CONTROL)
                .forceNonParallel();
        // As parallel as the source, so that each of its subtasks has a clock of its own.
        SingleOutputStreamOperator<Decoded> clock = events.connect(control.broadcast())
                .transform("clock", EventTypes.DECODED, new ClockOperator(settings, SOURCES))
                .uid(EngineUids.CLOCK)
                .setParallelism(events.getParallelism());
        return build(clock, clock.getSideOutput(SOURCES), control, settings);
    }

    private static DataStream<ResultRecord> build(
            DataStream<Decoded> decoded,
            DataStream<SourceSeen> sourcesOrNull,
            SingleOutputStreamOperator<Tick> controlOrNull,
            EngineSettings settings) {
        // As parallel as its source, so that two records of one key are not overtaken by each other on two ways.
        SingleOutputStreamOperator<LeadInput> split = decoded.process(
                        new SplitFunction(DEAD_LETTERS, OUTCOMES), LeadInputSerializer.TYPE)
                .name("split")
                .uid(EngineUids.SPLIT)
                .setParallelism(decoded.getParallelism());

        // In a replay outputs into which nothing is ever put.
        DataStream<SourceSeen> sources = sourcesOrNull == null ? split.getSideOutput(SOURCES) : sourcesOrNull;
        DataStream<Control> controls =
                (controlOrNull == null ? split : controlOrNull).getSideOutput(ControlOperator.CONTROLS);
        BroadcastStream<Control> broadcastToLeads =
                controls.broadcast(LiveConfiguration.RECORDS, LiveConfiguration.SILENCE, LeadSweep.SWEPT);

        SingleOutputStreamOperator<LeadInput> deals = split.getSideOutput(SplitFunction.DEALS)
                .keyBy(SalesEvent::deal)
                .process(new DealsFunction(settings, DEAD_LETTERS, OUTCOMES), LeadInputSerializer.TYPE)
                .name("deals")
                .uid(EngineUids.DEALS);

        SingleOutputStreamOperator<LeadInput> visitors = split.getSideOutput(SplitFunction.BEHAVIOUR)
                .keyBy(SalesEvent::anonymousId)
                .transform(
                        "visitors",
                        LeadInputSerializer.TYPE,
                        new VisitorsOperator(settings, new VisitorsFunction(settings, DEAD_LETTERS, OUTCOMES)))
                .uid(EngineUids.VISITORS);

        SingleOutputStreamOperator<LeadInput> merges = split.getSideOutput(SplitFunction.MERGES)
                .keyBy(MergesFunction::key)
                .process(new MergesFunction(DEAD_LETTERS), LeadInputSerializer.TYPE)
                .name("merges")
                .uid(EngineUids.MERGES);

        SingleOutputStreamOperator<RollupDelta> leads = split.union(deals, visitors, merges)
                .keyBy(LeadInput::lead)
                .connect(controls.broadcast())
                .transform(
                        "leads",
                        TypeInformation.of(RollupDelta.class),
                        new LeadOperator(settings, new LeadFunction(settings, DEAD_LETTERS, OUTCOMES)))
                .uid(EngineUids.LEADS);

        // All that leads say passes here, so that what a lead said itself stands before what is said of it when merged.
        SingleOutputStreamOperator<RollupDelta> mergedLeads = leads.getSideOutput(LeadFunction.MESSAGES)
                .keyBy(LeadMessage::lead)
                .connect(broadcastToLeads)
                .process(new MergedLeadFunction(settings))
                .name("merged leads")
                .uid(EngineUids.MERGED_LEADS);

        SingleOutputStreamOperator<RollupDelta> spend = split.getSideOutput(SplitFunction.SPEND)
                .keyBy(SalesEvent::event)
                .process(new SpendFunction(settings, OUTCOMES))
                .name("spend")
                .uid(EngineUids.SPEND);

        SingleOutputStreamOperator<RollupDelta> timeSpent = leads.getSideOutput(LeadTeller.SPENT)
                .union(mergedLeads.getSideOutput(LeadTeller.SPENT))
                .keyBy(RollupDelta::scope)
                .process(new TimeSpentFunction(settings))
                .name("time spent")
                .uid(EngineUids.SPENT);

        SingleOutputStreamOperator<RollupDelta> combinedLeads = leads.transform(
                        "combined", TypeInformation.of(RollupDelta.class), new DeltaCombiner(settings))
                .uid(EngineUids.COMBINED_LEADS);

        SingleOutputStreamOperator<ResultRecord> rollups = combinedLeads
                .union(mergedLeads, timeSpent, spend, visitors.getSideOutput(VisitorsFunction.ROLLUPS))
                .keyBy(RollupDelta::scope)
                .connect(controls.broadcast())
                .transform(
                        "rollups",
                        ResultRecordSerializer.TYPE,
                        new RollupOperator(settings, new RollupFunction(settings)))
                .uid(EngineUids.ROLLUPS);

        DataStream<DeadLetter> refused = split.getSideOutput(DEAD_LETTERS)
                .union(
                        deals.getSideOutput(DEAD_LETTERS),
                        visitors.getSideOutput(DEAD_LETTERS),
                        merges.getSideOutput(DEAD_LETTERS),
                        leads.getSideOutput(DEAD_LETTERS));
        SingleOutputStreamOperator<ResultRecord> deadLetters = (controlOrNull == null
                        ? refused
                        : refused.union(controlOrNull.getSideOutput(DEAD_LETTERS)))
                .process(new DeadLetterFunction(settings, OUTCOMES), ResultRecordSerializer.TYPE)
                .name("dead letters")
                .uid(EngineUids.DEAD_LETTERS);

        DataStream<OutcomeCount> counted = split.getSideOutput(OUTCOMES)
                .union(
                        deals.getSideOutput(OUTCOMES),
                        visitors.getSideOutput(OUTCOMES),
                        spend.getSideOutput(OUTCOMES),
                        leads.getSideOutput(OUTCOMES),
                        deadLetters.getSideOutput(OUTCOMES));
        DataStream<ResultRecord> conservation = (controlOrNull == null
                        ? counted
                        : counted.union(controlOrNull.getSideOutput(OUTCOMES)))
                .connect(sources)
                .transform("conservation", ResultRecordSerializer.TYPE, new ConservationOperator(settings))
                .uid(EngineUids.CONSERVATION)
                .forceNonParallel();

        return rollups.union(mergedLeads.getSideOutput(MergedLeadFunction.RESULTS), deadLetters, conservation);
    }
}
