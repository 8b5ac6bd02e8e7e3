/** How long it takes each engine from an event that is to be written to its result that can be read. */
package io.leadpulse.bench.latency;
