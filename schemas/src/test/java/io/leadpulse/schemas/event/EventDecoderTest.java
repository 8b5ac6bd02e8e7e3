package io.leadpulse.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventDecoderTest {
    private static final long NINE = Rfc3339.millis("2025-03-01T09:00:00Z");
    private static final long DAY = 24 * 3600 * 1000L;

    @Test
    void aWonDealIsReadToTheLastCent() {
        SalesEvent event = activity("{'source':'crm','id':'7','kind':'deal_won','time':'2025-03-01T10:00:00+01:00',"
                + "'lead':'L1','deal':'D1','owner':'R1','amount':'1350.05','currency':'EUR','product':'P',"
                + "'expected_close':'2025-03-31','version':3}");

        DealEvent deal = EventFacts.deal(event);
        assertThat(deal)
                .isEqualTo(new DealEvent(
                        Hash64.of("crm/7"),
                        "crm/7",
                        NINE,
                        EventKind.DEAL_WON,
                        3,
                        event.contentHash(),
                        "L1",
                        "R1",
                        null,
                        null,
                        null,
                        135_005L,
                        "P",
                        20_178L));
        assertThat(event.deal()).isEqualTo("D1");
    }

    private static final DecodeSettings WITH_RATES = ConfigReader.parse("""
                    company: {zone: Europe/Berlin}
                    exchange_rates:
                      - {currency: JPY, from: 2025-03-01, rate: 0.0062}
                      - {currency: KWD, from: 2025-03-01, rate: 3.1255}
                      - {currency: GBP, from: 2025-03-01, rate: 1.2}
                    """).decodeSettings();

    private static String inCurrency(String kind, String time, String amount, String currency) {
        return "{'source':'crm','id':'7','kind':'" + kind + "','time':'" + time + "','lead':'L1','deal':'D1',"
                + "'subject':'S','amount':'" + amount + "','currency':'" + currency + "'}";
    }

    @Test
    void anAmountInAnotherCurrencyKeepsIt() {
        DealEvent yen = EventFacts.deal(
                decode(Topics.ACTIVITIES, inCurrency("deal_won", "2025-03-01T09:00:00Z", "245463", "JPY"), WITH_RATES)
                        .event());
        assertThat(yen.amountMinor()).isEqualTo(245_463);
        assertThat(yen.currency()).isEqualTo("JPY");
        DealEvent dinars = EventFacts.deal(decode(
                        Topics.ACTIVITIES,
                        inCurrency("deal_refunded", "2025-03-01T09:00:00Z", "1.005", "KWD"),
                        WITH_RATES)
                .event());
        assertThat(dinars.amountMinor()).isEqualTo(1_005);
        assertThat(dinars.currency()).isEqualTo("KWD");
        DealEvent own = EventFacts.deal(
                decode(Topics.ACTIVITIES, inCurrency("deal_won", "2025-03-01T09:00:00Z", "1.05", "EUR"), WITH_RATES)
                        .event());
        assertThat(own.currency()).isNull();
    }

    @Test
    void spendInAnotherCurrencyIsConvertedOnItsDay() {
        SalesEvent spend = decode(
                        Topics.COMPANY_EVENTS,
                        inCurrency("campaign_spend", "2025-03-01T09:00:00Z", "100000", "JPY"),
                        WITH_RATES)
                .event();
        assertThat(spend.amountMinor()).isEqualTo(62_000);
        assertThat(spend.currency()).isNull();
    }

    @Test
    void anAmountThatCannotBeConvertedIsRefused() {
        // The first of March begins in Berlin.
        assertThat(decode(Topics.ACTIVITIES, inCurrency("deal_won", "2025-02-28T23:00:00Z", "1", "JPY"), WITH_RATES)
                        .event())
                .isNotNull();
        assertRefused(
                inCurrency("deal_won", "2025-02-28T22:59:59Z", "1", "JPY"),
                Reason.FOREIGN_CURRENCY,
                "earlier than the first exchange rate");
        assertRefused(
                inCurrency("deal_won", "2025-03-01T09:00:00Z", "1", "USD"),
                Reason.FOREIGN_CURRENCY,
                "EUR, the company's, or one of which the configuration has exchange rates: GBP, JPY, KWD");
        assertRefused(
                inCurrency("deal_won", "2025-03-01T09:00:00Z", "1.5", "JPY"), Reason.INVALID_AMOUNT, "0 decimals");
        assertRefused(
                inCurrency("deal_won", "2025-03-01T09:00:00Z", "9999999999999.99", "GBP"),
                Reason.INVALID_AMOUNT,
                "at any exchange rate");
    }

    private static void assertRefused(String json, Reason reason, String message) {
        DeadLetter letter = decode(Topics.ACTIVITIES, json, WITH_RATES).deadLetter();
        assertThat(letter).isNotNull();
        assertThat(letter.reason()).isEqualTo(reason);
        assertThat(letter.message()).contains(message);
    }

    @Test
    void aMailNamesItsTemplate() {
        String mail = "{'source':'crm','id':'9','kind':'email_sent','time':'2025-03-01T09:00:00Z','lead':'L1'";
        assertThat(EventFacts.fact(activity(mail + ",'template':'offer-2'}")).template())
                .isEqualTo("offer-2");
        assertThat(EventFacts.fact(activity(mail + "}")).template()).isNull();
    }

    @Test
    void aCallIsReadWithAllThatIsSaidOfIt() {
        SalesEvent event = activity(
                "{'source':'crm','id':'8','kind':'call','time':'2025-03-01T09:00:00Z','lead':'L1',"
                        + "'actor':'R1','direction':'outbound','cold':true,'connected':true,'seconds':95,"
                        + "'campaign':'C','channel':'phone','attributes':{'industry':'steel','employees':50,'eu':true,'x':null}}");

        Fact fact = EventFacts.fact(event);
        assertThat(fact.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(fact.cold()).isTrue();
        assertThat(fact.connected()).isTrue();
        assertThat(fact.automatic()).isFalse();
        assertThat(fact.seconds()).isEqualTo(95);
        assertThat(fact.dueMillis()).isEqualTo(Fact.NO_TIME);
        assertThat(fact.attributes())
                .containsOnly(Map.entry("industry", "steel"), Map.entry("employees", "50"), Map.entry("eu", "true"));
    }

    @Test
    void theOrganisationOfALeadIsAnAttributeWithAFieldOfItsOwn() {
        String created = "{'source':'crm','id':'8','kind':'lead_created','time':'2025-03-01T09:00:00Z','lead':'L1'";

        assertThat(activity(created + ",'organisation':'Example Ltd','attributes':{'industry':'steel'}}")
                        .attributes())
                .isEqualTo(Map.of("industry", "steel", "organisation", "Example Ltd"));
        assertThat(activity(created + ",'organisation':'New','attributes':{'organisation':'Old'}}")
                        .attributes())
                .isEqualTo(Map.of("organisation", "New"));
        assertThat(activity(created + ",'organisation':'','attributes':{'organisation':'Example Ltd'}}")
                        .attributes())
                .isEqualTo(Map.of("organisation", "Example Ltd"));
        assertThat(activity(created + ",'organisation':null}").attributes()).isEmpty();
    }

    @Test
    void everyKindOfActivityAndDealIsReadWhenItsFieldsAreThere() {
        for (EventKind kind : EventKind.values()) {
            Decoded decoded = decode(
                    kind.stream() == EventKind.Stream.COMPANY ? Topics.COMPANY_EVENTS : Topics.ACTIVITIES,
                    "{'source':'crm','id':'8','kind':'" + kind.wireName() + "','time':'2025-03-01T09:00:00Z',"
                            + "'lead':'L1','deal':'D1','stage':'offer','status':'working','owner':null,'into':'L2',"
                            + "'amount':'1','due':'2025-03-02T09:00:00Z','until':'2025-03-02T09:00:00Z','alert':'A',"
                            + "'subject':'S'}");
            assertThat(decoded.event()).as(kind.wireName()).isNotNull();
            assertThat(decoded.event().kind()).isEqualTo(kind);
        }
    }

    @Test
    void contentIsEqualWhateverTheOrderOfFieldsAndTheWhiteSpace() {
        String one = "{'source':'crm','id':'8','kind':'call','time':'2025-03-01T09:00:00Z','lead':'L1','seconds':5,"
                + "'attributes':{'a':'1','b':'2'}}";
        String same = "{ 'attributes':{'b':'2',\n'a':'1'}, 'seconds':5,'lead':'\\u004c1','source':'crm','id':'8',"
                + "'kind':'call','time':'2025-03-01T09:00:00Z','deal':null }";
        String other = one.replace("'a':'1','b':'2'", "'a':'2','b':'1'");

        assertThat(activity(same).contentHash()).isEqualTo(activity(one).contentHash());
        assertThat(activity(other).contentHash()).isNotEqualTo(activity(one).contentHash());
    }

    @Test
    void timeOfTheLastChangeServesAsVersion() {
        assertThat(activity(call("'updated_at':'2025-03-01T09:00:00Z'")).version())
                .isEqualTo(NINE);
        assertThat(activity(call("'updated_at':'2025-03-01T09:00:00Z','version':0"))
                        .version())
                .isZero();
    }

    @Test
    void messagesNeverShowWhatTheRecordSays() {
        DeadLetter letter = decode(Topics.ACTIVITIES, call("'direction':'secret@example.org'"))
                .deadLetter();

        assertThat(letter.reason()).isEqualTo(Reason.INVALID_VALUE);
        assertThat(letter.message()).isEqualTo("direction must be one of inbound, outbound");
    }

    @Test
    void inReplayTheBoundsAreTakenFromAsOf() {
        EventDecoder decoder =
                decoder(DecodeSettings.of("EUR").withReferenceMillis(NINE).withHorizonMillis(DAY));

        assertThat(reason(decoder, "2025-03-01T09:00:00Z", Fact.NO_TIME)).isNull();
        assertThat(reason(decoder, "2025-03-01T09:00:00.001Z", Fact.NO_TIME)).isEqualTo(Reason.FUTURE);
        assertThat(reason(decoder, "2025-02-28T09:00:00Z", Fact.NO_TIME)).isNull();
        assertThat(reason(decoder, "2025-02-28T08:59:59.999Z", Fact.NO_TIME)).isEqualTo(Reason.TOO_LATE);
    }

    @Test
    void liveTheBoundsAreTakenFromArrival() {
        EventDecoder decoder = decoder(DecodeSettings.of("EUR").withHorizonMillis(DAY));

        assertThat(reason(decoder, "2025-03-01T09:05:00Z", NINE)).isNull();
        assertThat(reason(decoder, "2025-03-01T09:05:00.001Z", NINE)).isEqualTo(Reason.FUTURE);
        assertThat(reason(decoder, "2025-02-28T09:00:00Z", NINE)).isNull();
        assertThat(reason(decoder, "2025-02-28T08:59:59.999Z", NINE)).isEqualTo(Reason.TOO_LATE);
    }

    @Test
    void withoutAsOfAndArrivalNoTimeIsTooEarlyOrTooLate() {
        assertThat(reason(decoder(DecodeSettings.of("EUR")), "1970-01-01T00:00:00Z", Fact.NO_TIME))
                .isNull();
        assertThat(reason(decoder(DecodeSettings.of("EUR")), "2199-12-31T23:59:59Z", Fact.NO_TIME))
                .isNull();
    }

    @Test
    void configurationIsJudgedByTheOneWhoKnowsIt() {
        EventDecoder decoder = new EventDecoder(
                DecodeSettings.of("EUR"),
                (topic, value) -> value.has("id") ? Optional.empty() : Optional.of("id is missing"));

        assertThat(decoder.decode(record(Topics.REPS, "{'id':'R1'}", Fact.NO_TIME))
                        .isConfiguration())
                .isTrue();
        DeadLetter letter =
                decoder.decode(record(Topics.REPS, "{}", Fact.NO_TIME)).deadLetter();
        assertThat(letter.reason()).isEqualTo(Reason.INVALID_VALUE);
        assertThat(letter.message()).isEqualTo("id is missing");
    }

    private static Reason reason(EventDecoder decoder, String time, long appendedMillis) {
        DeadLetter letter = decoder.decode(record(
                        Topics.ACTIVITIES,
                        "{'source':'crm','id':'8','kind':'call','time':'" + time + "','lead':'L1'}",
                        appendedMillis))
                .deadLetter();
        return letter == null ? null : letter.reason();
    }

    private static String call(String more) {
        return "{'source':'crm','id':'8','kind':'call','time':'2025-03-01T09:00:00Z','lead':'L1'," + more + "}";
    }

    private static SalesEvent activity(String json) {
        Decoded decoded = decode(Topics.ACTIVITIES, json);
        assertThat(decoded.deadLetter()).isNull();
        return decoded.event();
    }

    private static Decoded decode(String topic, String json, DecodeSettings settings) {
        return decoder(settings).decode(record(topic, json, Fact.NO_TIME));
    }

    private static Decoded decode(String topic, String json) {
        return decoder(DecodeSettings.of("EUR")).decode(record(topic, json, Fact.NO_TIME));
    }

    private static EventDecoder decoder(DecodeSettings settings) {
        return new EventDecoder(settings, (topic, value) -> Optional.empty());
    }

    private static RawRecord record(String topic, String json, long appendedMillis) {
        byte[] value = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return new RawRecord(topic, 0, 1, appendedMillis, null, value, List.of());
    }
}
