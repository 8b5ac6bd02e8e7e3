/** What a lead did by itself, how often lately, and what happened with it in order. */
package io.leadpulse.domain.behaviour;
