package io.leadpulse.rollup;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/**
 * The blocks of all scopes, those of the current key in reach. What changes waits outside of the state until {@link #write},
 * which must be called of every scope that {@link #unwritten} names before a barrier: so a block costs one write, however many
 * of its panes change how often. What was read or written last is remembered, too.
 */
final class ScopeBlocks {
    /** Some hundred bytes each. */
    private static final int REMEMBERED = 16_384;

    private final MapState<BlockKey, PaneBlock> stored;
    private final Map<String, Changes> changed = new LinkedHashMap<>();
    private int changedBlocks;
    /** What was read or written last, by scope: who is asked for one block of a scope is asked for a hundred. */
    private final Map<String, Map<BlockKey, PaneBlock>> recent = new LinkedHashMap<>(64, 0.75f, true);

    private int recentBlocks;

    /** A block that is other than stored. */
    private static final class Changed {
        private PaneBlock block;

        Changed(PaneBlock block) {
            this.block = block;
        }
    }

    ScopeBlocks(MapState<BlockKey, PaneBlock> stored) {
        this.stored = stored;
    }

    /** A block; empty when there is none. */
    PaneBlock get(String scope, BlockKey key) throws Exception {
        Changes ofScope = changed.get(scope);
        Changed block = ofScope == null ? null : ofScope.blocks.get(key);
        if (block != null) {
            return block.block;
        }
        PaneBlock known = recall(scope, key);
        if (known == null) {
            known = read(key);
            remember(scope, key, known);
        }
        return known;
    }

    private PaneBlock read(BlockKey key) throws Exception {
        PaneBlock block = stored.get(key);
        return block == null ? PaneBlock.EMPTY : block;
    }

    private PaneBlock recall(String scope, BlockKey key) {
        Map<BlockKey, PaneBlock> ofScope = recent.get(scope);
        return ofScope == null ? null : ofScope.get(key);
    }

    /** When there are too many, the scope that nobody asked for longest is forgotten. */
    private void remember(String scope, BlockKey key, PaneBlock block) {
        if (recent.computeIfAbsent(scope, each -> new HashMap<>()).put(key, block) == null) {
            recentBlocks++;
        }
        if (recentBlocks > REMEMBERED) {
            Iterator<Map<BlockKey, PaneBlock>> scopes = recent.values().iterator();
            recentBlocks -= scopes.next().size();
            scopes.remove();
        }
    }

    /** Takes changes of a scope, which is the current one, until it is written. */
    Changes changesOf(String scope) {
        return changed.computeIfAbsent(scope, Changes::new);
    }

    /** What has changed of one scope. */
    final class Changes {
        private final String scope;
        private final Map<BlockKey, Changed> blocks = new HashMap<>();

        private Changes(String scope) {
            this.scope = scope;
        }

        /** Adds to a pane of a block. */
        void add(BlockKey key, int pane, long value) throws Exception {
            Changed block = blocks.get(key);
            if (block == null) {
                // Remembered when it is written, not now: until then it is found here.
                PaneBlock known = recall(scope, key);
                block = new Changed(known == null ? read(key) : known);
                blocks.put(key, block);
                changedBlocks++;
            }
            block.block = block.block.plus(pane, value);
        }
    }

    void remove(String scope, BlockKey key) throws Exception {
        Changes ofScope = changed.get(scope);
        if (ofScope != null && ofScope.blocks.remove(key) != null) {
            changedBlocks--;
        }
        stored.remove(key);
        remember(scope, key, PaneBlock.EMPTY);
    }

    /** The keys of a scope, which is the current one. */
    Iterable<BlockKey> keys(String scope) throws Exception {
        write(scope);
        return stored.keys();
    }

    /** Whether a scope, which is the current one, has none. */
    boolean isEmpty(String scope) throws Exception {
        write(scope);
        return stored.isEmpty();
    }

    /** How many blocks wait to be written. */
    int changes() {
        return changedBlocks;
    }

    /** The scopes of which something waits to be written. */
    Iterable<String> unwritten() {
        return changed.keySet();
    }

    /** Writes what has changed of a scope, which is the current one. */
    void write(String scope) throws Exception {
        Changes ofScope = changed.remove(scope);
        if (ofScope == null) {
            return;
        }
        changedBlocks -= ofScope.blocks.size();
        for (Map.Entry<BlockKey, Changed> each : ofScope.blocks.entrySet()) {
            PaneBlock block = each.getValue().block;
            if (block.isEmpty()) {
                stored.remove(each.getKey());
            } else {
                stored.put(each.getKey(), block);
            }
            remember(scope, each.getKey(), block);
        }
    }
}
