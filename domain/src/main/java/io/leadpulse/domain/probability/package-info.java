/** How likely a lead or deal is won, by what became of those like it, and how far that can be trusted. */
package io.leadpulse.domain.probability;
