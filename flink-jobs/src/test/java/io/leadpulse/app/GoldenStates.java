package io.leadpulse.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** What is wrong between the states of a release and those of today, each in a sentence; empty when nothing is. */
final class GoldenStates {
    private GoldenStates() {}

    /** States that a release wrote and nobody reads any more; new ones are allowed. */
    static List<String> disappeared(Set<String> released, Set<String> today) {
        List<String> problems = new ArrayList<>();
        for (String state : new TreeSet<>(released)) {
            if (!today.contains(state)) {
                problems.add(
                        state + " (operator.state) was written by the release, and the job of today has no such state:"
                                + " what is in it would be lost; keep its uid and its name");
            }
        }
        return problems;
    }

    /** States of today of which the newest release's folder has no serializer snapshot. */
    static List<String> forgotten(Set<String> newest, Set<String> today) {
        List<String> problems = new ArrayList<>();
        for (String state : new TreeSet<>(today)) {
            if (!newest.contains(state)) {
                problems.add(state
                        + " (operator.state) is new and has no serializer snapshot in the newest release's folder:"
                        + " write the next one");
            }
        }
        return problems;
    }

    /** Values of a release that today's serializers would not read as they were meant. */
    static List<String> unreadable(GoldenRelease release, Map<String, TypeSerializerSnapshot<Object>> today)
            throws IOException, ReflectiveOperationException {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, TypeSerializerSnapshot<Object>> each :
                release.snapshots().entrySet()) {
            TypeSerializerSnapshot<Object> now = today.get(each.getKey());
            byte[] value = release.value(each.getKey());
            if (now != null) {
                problems.addAll(unreadable(
                        each.getKey(),
                        each.getValue(),
                        value,
                        value == null ? null : release.said(each.getKey()),
                        now));
            }
        }
        return problems;
    }

    /**
     * The same of one state.
     *
     * @param then how it was written
     * @param value a value as it was written; null for none
     * @param said what that value said
     * @param now how it is written today
     */
    static List<String> unreadable(
            String state,
            TypeSerializerSnapshot<Object> then,
            byte[] value,
            JsonNode said,
            TypeSerializerSnapshot<Object> now)
            throws IOException, ReflectiveOperationException {
        TypeSerializer<Object> today = now.restoreSerializer();
        TypeSerializerSchemaCompatibility<Object> compatibility =
                today.snapshotConfiguration().resolveSchemaCompatibility(then);
        if (compatibility.isIncompatible()) {
            return List.of(state + " cannot be read by today's serializer, not even after migration");
        }
        if (value == null) {
            return List.of();
        }
        Object read;
        if (compatibility.isCompatibleAfterMigration()) {
            Object old = SavepointState.read(then.restoreSerializer(), value);
            read = SavepointState.read(today, SavepointState.write(today, old));
        } else {
            TypeSerializer<Object> reader = compatibility.isCompatibleWithReconfiguredSerializer()
                    ? compatibility.getReconfiguredSerializer()
                    : today;
            read = SavepointState.read(reader, value);
        }
        JsonNode says = StateJson.of(read);
        return StateJson.contains(says, said)
                ? List.of()
                : List.of("%s said %s, and is read as %s".formatted(state, said, says));
    }
}
