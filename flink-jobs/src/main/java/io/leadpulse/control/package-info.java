/**
 * What changes while the engine runs without being an event: reps, goals and versions of the rules, and which sources are
 * silent. It reaches the operators that need it as broadcast state.
 */
package io.leadpulse.control;
