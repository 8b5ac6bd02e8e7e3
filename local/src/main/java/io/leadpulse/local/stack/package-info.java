/**
 * All processes of Leadpulse on one machine: started, watched, healed and stopped together. Nothing here knows what the
 * numbers mean; that is the configuration's and the simulator's.
 */
package io.leadpulse.local.stack;
