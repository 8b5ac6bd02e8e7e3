/** Engine (c) of SalesBench: the task in Flink SQL, and process table functions for what SQL has no words for. */
package io.leadpulse.bench.sql;
