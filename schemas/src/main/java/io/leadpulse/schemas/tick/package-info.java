/** The engine's clock on the wire. */
package io.leadpulse.schemas.tick;
