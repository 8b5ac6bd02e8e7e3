package io.leadpulse.app;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.CompositeKeySerializationUtils;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StateSerializerProvider;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.BackendStateType;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonOptionsKeys;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;
import org.apache.flink.runtime.state.restore.FullSnapshotRestoreOperation;
import org.apache.flink.runtime.state.restore.KeyGroup;
import org.apache.flink.runtime.state.restore.KeyGroupEntry;
import org.apache.flink.runtime.state.restore.SavepointRestoreResult;
import org.apache.flink.runtime.state.restore.ThrowingIterator;

/**
 * Looks into a canonical savepoint: which states it has, how their values are written, and what they hold. It goes by
 * what the savepoint itself says, not by today's code.
 */
final class SavepointReader {
    private final Map<String, SavepointState> states = new TreeMap<>();

    private SavepointReader() {}

    /** All states by {@link SavepointState#id}. Timers are states, too, of which the values are not read. */
    static Map<String, SavepointState> states(Path savepoint) throws Exception {
        CompletedCheckpointStorageLocation location = AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(
                savepoint.toUri().toString());
        SavepointReader reader = new SavepointReader();
        try (DataInputStream metadata =
                new DataInputStream(location.getMetadataHandle().openInputStream())) {
            CheckpointMetadata read = Checkpoints.loadCheckpointMetadata(
                    metadata, SavepointReader.class.getClassLoader(), location.getExternalPointer());
            for (OperatorState operator : read.getOperatorStates()) {
                String uid = operator.getOperatorUid().orElseThrow();
                for (OperatorSubtaskState subtask : operator.getStates()) {
                    reader.readKeyed(uid, operator.getMaxParallelism(), subtask.getManagedKeyedState());
                    reader.readOperator(uid, subtask.getManagedOperatorState());
                }
            }
        }
        return reader.states;
    }

    private void readKeyed(String uid, int keyGroups, Collection<KeyedStateHandle> handles) throws Exception {
        for (KeyedStateHandle handle : handles) {
            StateSerializerProvider<Object> keys = StateSerializerProvider.fromNewRegisteredSerializer(
                    keySnapshot((KeyGroupsStateHandle) handle).restoreSerializer());
            FullSnapshotRestoreOperation<Object> restore = new FullSnapshotRestoreOperation<>(
                    handle.getKeyGroupRange(), getClass().getClassLoader(), List.of(handle), keys);
            try (ThrowingIterator<SavepointRestoreResult> results = restore.restore()) {
                while (results.hasNext()) {
                    readKeyed(uid, keyGroups, keys.currentSchemaSerializer(), results.next());
                }
            }
        }
    }

    private static TypeSerializerSnapshot<Object> keySnapshot(KeyGroupsStateHandle handle) throws IOException {
        try (FSDataInputStream stream = handle.openInputStream()) {
            KeyedBackendSerializationProxy<Object> proxy =
                    new KeyedBackendSerializationProxy<>(SavepointReader.class.getClassLoader());
            proxy.read(new DataInputViewStreamWrapper(stream));
            return proxy.getKeySerializerSnapshot();
        }
    }

    private void readKeyed(String uid, int keyGroups, TypeSerializer<Object> keys, SavepointRestoreResult result)
            throws Exception {
        List<StateMetaInfoSnapshot> metas = result.getStateMetaInfoSnapshots();
        List<SavepointState> found = new ArrayList<>();
        for (StateMetaInfoSnapshot meta : metas) {
            boolean isTimer = meta.getBackendStateType() == BackendStateType.PRIORITY_QUEUE;
            String kind = isTimer ? SavepointState.TIMERS : meta.getOption(CommonOptionsKeys.KEYED_STATE_TYPE);
            found.add(state(uid, meta.getName(), kind, values(meta)));
        }
        int prefixBytes = CompositeKeySerializationUtils.computeRequiredBytesInKeyGroupPrefix(keyGroups);
        try (ThrowingIterator<KeyGroup> groups = result.getRestoredKeyGroups()) {
            while (groups.hasNext()) {
                try (ThrowingIterator<KeyGroupEntry> entries = groups.next().getKeyGroupEntries()) {
                    while (entries.hasNext()) {
                        KeyGroupEntry entry = entries.next();
                        int state = entry.getKvStateId();
                        found.get(state)
                                .values()
                                .add(value(found.get(state), metas.get(state), keys, prefixBytes, entry));
                    }
                }
            }
        }
    }

