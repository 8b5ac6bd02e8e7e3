package io.leadpulse.local.simulator;

import io.leadpulse.domain.money.ExchangeRates;
import io.leadpulse.schemas.MinorUnits;
import io.leadpulse.schemas.config.Company;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/**
 * What the story's euros are in the currency of the company that is simulated: so many whole main units each.
 *
 * @param currency ISO 4217
 * @param perEuro main units of the currency for one euro
 */
record SimulatedMoney(String currency, long perEuro) {
    private static final String EUROS = "EUR";

    static final SimulatedMoney IN_EUROS = new SimulatedMoney(EUROS, 1);

    /**
     * The money of a company: euros, or by its exchange rate of the euro when the story goes live, in whole units.
     *
     * @return empty if the company's currency is another one and it has no such rate
     */
    static Optional<SimulatedMoney> of(Company company, Instant liveStart) {
        if (company.currency().equals(EUROS)) {
            return Optional.of(IN_EUROS);
        }
        ExchangeRates rates = company.rates();
        if (!rates.knows(EUROS)) {
            return Optional.empty();
        }
        long perEuro = rates.at(EUROS, liveStart.toEpochMilli())
                .value()
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
        return perEuro < 1 ? Optional.empty() : Optional.of(new SimulatedMoney(company.currency(), perEuro));
    }

    /** An amount of the story, whole euros, as it stands on the wire. */
    String amount(long euros) {
        int digits = MinorUnits.digits(currency);
        long units = Math.multiplyExact(euros, perEuro);
        return units + (digits == 0 ? "" : "." + "0".repeat(digits));
    }
}
