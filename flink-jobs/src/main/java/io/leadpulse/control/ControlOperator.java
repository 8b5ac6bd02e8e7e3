package io.leadpulse.control;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.lead.LeadSweep;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.tick.Tick;
import io.leadpulse.schemas.tick.TickCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Reads the topics of configuration and the ticks. Valid records go to those who need them, by {@link #CONTROLS}; a
 * record that is not valid becomes a dead letter, and each is counted like any other record. Ticks go on as they are; of
 * what they say is told how far the sources have been heard, and a change of the silent ones.
 *
 * <p>Its output is always idle: neither records of configuration nor ticks are events, and they must neither drive event
 * time nor, when they stop, hold it back. Runs with parallelism 1.
 */
public final class ControlOperator extends AbstractStreamOperator<Tick>
        implements OneInputStreamOperator<RawRecord, Tick>, ProcessingTimeCallback {
    private static final long serialVersionUID = 1;

    /** What is configured, and who is silent. */
    public static final OutputTag<Control> CONTROLS = new OutputTag<>("controls") {};

    /** Records that come within this time, by the machine's clock, take effect together. */
    static final long SETTLE_MILLIS = 200;

    /** So long is between two pulses, by the machine's clock: a share of the leads is looked at in less. */
    static final long PULSE_MILLIS = 3_000;

    private final EngineSettings settings;
    private final OutputTag<DeadLetter> deadLetters;
    private final OutputTag<OutcomeCount> outcomes;

    private transient ListState<ConfigurationRecord> keptRules;
    private transient ListState<String> keptSilent;
    private transient List<ConfigurationRecord> rules;
    private transient Set<String> silent;
    private transient Map<String, EventDecoder> decoders;
    private transient long graceMillis;
    private transient ScheduledFuture<?> settling;
    private transient ScheduledFuture<?> pulsing;
    private transient int pulsesToCome;

    public ControlOperator(
            EngineSettings settings, OutputTag<DeadLetter> deadLetters, OutputTag<OutcomeCount> outcomes) {
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.outcomes = outcomes;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        keptRules = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(EngineUids.CONTROL_RULES, ConfigurationRecord.class));
        keptSilent = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(EngineUids.CONTROL_SILENT, String.class));
        rules = new ArrayList<>();
        keptRules.get().forEach(rules::add);
        silent = new TreeSet<>();
        keptSilent.get().forEach(silent::add);
    }

    @Override
    public void open() throws Exception {
        super.open();
        EngineContext engine = EngineContext.of(settings.withRecords(List.of()));
        graceMillis = engine.graceMillis();
        // Reps and goals are judged each in itself.
        decoders = new TreeMap<>(Map.of(Topics.REPS, engine.decoder(), Topics.GOALS, engine.decoder()));
        pulsesToCome = LeadSweep.SHARES;
        // What came just before the last checkpoint may not have settled.
        settleSoon();
    }

    @Override
    public void processElement(StreamRecord<RawRecord> element) {
        RawRecord record = element.getValue();
        if (record.topic().equals(Topics.TICKS)) {
            tick(record);
        } else {
            configuration(record);
        }
    }

    @Override
    public void processWatermark(Watermark mark) {
        // Not an event's.
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        // Always idle, whether records come or not.
    }

    @Override
    public void onProcessingTime(long timeMillis) {
        settling = null;
        output.emitWatermarkStatus(WatermarkStatus.IDLE);
        output.collect(CONTROLS, new StreamRecord<>(Control.SETTLED));
        if (pulsing == null && pulsesToCome == LeadSweep.SHARES) {
            pulseSoon();
        }
    }

    private void pulseSoon() {
        long atMillis = getProcessingTimeService().getCurrentProcessingTime() + PULSE_MILLIS;
        pulsing = getProcessingTimeService().registerTimer(atMillis, time -> pulse());
    }

    private void pulse() {
        pulsing = null;
        output.collect(CONTROLS, new StreamRecord<>(Control.PULSE));
        pulsesToCome--;
        if (pulsesToCome > 0) {
            pulseSoon();
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        keptRules.update(rules);
        keptSilent.update(new ArrayList<>(silent));
    }

    private void tick(RawRecord record) {
        Tick tick;
        try {
            tick = TickCodec.decode(record.value());
        } catch (IllegalArgumentException e) {
            // Not one of ours: it has a fate, like every record that cannot be read.
            count(Outcome.IN);
            refuse(new DeadLetter(record, Reason.INVALID_VALUE, e.getMessage()));
            return;
        }
        // A clock that is wrong cannot be ahead of the broker's.
        long millis = record.timestampMillis() > 0
                ? Math.min(tick.timeMillis(), record.timestampMillis())
                : tick.timeMillis();
        for (String source : tick.silent()) {
            if (silent.add(source)) {
                tell(Control.silence(source, millis - graceMillis));
            }
        }
        for (String source : List.copyOf(silent)) {
            if (!tick.silent().contains(source)) {
                silent.remove(source);
                tell(Control.silence(source, Control.NOT_SILENT));
            }
        }
        if (tick.heardMillis() != null) {
            tell(Control.silence(Control.ALL_SOURCES, Math.min(tick.heardMillis(), millis)));
        }
        output.collect(new StreamRecord<>(new Tick(millis, tick.silent(), tick.heardMillis())));
    }

    private void configuration(RawRecord raw) {
        count(Outcome.IN);
        ConfigurationRecord record = Control.recordOf(raw);
        boolean takesAway = raw.value() == null && raw.key() != null;
        if (!takesAway) {
            Decoded decoded = decoder(record).decode(raw);
            if (decoded.deadLetter() != null) {
                refuse(decoded.deadLetter());
                return;
            }
        }
        if (record.topic().equals(Topics.RULES)) {
            rules.removeIf(each -> each.key().equals(record.key()));
            if (!takesAway) {
                rules.add(record);
            }
        }
        count(Outcome.CONFIGURATION);
        tell(Control.of(record));
        settleSoon();
    }

    /** A version of the rules is judged beside the others that stand; without the one that it replaces. */
    private EventDecoder decoder(ConfigurationRecord record) {
        if (!record.topic().equals(Topics.RULES)) {
            return decoders.get(record.topic());
        }
        List<ConfigurationRecord> together = new ArrayList<>(rules);
        together.removeIf(each -> each.key().equals(record.key()));
        together.add(record);
        return EngineContext.of(settings.withRecords(together)).decoder();
    }

    private void settleSoon() {
        if (settling == null) {
            long atMillis = getProcessingTimeService().getCurrentProcessingTime() + SETTLE_MILLIS;
            settling = getProcessingTimeService().registerTimer(atMillis, this);
        }
    }

    private void tell(Control control) {
        output.collect(CONTROLS, new StreamRecord<>(control));
    }

    private void refuse(DeadLetter deadLetter) {
        output.collect(deadLetters, new StreamRecord<>(deadLetter));
    }

    private void count(Outcome outcome) {
        output.collect(outcomes, new StreamRecord<>(OutcomeCount.one(outcome)));
    }
}
