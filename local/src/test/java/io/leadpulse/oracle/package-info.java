/**
 * A second computation of everything that a replay publishes, straight from the definitions, over all lines at once. It
 * shares no code with the engine: not the domain, not the schemas, not the business calendar.
 */
package io.leadpulse.oracle;
