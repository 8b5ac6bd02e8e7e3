package io.leadpulse.rollup;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/**
 * The blocks of all scopes, those of the current key in reach. What was read or written last is remembered outside of the
 * state, so that the panes of a busy day cost one write each and no read; every write goes to the state at once.
 */
final class ScopeBlocks {
    /** Some hundred bytes each. */
    private static final int REMEMBERED = 16_384;

    private final MapState<BlockKey, PaneBlock> stored;
    private final Map<ScopedKey, PaneBlock> recent = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ScopedKey, PaneBlock> eldest) {
            return size() > REMEMBERED;
        }
    };

    ScopeBlocks(MapState<BlockKey, PaneBlock> stored) {
        this.stored = stored;
    }

    /** A block; empty when there is none. */
    PaneBlock get(String scope, BlockKey key) throws Exception {
        ScopedKey scoped = new ScopedKey(scope, key);
        PaneBlock block = recent.get(scoped);
        if (block == null) {
            block = stored.get(key);
            block = block == null ? PaneBlock.EMPTY : block;
            recent.put(scoped, block);
        }
        return block;
    }

    /** Keeps a block; one without panes is none. */
    void put(String scope, BlockKey key, PaneBlock block) throws Exception {
        if (block.isEmpty()) {
            remove(scope, key);
        } else {
            stored.put(key, block);
            recent.put(new ScopedKey(scope, key), block);
        }
    }

    void remove(String scope, BlockKey key) throws Exception {
        stored.remove(key);
        recent.put(new ScopedKey(scope, key), PaneBlock.EMPTY);
    }

    /** The keys of the current scope. */
    Iterable<BlockKey> keys() throws Exception {
        return stored.keys();
    }

    /** Whether the current scope has none. */
    boolean isEmpty() throws Exception {
        return stored.isEmpty();
    }

    private record ScopedKey(String scope, BlockKey key) {
        @Override
        public int hashCode() {
            return scope.hashCode() * 31 + key.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ScopedKey that && key.equals(that.key) && scope.equals(that.scope);
        }
    }
}
