package io.leadpulse.app;

import io.leadpulse.conservation.ConservationOperator;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.control.Control;
import io.leadpulse.control.LiveConfiguration;
import io.leadpulse.deadletter.DeadLetterFunction;
import io.leadpulse.decode.SplitFunction;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.identity.DealsFunction;
import io.leadpulse.identity.VisitorsFunction;
import io.leadpulse.lead.LeadFunction;
import io.leadpulse.lead.LeadInput;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.rollup.RollupFunction;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.SalesEvent;
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
 *                   ├─ visitors (by visitor) ────┼─ ±facts ─ leads (by lead) ─┬─ deltas ─ rollups (by scope) ─┐
 *                   └─ activities ───────────────┘                            └─ profiles, ledger, alerts ────┼─ results
 *            dead letters and outcomes of all ── dead letters, conservation ──────────────────────────────────┘
 * </pre>
 */
public final class EngineTopology {
    private static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};
    private static final OutputTag<OutcomeCount> OUTCOMES = new OutputTag<>("outcomes") {};

    private static final OutputTag<Control> NOTHING = new OutputTag<>("nothing") {};

    private EngineTopology() {}

    /**
     * Builds the topology of a replay behind a source of decoded records; returns all results. Nothing is configured anew
     * while it runs.
     */
    public static DataStream<ResultRecord> build(DataStream<Decoded> decoded, EngineSettings settings) {
        return build(decoded, null, settings);
    }

    /**
     * Builds the topology behind a source of decoded records; returns all results.
     *
     * @param control what is configured while it runs, always idle as to its event time; null when nothing ever is
     */
    public static DataStream<ResultRecord> build(
            DataStream<Decoded> decoded, DataStream<Control> control, EngineSettings settings) {
        // As parallel as its source, so that two records of one key are not overtaken by each other on two ways.
        SingleOutputStreamOperator<LeadInput> split = decoded.process(new SplitFunction(DEAD_LETTERS, OUTCOMES))
                .name("split")
                .uid(EngineUids.SPLIT)
                .setParallelism(decoded.getParallelism());

        // An output into which nothing is ever put, where there is nothing to broadcast.
        BroadcastStream<Control> broadcast = (control == null ? split.getSideOutput(NOTHING) : control)
                .broadcast(LiveConfiguration.RECORDS, LiveConfiguration.SILENCE);

        SingleOutputStreamOperator<LeadInput> deals = split.getSideOutput(SplitFunction.DEALS)
                .keyBy(SalesEvent::deal)
                .process(new DealsFunction(settings, DEAD_LETTERS, OUTCOMES))
                .name("deals")
                .uid(EngineUids.DEALS);

        SingleOutputStreamOperator<LeadInput> visitors = split.getSideOutput(SplitFunction.BEHAVIOUR)
                .keyBy(SalesEvent::anonymousId)
                .process(new VisitorsFunction(settings, DEAD_LETTERS, OUTCOMES))
                .name("visitors")
                .uid(EngineUids.VISITORS);

        SingleOutputStreamOperator<RollupDelta> leads = split.union(deals, visitors)
                .keyBy(LeadInput::lead)
                .connect(broadcast)
                .process(new LeadFunction(settings, DEAD_LETTERS, OUTCOMES))
                .name("leads")
                .uid(EngineUids.LEADS);

        SingleOutputStreamOperator<ResultRecord> rollups = leads.keyBy(RollupDelta::scope)
                .connect(broadcast)
                .process(new RollupFunction(settings))
                .name("rollups")
                .uid(EngineUids.ROLLUPS);

        SingleOutputStreamOperator<ResultRecord> deadLetters = split.getSideOutput(DEAD_LETTERS)
                .union(
                        deals.getSideOutput(DEAD_LETTERS),
                        visitors.getSideOutput(DEAD_LETTERS),
                        leads.getSideOutput(DEAD_LETTERS))
                .process(new DeadLetterFunction(settings, OUTCOMES))
                .name("dead letters")
                .uid(EngineUids.DEAD_LETTERS);

        DataStream<ResultRecord> conservation = split.getSideOutput(OUTCOMES)
                .union(
                        deals.getSideOutput(OUTCOMES),
                        visitors.getSideOutput(OUTCOMES),
                        leads.getSideOutput(OUTCOMES),
                        deadLetters.getSideOutput(OUTCOMES))
                .transform("conservation", TypeInformation.of(ResultRecord.class), new ConservationOperator(settings))
                .uid(EngineUids.CONSERVATION)
                .forceNonParallel();

        return rollups.union(leads.getSideOutput(LeadFunction.RESULTS), deadLetters, conservation);
    }
}
