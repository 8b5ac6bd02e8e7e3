/** What becomes of an engine's speed and state when one thing grows and all else stays: axes, their points, their report. */
package io.leadpulse.bench.growth;