    private static byte[] value(
            SavepointState state,
            StateMetaInfoSnapshot meta,
            TypeSerializer<Object> keys,
            int prefixBytes,
            KeyGroupEntry entry)
            throws IOException {
        if (!state.kind().equals(StateDescriptor.Type.MAP.name())) {
            return state.kind().equals(SavepointState.TIMERS) ? entry.getKey() : entry.getValue();
        }
        @SuppressWarnings("unchecked")
        MapSerializer<Object, Object> maps = (MapSerializer<Object, Object>)
                (TypeSerializer<?>) state.snapshot().restoreSerializer();
        TypeSerializer<Object> namespaces =
                snapshot(meta, CommonSerializerKeys.NAMESPACE_SERIALIZER).restoreSerializer();
        DataInputDeserializer key = new DataInputDeserializer(entry.getKey());
        boolean isAmbiguous = CompositeKeySerializationUtils.isAmbiguousKeyPossible(keys, namespaces);
        CompositeKeySerializationUtils.readKeyGroup(prefixBytes, key);
        CompositeKeySerializationUtils.readKey(keys, key, isAmbiguous);
        CompositeKeySerializationUtils.readNamespace(namespaces, key, isAmbiguous);
        Object userKey = maps.getKeySerializer().deserialize(key);
        DataInputDeserializer value = new DataInputDeserializer(entry.getValue());
        Object userValue =
                value.readBoolean() ? null : maps.getValueSerializer().deserialize(value);
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(userKey, userValue);
        return SavepointState.write(state.snapshot().restoreSerializer(), map);
    }

    private void readOperator(String uid, Collection<OperatorStateHandle> handles) throws Exception {
        for (OperatorStateHandle handle : handles) {
            try (FSDataInputStream stream = handle.openInputStream()) {
                DataInputViewStreamWrapper in = new DataInputViewStreamWrapper(stream);
                OperatorBackendSerializationProxy proxy =
                        new OperatorBackendSerializationProxy(getClass().getClassLoader());
                proxy.read(in);
                for (StateMetaInfoSnapshot meta : proxy.getOperatorStateMetaInfoSnapshots()) {
                    SavepointState state = state(uid, meta.getName(), "LIST", values(meta));
                    TypeSerializer<Object> serializer = state.snapshot().restoreSerializer();
                    for (long offset : offsets(handle, meta)) {
                        stream.seek(offset);
                        state.values().add(SavepointState.write(serializer, serializer.deserialize(in)));
                    }
                }
                for (StateMetaInfoSnapshot meta : proxy.getBroadcastStateMetaInfoSnapshots()) {
                    readBroadcast(uid, meta, offsets(handle, meta), stream, in);
                }
            }
        }
    }

    private void readBroadcast(
            String uid,
            StateMetaInfoSnapshot meta,
            long[] offsets,
            FSDataInputStream stream,
            DataInputViewStreamWrapper in)
            throws IOException {
        TypeSerializer<Object> keys =
                snapshot(meta, CommonSerializerKeys.KEY_SERIALIZER).restoreSerializer();
        TypeSerializer<Object> values = values(meta).restoreSerializer();
        MapSerializer<Object, Object> maps = new MapSerializer<>(keys, values);
        @SuppressWarnings("unchecked")
        TypeSerializerSnapshot<Object> snapshot =
                (TypeSerializerSnapshot<Object>) (TypeSerializerSnapshot<?>) maps.snapshotConfiguration();
        SavepointState state = state(uid, meta.getName(), "BROADCAST", snapshot);
        for (long offset : offsets) {
            stream.seek(offset);
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                Map<Object, Object> map = new LinkedHashMap<>();
                map.put(keys.deserialize(in), values.deserialize(in));
                state.values().add(SavepointState.write(snapshot.restoreSerializer(), map));
            }
        }
    }

    private static long[] offsets(OperatorStateHandle handle, StateMetaInfoSnapshot meta) {
        OperatorStateHandle.StateMetaInfo partitions =
                handle.getStateNameToPartitionOffsets().get(meta.getName());
        return partitions == null ? new long[0] : partitions.getOffsets();
    }

    private SavepointState state(String uid, String name, String kind, TypeSerializerSnapshot<Object> snapshot) {
        SavepointState state = new SavepointState(uid, name, kind, snapshot, new ArrayList<>());
        return states.computeIfAbsent(state.id(), id -> state);
    }

    private static TypeSerializerSnapshot<Object> values(StateMetaInfoSnapshot meta) {
        return snapshot(meta, CommonSerializerKeys.VALUE_SERIALIZER);
    }

    @SuppressWarnings("unchecked")
    private static TypeSerializerSnapshot<Object> snapshot(StateMetaInfoSnapshot meta, CommonSerializerKeys key) {
        return (TypeSerializerSnapshot<Object>) meta.getTypeSerializerSnapshot(key);
    }
}
