package io.leadpulse.control;

import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigurationRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The configuration as one operator knows it: the file, the records that were read before the job, and those that came
 * since as broadcast state. All records are kept, not only the newest of a key, so that it can also be asked how things
 * were configured before.
 *
 * <p>In a replay nothing ever comes, and the records from before the job are all there is.
 */
public final class LiveConfiguration {
    /** The records by topic and offset. */
    public static final MapStateDescriptor<String, ConfigurationRecord> RECORDS =
            new MapStateDescriptor<>(EngineUids.CONTROL_RECORDS, String.class, ConfigurationRecord.class);
    /** Silent sources with the event time from which their silence counts. */
    public static final MapStateDescriptor<String, Long> SILENCE =
            new MapStateDescriptor<>(EngineUids.CONTROL_SILENCE, Types.STRING, Types.LONG);

    private static final List<String> TOPICS = List.of(Topics.REPS, Topics.GOALS, Topics.RULES);
    /** Leads wake often enough that few versions are in use at once. */
    private static final int CONTEXTS_KEPT = 8;

    private final EngineSettings settings;
    private final Map<String, ConfigurationRecord> records = new HashMap<>();
    private final Map<ConfigVersion, EngineContext> contexts = new LinkedHashMap<>();
    private ConfigVersion version = ConfigVersion.FILE;
    private EngineContext current;
    private boolean isRestored;
    private long heldFromMillis = Control.NOT_SILENT;

    /** The configuration of an operator that has just opened. */
    public LiveConfiguration(EngineSettings settings) {
        this.settings = settings;
        settings.configurationRecords().stream()
                .filter(ConfigurationRecord::hasPlace)
                .forEach(this::know);
    }

    /** Takes over what an earlier run left; must be called before anything else, and does its work once. */
    public void restore(
            ReadOnlyBroadcastState<String, ConfigurationRecord> kept, ReadOnlyBroadcastState<String, Long> silence)
            throws Exception {
        if (isRestored) {
            return;
        }
        isRestored = true;
        for (Map.Entry<String, ConfigurationRecord> each : kept.immutableEntries()) {
            know(each.getValue());
        }
        hold(silence);
    }

    /** Takes a message and keeps it; whether the effective configuration is to be applied again now. */
    public boolean accept(
            Control control, BroadcastState<String, ConfigurationRecord> kept, BroadcastState<String, Long> silence)
            throws Exception {
        if (control.record() != null) {
            kept.put(place(control.record()), control.record());
            know(control.record());
        } else if (control.source() != null) {
            if (control.sinceMillis() == Control.NOT_SILENT) {
                silence.remove(control.source());
            } else {
                silence.put(control.source(), control.sinceMillis());
            }
            hold(silence);
        }
        return control.isSettled();
    }

    /** The version in force. */
    public ConfigVersion version() {
        return version;
    }

    /** The configuration in force. */
    public EngineContext current() {
        if (current == null) {
            current = context(version);
        }
        return current;
    }

    /** Reps and rules as they were in an earlier version, beside the goals of now. */
    public EngineContext at(ConfigVersion earlier) {
        if (earlier.equals(version)) {
            return current();
        }
        EngineContext known = contexts.remove(earlier);
        EngineContext context = known == null ? context(earlier) : known;
        contexts.put(earlier, context);
        if (contexts.size() > CONTEXTS_KEPT) {
            contexts.remove(contexts.keySet().iterator().next());
        }
        return context;
    }

    /** The event time beyond which nothing may be concluded from silence; {@link Control#NOT_SILENT} if all speak. */
    public long heldFromMillis() {
        return heldFromMillis;
    }

    private void hold(ReadOnlyBroadcastState<String, Long> silence) throws Exception {
        long from = Control.NOT_SILENT;
        for (Map.Entry<String, Long> each : silence.immutableEntries()) {
            from = Math.min(from, each.getValue());
        }
        heldFromMillis = from;
    }

    private void know(ConfigurationRecord record) {
        if (records.putIfAbsent(place(record), record) == null) {
            long to = record.offset() + 1;
            version = new ConfigVersion(
                    record.topic().equals(Topics.REPS) ? Math.max(version.repsTo(), to) : version.repsTo(),
                    record.topic().equals(Topics.RULES) ? Math.max(version.rulesTo(), to) : version.rulesTo());
            current = null;
            contexts.clear();
        }
    }

    private EngineContext context(ConfigVersion at) {
        Map<String, ConfigurationRecord> newest = new LinkedHashMap<>();
        records.values().stream()
                .filter(each -> each.offset() < to(each.topic(), at))
                .sorted(Comparator.comparingInt((ConfigurationRecord each) -> TOPICS.indexOf(each.topic()))
                        .thenComparingLong(ConfigurationRecord::offset))
                .forEach(each -> {
                    newest.remove(each.topic() + '|' + each.key());
                    newest.put(each.topic() + '|' + each.key(), each);
                });
        List<ConfigurationRecord> inForce = new ArrayList<>();
        settings.configurationRecords().stream()
                .filter(each -> !each.hasPlace())
                .forEach(inForce::add);
        newest.values().stream().filter(each -> each.json() != null).forEach(inForce::add);
        return EngineContext.of(settings.withRecords(inForce));
    }

    private static long to(String topic, ConfigVersion at) {
        return switch (topic) {
            case Topics.REPS -> at.repsTo();
            case Topics.RULES -> at.rulesTo();
            default -> Long.MAX_VALUE;
        };
    }

    private static String place(ConfigurationRecord record) {
        return record.topic() + '/' + record.offset();
    }
}
