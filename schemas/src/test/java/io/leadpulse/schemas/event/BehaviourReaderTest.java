package io.leadpulse.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BehaviourReaderTest {
    private static final DecodeSettings SETTINGS = DecodeSettings.of("EUR");

    @Test
    void theErrorOfTheDevicesClockIsTakenOut() {
        SalesEvent event =
                read("'type':'page','originalTimestamp':'2031-01-01T00:00:00Z','sentAt':'2031-01-01T00:00:03Z',"
                        + "'receivedAt':'2025-03-01T09:00:10Z','timestamp':'2025-03-01T08:00:00Z'");

        assertThat(event.timeMillis()).isEqualTo(Rfc3339.millis("2025-03-01T09:00:07Z"));
    }

    @Test
    void withoutAllThreeTimesTheStatedTimeCountsElseTheDevices() {
        assertThat(read("'type':'page','originalTimestamp':'2025-03-01T07:00:00Z','timestamp':'2025-03-01T08:00:00Z',"
                                + "'receivedAt':'2025-03-01T09:00:00Z'")
                        .timeMillis())
                .isEqualTo(Rfc3339.millis("2025-03-01T08:00:00Z"));
        assertThat(read("'type':'page','originalTimestamp':'2025-03-01T07:00:00Z'")
                        .timeMillis())
                .isEqualTo(Rfc3339.millis("2025-03-01T07:00:00Z"));
    }

    @Test
    void aMessageThatIsDeliveredAgainHasTheSameContent() {
        String once = "'type':'track','event':'Signed Up','originalTimestamp':'2025-03-01T09:00:00Z',"
                + "'sentAt':'2025-03-01T09:00:01Z','receivedAt':'2025-03-01T09:00:02Z'";

        assertThat(read(once.replace(":01Z", ":31Z").replace(":02Z", ":33Z")).contentHash())
                .isEqualTo(read(once).contentHash());
        assertThat(read(once.replace("Signed", "Logged")).contentHash())
                .isNotEqualTo(read(once).contentHash());
    }

    @Test
    void anIdentifyWithUserNamesTheVisitorAndKeepsOnlyConfiguredTraits() {
        SalesEvent event = read("'type':'identify','userId':'L1','traits':{'industry':'steel','employees':50,"
                + "'email':'a@example.org','company':{'name':'x'}},'timestamp':'2025-03-01T09:00:00Z'");

        assertThat(event.kind()).isEqualTo(EventKind.IDENTIFIED);
        assertThat(event.lead()).isEqualTo("L1");
        assertThat(event.anonymousId()).isEqualTo("v-1");
        assertThat(event.attributes()).isEqualTo(Map.of("industry", "steel", "employees", "50"));
        assertThat(event.event()).isEqualTo("web:v-1/m-1");
    }

    @Test
    void aMessageIdOfTwoVisitorsIsTwoEvents() {
        List<SalesEvent> events = Stream.of("'m'", "'m','anonymousId':'v'", "'m','anonymousId':'w'", "'v/m'")
                .map(ids -> decode(
                        SETTINGS,
                        "{'type':'page','userId':'L1','timestamp':'2025-03-01T09:00:00Z','messageId':" + ids + "}"))
                .toList();

        assertThat(events).extracting(SalesEvent::event).containsExactly("web/m", "web:v/m", "web:w/m", "web/v/m");
        assertThat(events).extracting(SalesEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void idsWithSlashesAreNotMistakenForEachOther() {
        String one = "{'type':'page','timestamp':'2025-03-01T09:00:00Z','anonymousId':'%s','messageId':'%s'}";

        assertThat(decode(SETTINGS, one.formatted("a/b", "c")).event()).isEqualTo("web:a%2Fb/c");
        assertThat(decode(SETTINGS, one.formatted("a", "b/c")).event()).isEqualTo("web:a/b/c");
        assertThat(decode(SETTINGS, one.formatted("a%2Fb", "c")).event()).isEqualTo("web:a%252Fb/c");
    }

    @ParameterizedTest
    @CsvSource({"identify", "group", "alias"})
    void whatNamesNoLeadIsOtherBehaviour(String type) {
        SalesEvent event = read("'type':'" + type + "','timestamp':'2025-03-01T09:00:00Z'");

        assertThat(event.kind()).isEqualTo(EventKind.OTHER_BEHAVIOUR);
        assertThat(event.asset()).isEqualTo(type);
        assertThat(event.lead()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/, PAGE_VIEWED, /",
        "/careers, CAREERS_PAGE_VIEWED, /careers",
        "/careers/, CAREERS_PAGE_VIEWED, /careers",
        "/careers/welder?x=1#top, CAREERS_PAGE_VIEWED, /careers/welder",
        "/careersday, PAGE_VIEWED, /careersday",
        "/pricing, PRICE_LIST_VIEWED, /pricing"
    })
    void aPagesPathDecidesItsKind(String path, EventKind kind, String asset) {
        SalesEvent byPath = read(
                "'type':'page','name':'N','properties':{'path':'" + path + "'},'timestamp':'2025-03-01T09:00:00Z'");
        SalesEvent byAddress = read("'type':'page','context':{'page':{'url':'https://example.org" + path
                + "'}},'timestamp':'2025-03-01T09:00:00Z'");

        assertThat(byPath.kind()).isEqualTo(kind);
        assertThat(byPath.asset()).isEqualTo(asset);
        assertThat(byAddress.kind()).isEqualTo(kind);
        assertThat(byAddress.asset()).isEqualTo(asset);
    }

    @Test
    void theLongestConfiguredPathCounts() {
        DecodeSettings settings = SETTINGS.withBehaviour(
                Map.of(),
                Map.of("/a", EventKind.CAREERS_PAGE_VIEWED, "/a/b", EventKind.PRICE_LIST_VIEWED),
                Set.of(),
                Set.of());

        assertThat(read(settings, "'type':'page','properties':{'path':'/a/b/c'},'timestamp':'2025-03-01T09:00:00Z'")
                        .kind())
                .isEqualTo(EventKind.PRICE_LIST_VIEWED);
    }

    @ParameterizedTest
    @CsvSource({
        "Price List Viewed, PRICE_LIST_VIEWED, catalogue",
        "price_list_viewed, PRICE_LIST_VIEWED, catalogue",
        "price-list-viewed, PRICE_LIST_VIEWED, catalogue",
        "Call Back Requested, CALLBACK_REQUESTED, catalogue",
        "Form Started, FORM_STARTED, contact",
        "Form Submitted, FORM_SUBMITTED, contact",
        "Video Played, OTHER_BEHAVIOUR, Video Played"
    })
    void anActsNameDecidesItsKind(String name, EventKind kind, String asset) {
        SalesEvent event = read(
                "'type':'track','event':'" + name
                        + "','properties':{'asset':'catalogue','form':'contact','product':7},'timestamp':'2025-03-01T09:00:00Z'");

        assertThat(event.kind()).isEqualTo(kind);
        assertThat(event.asset()).isEqualTo(asset);
        assertThat(event.product()).isEqualTo("7");
    }

    @Test
    void aSubmittedDemoFormIsADemoRequestOnly() {
        SalesEvent event = read("'type':'track','event':'Form Submitted','properties':{'form':'demo'},"
                + "'timestamp':'2025-03-01T09:00:00Z'");

        assertThat(event.kind()).isEqualTo(EventKind.DEMO_REQUESTED);
        assertThat(read("'type':'track','event':'Form Viewed','properties':{'form':'demo'},"
                                + "'timestamp':'2025-03-01T09:00:00Z'")
                        .kind())
                .isEqualTo(EventKind.FORM_VIEWED);
    }

    @Test
    void campaignAndMachinesAreReadAndForeignShapesAreIgnored() {
        SalesEvent event = read("'type':'page','context':{'campaign':{'name':'spring','medium':'email'},'bot':true},"
                + "'timestamp':'2025-03-01T09:00:00Z'");
        assertThat(event.campaign()).isEqualTo("spring");
        assertThat(event.channel()).isEqualTo("email");
        assertThat(event.automatic()).isTrue();

        SalesEvent foreign = read("'type':'page','context':{'campaign':[1],'page':7,'bot':'no'},"
                + "'properties':{'path':{},'automatic':1,'product':['x']},'timestamp':'2025-03-01T09:00:00Z'");
        assertThat(foreign.campaign()).isNull();
        assertThat(foreign.automatic()).isFalse();
        assertThat(foreign.product()).isNull();
    }

    private static SalesEvent read(String fields) {
        return read(SETTINGS, fields);
    }

    private static SalesEvent read(DecodeSettings settings, String fields) {
        return decode(settings, "{'messageId':'m-1','anonymousId':'v-1'," + fields + "}");
    }

    private static SalesEvent decode(DecodeSettings settings, String json) {
        byte[] value = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Decoded decoded = new EventDecoder(settings, (topic, node) -> Optional.empty())
                .decode(new RawRecord(Topics.BEHAVIOUR, 0, 1, Fact.NO_TIME, null, value, List.of()));
        assertThat(decoded.deadLetter()).isNull();
        return decoded.event();
    }
}
