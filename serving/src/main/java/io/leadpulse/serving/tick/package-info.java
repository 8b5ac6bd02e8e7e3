/** The engine's clock: ticks, and which sources of events are silent. */
package io.leadpulse.serving.tick;
