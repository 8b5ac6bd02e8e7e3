/** Engine (g) of SalesBench: Spark Structured Streaming. */
package io.leadpulse.bench.spark;
