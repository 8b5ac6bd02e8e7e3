/** Final results as engines publish them, and whether they are the expected ones. */
package io.leadpulse.bench.result;
