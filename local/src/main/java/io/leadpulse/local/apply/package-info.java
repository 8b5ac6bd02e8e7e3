/** Gives a running engine what is configured by date: reps, goals, versions of the rules. */
package io.leadpulse.local.apply;
