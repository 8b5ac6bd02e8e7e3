/** Goals, what of them is expected so far, and what is still needed. */
package io.leadpulse.domain.goal;
