/** Rates of cases: how sure they are, when cases are old enough to count, and whether a rate has changed. */
package io.leadpulse.domain.rate;
