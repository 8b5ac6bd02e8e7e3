package io.leadpulse.schemas.config;

import java.time.DayOfWeek;
import java.time.ZoneId;

/**
 * The company as a whole. None of it can change while the engine runs: rebuild by replay.
 *
 * @param name name to show
 * @param zone zone of its days and working hours
 * @param currency ISO 4217 code of the currency in which everything is counted
 * @param weekStart day on which weeks begin
 * @param fiscalStartMonth month in which the fiscal year begins, 1..12
 * @param fiscalStartDay day of that month, 1..28
 */
public record Company(
        String name, ZoneId zone, String currency, DayOfWeek weekStart, int fiscalStartMonth, int fiscalStartDay) {}
