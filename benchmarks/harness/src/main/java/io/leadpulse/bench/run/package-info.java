/** Runs engines one after the other on the same topics and writes what came of it. */
package io.leadpulse.bench.run;
