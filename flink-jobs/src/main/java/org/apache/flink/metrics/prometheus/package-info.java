/** Ours, but in Flink's package: what it needs of Flink's reporters is visible only here. */
package org.apache.flink.metrics.prometheus;
