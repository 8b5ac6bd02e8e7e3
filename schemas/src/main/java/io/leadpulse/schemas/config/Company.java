package io.leadpulse.schemas.config;

import io.leadpulse.domain.calendar.MonthSystem;
import io.leadpulse.domain.money.ExchangeRates;
import io.leadpulse.schemas.MoneyUnit;
import java.time.DayOfWeek;
import java.time.ZoneId;

/**
 * The company as a whole. None of it can change while the engine runs: rebuild by replay.
 *
 * @param name name to show
 * @param zone zone of its days and working hours
 * @param currency ISO 4217 code of the currency in which everything is counted
 * @param moneyUnit what people are shown amounts in
 * @param rates what other currencies are worth in it; one for a day to come may be added at any start of the engine
 * @param months whose months and years its periods are
 * @param weekStart day on which weeks begin
 * @param fiscalStartMonth month in which the fiscal year begins, 1..12, by {@code months}
 * @param fiscalStartDay day of that month, 1..28
 */
public record Company(
        String name,
        ZoneId zone,
        String currency,
        MoneyUnit moneyUnit,
        ExchangeRates rates,
        MonthSystem months,
        DayOfWeek weekStart,
        int fiscalStartMonth,
        int fiscalStartDay) {}
