/** How long it takes from an event to the number that somebody sees, measured on a stack of its own. */
package io.leadpulse.local.latency;
