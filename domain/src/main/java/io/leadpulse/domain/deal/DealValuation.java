package io.leadpulse.domain.deal;

import io.leadpulse.domain.deal.Deal.Outcome;
import io.leadpulse.domain.money.ExchangeRates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What deals in other currencies are worth in the company's: by the rate of the day on which they were closed, for good;
 * while they are open by the one that holds now. Pure, but for the time that is given: a deal that is told late, or whose
 * amount is corrected after the close, is worth the same as if it had come in time.
 *
 * <p>A refund has the rate of its deal, so that giving all back leaves nothing; one of a deal that is open again has the
 * rate of its own day.
 */
public final class DealValuation {
    /** Everything is in the company's currency. */
    public static final DealValuation NONE = new DealValuation(ExchangeRates.NONE);

    private final ExchangeRates rates;

    /** By these rates. */
    public DealValuation(ExchangeRates rates) {
        this.rates = rates;
    }

    /**
     * How the amount of a deal came to be.
     *
     * @param currency ISO 4217 code of the currency in which it was told
     * @param amountMinor the amount as it was told, minor units of that currency
     * @param rate main units of the company's currency for one of that currency
     * @param rateEpochDay the day from which that rate holds, days since 1970-01-01
     */
    public record Conversion(String currency, long amountMinor, BigDecimal rate, long rateEpochDay) {}

    /**
     * Deals in the company's currency.
     *
     * @param deals the deals in their order; the same list if nothing had to be converted
     * @param conversions how their amounts were converted, by the deal's id; those that were not are not in it
     */
    public record Valued(List<Deal> deals, Map<String, Conversion> conversions) {}

    /**
     * The deals in the company's currency.
     *
     * @param deals as they were told
     * @param nowMillis whose rates hold for what is open, epoch milliseconds; a deal never has rates of before its own last
     *     change, so {@link Long#MIN_VALUE} is allowed
     */
    public Valued value(List<Deal> deals, long nowMillis) {
        Map<String, Conversion> conversions = new HashMap<>();
        List<Deal> valued = null;
        for (int i = 0; i < deals.size(); i++) {
            Deal deal = deals.get(i);
            if (isForeign(deal)) {
                valued = valued == null ? new ArrayList<>(deals) : valued;
                valued.set(i, value(deal, nowMillis, conversions));
            }
        }
        return valued == null ? new Valued(deals, Map.of()) : new Valued(valued, conversions);
    }

    private static boolean isForeign(Deal deal) {
        return deal.currency() != null || deal.refunds().stream().anyMatch(refund -> refund.currency() != null);
    }

    private Deal value(Deal deal, long nowMillis, Map<String, Conversion> conversions) {
        boolean isOpen = deal.outcome() == Outcome.OPEN;
        Long amountMinor = deal.amountMinor();
        if (deal.currency() != null) {
            long rateMillis = isOpen ? Math.max(nowMillis, deal.lastChangeMillis()) : deal.closedMillis();
            ExchangeRates.Rate rate = rates.at(deal.currency(), rateMillis);
            conversions.put(
                    deal.id(), new Conversion(deal.currency(), deal.amountMinor(), rate.value(), rate.epochDay()));
            amountMinor = rates.convert(deal.currency(), deal.amountMinor(), rate);
        }
        List<Refund> refunds = new ArrayList<>(deal.refunds().size());
        for (Refund refund : deal.refunds()) {
            long rateMillis = isOpen ? refund.timeMillis() : deal.closedMillis();
            refunds.add(
                    refund.currency() == null
                            ? refund
                            : new Refund(
                                    refund.timeMillis(),
                                    rates.convert(
                                            refund.currency(),
                                            refund.amountMinor(),
                                            rates.at(refund.currency(), rateMillis))));
        }
        return deal.inCompanyCurrency(amountMinor, refunds);
    }

    /** The first instant after a time at which an open deal is worth something else; {@link ExchangeRates#NEVER} if none. */
    public long nextChangeAfter(List<Deal> deals, long millis) {
        long next = ExchangeRates.NEVER;
        for (Deal deal : deals) {
            if (deal.currency() != null && deal.outcome() == Outcome.OPEN && !deal.deleted()) {
                next = Math.min(
                        next, rates.nextChangeAfter(deal.currency(), Math.max(millis, deal.lastChangeMillis())));
            }
        }
        return next;
    }
}
