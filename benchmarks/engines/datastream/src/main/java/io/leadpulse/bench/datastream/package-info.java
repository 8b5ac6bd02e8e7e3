/** Engine (b) of SalesBench: a Flink job as it is commonly written. */
package io.leadpulse.bench.datastream;
