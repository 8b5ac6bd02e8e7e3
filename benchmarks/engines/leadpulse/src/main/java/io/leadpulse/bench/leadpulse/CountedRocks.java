package io.leadpulse.bench.leadpulse;

import java.util.Collection;
import java.util.EnumSet;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.state.rocksdb.ConfigurableRocksDBOptionsFactory;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.HistogramType;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;

/** Lets each RocksDB count what it is asked for, by its own statistics: timers of Flink, which are kept there, are among it. */
public final class CountedRocks implements ConfigurableRocksDBOptionsFactory {
    private static final long serialVersionUID = 1;

    /** Flink makes it by its name. */
    public CountedRocks() {}

    @Override
    public RocksDBOptionsFactory configure(ReadableConfig configuration) {
        return this;
    }

    @Override
    public DBOptions createDBOptions(DBOptions given, Collection<AutoCloseable> toClose) {
        // Counts alone: times and distributions would cost more than what they are of.
        Statistics statistics = new Statistics(EnumSet.complementOf(EnumSet.of(HistogramType.HISTOGRAM_ENUM_MAX)));
        statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
        // Never closed: it is read after the state that it is of. A subtask has one.
        JobStats.rocks(Thread.currentThread().getName(), statistics);
        return given.setStatistics(statistics);
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(ColumnFamilyOptions given, Collection<AutoCloseable> toClose) {
        return given;
    }
}
