/** How things stand now, for Prometheus: sums in memory, progress as of the moment of reading, one scrape at a time. */
package io.leadpulse.serving.metrics;
