/** Numbers that may not be known yet: a value, or what it needs. */
package io.leadpulse.domain.figure;
