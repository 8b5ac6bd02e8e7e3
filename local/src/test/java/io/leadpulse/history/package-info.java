/** Histories made up for tests: deterministic, with every trap that the definitions speak of, and ways to disturb them. */
package io.leadpulse.history;
