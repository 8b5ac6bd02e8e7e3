/** Deals: what all records of a deal together say, and which record replaces which. */
package io.leadpulse.domain.deal;
