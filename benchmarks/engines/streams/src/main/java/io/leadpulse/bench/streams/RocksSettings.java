package io.leadpulse.bench.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** All stores share one bounded memory, as Kafka's manual recommends: as much as Leadpulse gives its RocksDB. */
public final class RocksSettings implements RocksDBConfigSetter {
    private static final long MEMORY_BYTES = 256L << 20;
    /** Of them for what is not yet written to disk. */
    private static final long WRITE_BYTES = 128L << 20;

    /** Reserved for indexes and filters. */
    private static final double INDEX_SHARE = 0.1;

    private static final long WRITE_BUFFER_BYTES = 8L << 20;
    private static final int ANY_SHARDS = -1;

    private static final Cache CACHE;
    private static final WriteBufferManager WRITE_BUFFERS;

    static {
        RocksDB.loadLibrary();
        CACHE = new LRUCache(MEMORY_BYTES, ANY_SHARDS, false, INDEX_SHARE);
        WRITE_BUFFERS = new WriteBufferManager(WRITE_BYTES, CACHE);
    }

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    }

    @Override
    public void close(String store, Options options) {
        // What is shared stays until the process ends.
    }
}
