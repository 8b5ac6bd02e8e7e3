/** What moves together; nothing here says why. */
package io.leadpulse.domain.correlation;
