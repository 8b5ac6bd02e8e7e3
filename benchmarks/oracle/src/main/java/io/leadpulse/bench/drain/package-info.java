/** One engine over all events once, until its results are the oracle's. */
package io.leadpulse.bench.drain;
