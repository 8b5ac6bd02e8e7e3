/** Engine (d) of SalesBench: Kafka Streams on RocksDB, exactly once. */
package io.leadpulse.bench.streams;
