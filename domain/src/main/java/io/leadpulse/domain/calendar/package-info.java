/** Business time, periods and due times: when work can happen, and what day, week or month an instant belongs to. */
package io.leadpulse.domain.calendar;
