package io.leadpulse.domain.deal;

import static io.leadpulse.domain.event.EventKind.DEAL_LOST;
import static io.leadpulse.domain.event.EventKind.DEAL_OPENED;
import static io.leadpulse.domain.event.EventKind.DEAL_REFUNDED;
import static io.leadpulse.domain.event.EventKind.DEAL_REOPENED;
import static io.leadpulse.domain.event.EventKind.DEAL_UPDATED;
import static io.leadpulse.domain.event.EventKind.DEAL_WON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.money.ExchangeRates;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A company that counts in euros and sells in dollars, yen and dinars. */
class DealValuationTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ExchangeRates RATES = new ExchangeRates(
            BERLIN,
            2,
            Map.of(
                    "USD", currency(2, "2026-01-01", "0.90", "2026-02-01", "0.95", "2026-03-01", "0.80"),
                    "JPY", currency(0, "2026-01-01", "0.0055"),
                    "KWD", currency(3, "2026-01-01", "3.01")));
    private static final DealValuation VALUATION = new DealValuation(RATES);

    private static ExchangeRates.Currency currency(int digits, String... daysAndRates) {
        List<ExchangeRates.Rate> rates = new ArrayList<>();
        for (int i = 0; i < daysAndRates.length; i += 2) {
            rates.add(new ExchangeRates.Rate(
                    LocalDate.parse(daysAndRates[i]).toEpochDay(), new BigDecimal(daysAndRates[i + 1])));
        }
        return new ExchangeRates.Currency(digits, rates);
    }

    private static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    private static DealEventBuilder record(String time, EventKind kind) {
        return new DealEventBuilder(at(time), kind);
    }

    private static Deal deal(DealEventBuilder... records) {
        List<DealEvent> events = new ArrayList<>();
        for (DealEventBuilder each : records) {
            events.add(each.event(events.size(), 0, 0));
        }
        return DealBook.resolve("D", events, DealStages.DEFAULT);
    }

    private static Deal valued(String now, Deal deal) {
        return VALUATION.value(List.of(deal), at(now)).deals().get(0);
    }

    @Test
    void anOpenDealIsWorthWhatItIsWorthNow() {
        Deal open = deal(record("2026-01-10T10:00:00Z", DEAL_OPENED).amount(100_000, "USD"));

        assertThat(valued("2026-01-31T22:59:59Z", open).amountMinor()).isEqualTo(90_000);
        // The first of February begins in Berlin.
        assertThat(valued("2026-01-31T23:00:00Z", open).amountMinor()).isEqualTo(95_000);
        assertThat(valued("2026-08-01T00:00:00Z", open).amountMinor()).isEqualTo(80_000);
        assertThat(VALUATION.nextChangeAfter(List.of(open), at("2026-01-15T00:00:00Z")))
                .isEqualTo(at("2026-01-31T23:00:00Z"));
        assertThat(VALUATION.nextChangeAfter(List.of(open), at("2026-02-28T23:00:00Z")))
                .isEqualTo(ExchangeRates.NEVER);
    }

    @Test
    void theRateIsFrozenAtTheClose() {
        Deal won = deal(
                record("2026-01-10T10:00:00Z", DEAL_OPENED).amount(100_000, "USD"),
                record("2026-02-10T10:00:00Z", DEAL_WON));

        DealValuation.Valued valued = VALUATION.value(List.of(won), at("2026-08-01T00:00:00Z"));
        assertThat(valued.deals().get(0).amountMinor()).isEqualTo(95_000);
        assertThat(valued.deals().get(0).currency()).isNull();
        assertThat(valued.conversions().get("D"))
                .isEqualTo(new DealValuation.Conversion(
                        "USD",
                        100_000,
                        new BigDecimal("0.95"),
                        LocalDate.parse("2026-02-01").toEpochDay()));
        assertThat(VALUATION.nextChangeAfter(List.of(won), at("2026-02-15T00:00:00Z")))
                .isEqualTo(ExchangeRates.NEVER);
    }

    @Test
    void anAmountCorrectedAfterTheCloseHasTheRateOfTheClose() {
        Deal won = deal(
                record("2026-01-10T10:00:00Z", DEAL_WON).amount(1_840_000, "USD"),
                record("2026-03-10T10:00:00Z", DEAL_UPDATED).amount(184_000, "USD"));

        assertThat(valued("2026-03-11T00:00:00Z", won).amountMinor()).isEqualTo(165_600);
    }

    @Test
    void aDealToldInAnotherCurrencyLaterIsInThatOne() {
        Deal won = deal(
                record("2026-01-10T10:00:00Z", DEAL_OPENED).amount(100_000, "USD"),
                record("2026-02-10T10:00:00Z", DEAL_WON).amount(77_700L));

        DealValuation.Valued valued = VALUATION.value(List.of(won), at("2026-02-11T00:00:00Z"));
        assertThat(valued.deals()).containsExactly(won);
        assertThat(valued.deals().get(0).amountMinor()).isEqualTo(77_700);
        assertThat(valued.conversions()).isEmpty();
    }

    @Test
    void aReopenedDealIsWorthWhatItIsWorthNowAgain() {
        Deal reopened = deal(
                record("2026-01-10T10:00:00Z", DEAL_OPENED).amount(100_000, "USD"),
                record("2026-01-20T10:00:00Z", DEAL_LOST),
                record("2026-02-10T10:00:00Z", DEAL_REOPENED));

        assertThat(valued("2026-03-10T00:00:00Z", reopened).amountMinor()).isEqualTo(80_000);
    }

    @Test
    void allGivenBackLeavesNothing() {
        Deal refunded = deal(
                record("2026-01-10T10:00:00Z", DEAL_WON).amount(33_333, "USD"),
                record("2026-03-10T10:00:00Z", DEAL_REFUNDED).amount(33_333, "USD"));

        Deal valued = valued("2026-08-01T00:00:00Z", refunded);
        assertThat(valued.amountMinor()).isEqualTo(30_000);
        assertThat(valued.refunds()).containsExactly(new Refund(at("2026-03-10T10:00:00Z"), 30_000));
    }

    @Test
    void currenciesOfNoneTwoAndThreeDecimalsRoundHalfToEven() {
        assertThat(RATES.convert("JPY", 1_000, RATES.at("JPY", 0))).isEqualTo(550);
        // 0.0055 of 1 yen is 0.55 cents; of 100 yen 55 cents; of 3 yen 1.65.
        assertThat(RATES.convert("JPY", 1, RATES.at("JPY", 0))).isEqualTo(1);
        assertThat(RATES.convert("JPY", 3, RATES.at("JPY", 0))).isEqualTo(2);
        assertThat(RATES.convert("KWD", 1_000, RATES.at("KWD", 0))).isEqualTo(301);
        // 0.90 of 5 cents is 4.5, of 15 cents 13.5.
        assertThat(RATES.convert("USD", 5, RATES.at("USD", 0))).isEqualTo(4);
        assertThat(RATES.convert("USD", 15, RATES.at("USD", 0))).isEqualTo(14);
        ExchangeRates inYen = new ExchangeRates(BERLIN, 0, Map.of("EUR", currency(2, "2026-01-01", "181.8")));
        assertThat(inYen.convert("EUR", 250, inYen.at("EUR", 0))).isEqualTo(454);
    }

    @Test
    void aDealClosedBeforeTheFirstRateHasThatOne() {
        Deal won = deal(
                record("2025-06-10T10:00:00Z", DEAL_WON),
                record("2026-02-10T10:00:00Z", DEAL_UPDATED).amount(100_000, "USD"));

        assertThat(RATES.hasRateAt("USD", at("2025-12-31T22:59:59Z"))).isFalse();
        assertThat(RATES.hasRateAt("USD", at("2025-12-31T23:00:00Z"))).isTrue();
        assertThat(valued("2026-02-11T00:00:00Z", won).amountMinor()).isEqualTo(90_000);
    }

    @Test
    void aCurrencyThatTheConfigurationHasLostIsAnError() {
        Deal open = deal(record("2026-01-10T10:00:00Z", DEAL_OPENED).amount(100, "CHF"));

        assertThatThrownBy(() -> VALUATION.value(List.of(open), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CHF")
                .hasMessageContaining("rebuild by replay");
    }

    @Test
    void dealsInTheCompanysCurrencyAreLeftAsTheyAre() {
        List<Deal> deals =
                List.of(deal(record("2026-01-10T10:00:00Z", DEAL_OPENED).amount(5L)));

        assertThat(DealValuation.NONE.value(deals, 0).deals()).isSameAs(deals);
        assertThat(DealValuation.NONE.nextChangeAfter(deals, 0)).isEqualTo(ExchangeRates.NEVER);
    }
}
