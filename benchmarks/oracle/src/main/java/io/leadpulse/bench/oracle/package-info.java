/** The final results of the task, computed from all records at once and without a line of any engine's code. */
package io.leadpulse.bench.oracle;
