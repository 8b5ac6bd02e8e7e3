/** Which acts go with winning and which with losing, counted so that the end of a story does not predict itself. */
package io.leadpulse.domain.influence;
