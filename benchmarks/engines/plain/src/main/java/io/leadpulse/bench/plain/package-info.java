/** Engine (a) of SalesBench: the task in one thread with hash maps. */
package io.leadpulse.bench.plain;
