/** How event time goes on when no event comes. */
package io.leadpulse.clock;
