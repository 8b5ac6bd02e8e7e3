package io.leadpulse.domain.calendar;

/**
 * Which calendar rules from an instant on, until the next span of a list begins.
 *
 * @param fromMillis epoch milliseconds; the first span of a list also rules everything before it
 * @param calendar the calendar of the owner from then on
 */
public record CalendarSpan(long fromMillis, BusinessCalendar calendar) {}
