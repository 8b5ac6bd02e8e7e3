package io.leadpulse.control;

import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.config.Directory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
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
    /** Reps and rules by which leads count otherwise are told now and then; what is learnt every day makes no version. */
    private static final int CONTEXTS_KEPT = 8;

    private static final ConfigVersion ALL = new ConfigVersion(Long.MAX_VALUE, Long.MAX_VALUE);

    private final EngineSettings settings;
    private final Map<String, ConfigurationRecord> records = new HashMap<>();
    private final Map<ConfigVersion, EngineContext> contexts = new LinkedHashMap<>();
    /** Ends of the rules by which leads count otherwise, by offset; null when not known since a record came. */
    private NavigableSet<Long> ruleSteps;

    private ConfigVersion version;
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

    /**
     * The version in force. It says by which records leads count; what was learnt and what is only proposed is in force without a
     * version of its own, since nothing that counted must be taken back for it.
     */
    public ConfigVersion version() {
        if (version == null) {
            long repsTo = 0;
            for (ConfigurationRecord each : records.values()) {
                repsTo = each.topic().equals(Topics.REPS) ? Math.max(repsTo, each.offset() + 1) : repsTo;
            }
            version = new ConfigVersion(repsTo, ruleSteps().isEmpty() ? 0 : ruleSteps.last());
        }
        return version;
    }

    /** The configuration in force. */
    public EngineContext current() {
        if (current == null) {
            current = context(ALL);
        }
        return current;
    }

    /** Whether leads counted in an earlier version as they do now. */
    public boolean countsAlike(ConfigVersion earlier) {
        return earlier.equals(version()) || counting(earlier).equals(version());
    }

    /** Reps and rules by which leads counted in an earlier version, beside the goals of now. */
    public EngineContext at(ConfigVersion earlier) {
        if (countsAlike(earlier)) {
            return current();
        }
        ConfigVersion counting = counting(earlier);
        EngineContext known = contexts.remove(counting);
        EngineContext context = known == null ? context(counting) : known;
        contexts.put(counting, context);
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
            ruleSteps = null;
            version = null;
            current = null;
            contexts.clear();
        }
    }

    /** The version without the records since the last by which leads count. */
    private ConfigVersion counting(ConfigVersion version) {
        Long rulesTo = ruleSteps().floor(version.rulesTo());
        return new ConfigVersion(version.repsTo(), rulesTo == null ? 0 : rulesTo);
    }

    /** A record by which nothing counts otherwise is a step all the same if it takes the place of one by which something does. */
    private NavigableSet<Long> ruleSteps() {
        if (ruleSteps == null) {
            Map<String, Long> first = new HashMap<>();
            List<ConfigurationRecord> others = new ArrayList<>();
            ruleSteps = new TreeSet<>();
            for (ConfigurationRecord each : records.values()) {
                if (each.topic().equals(Topics.RULES) && Directory.changesCounts(each)) {
                    first.merge(each.key(), each.offset(), Math::min);
                    ruleSteps.add(each.offset() + 1);
                } else if (each.topic().equals(Topics.RULES)) {
                    others.add(each);
                }
            }
            for (ConfigurationRecord each : others) {
                if (first.getOrDefault(each.key(), Long.MAX_VALUE) < each.offset()) {
                    ruleSteps.add(each.offset() + 1);
                }
            }
        }
        return ruleSteps;
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
