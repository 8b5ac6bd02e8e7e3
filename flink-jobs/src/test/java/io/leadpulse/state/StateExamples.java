package io.leadpulse.state;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.alert.AlertCause;
import io.leadpulse.domain.alert.AlertState;
import io.leadpulse.domain.alert.AlertTransition;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.deal.ExpectedClose;
import io.leadpulse.domain.deal.OpenSpan;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Refund;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.identity.Visitor;
import io.leadpulse.domain.identity.VisitorRecord;
import io.leadpulse.identity.DealState;
import io.leadpulse.identity.DealStateSerializer;
import io.leadpulse.identity.VisitorState;
import io.leadpulse.identity.VisitorStateSerializer;
import io.leadpulse.lead.LeadPart;
import io.leadpulse.lead.LeadState;
import io.leadpulse.lead.LeadStateSerializer;
import io.leadpulse.lead.MergedLeadState;
import io.leadpulse.lead.MergedLeadStateSerializer;
import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.event.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataOutputSerializer;

/** One value of each state in which every field says something, and every way of writing it is taken; the golden bytes are theirs. */
final class StateExamples {
    private static final long NOON = 1_741_003_200_000L;
    private static final long HOUR = 3_600_000;
    private static final ConfigVersion VERSION = new ConfigVersion(3, 300);

    private StateExamples() {}

    /** Prints the lines of {@code state-forms.txt} that are of the newest forms, for a form that is new there. */
    public static void main(String[] arguments) throws IOException {
        for (Map.Entry<String, Object> each : all().entrySet()) {
            StateSerializer<Object> serializer = serializer(each.getKey());
            DataOutputSerializer bytes = new DataOutputSerializer(64);
            serializer.serialize(each.getValue(), bytes);
            System.out.println(each.getKey()
                    + '.'
                    + serializer.newestForm()
                    + ' '
                    + HexFormat.of().formatHex(bytes.getCopyOfBuffer()));
        }
    }

    /** By the name of their type. */
    static Map<String, Object> all() {
        Map<String, Object> all = new TreeMap<>();
        all.put("DealState", deals());
        all.put("LeadState", lead());
        all.put("MergedLeadState", mergedLead());
        all.put("VisitorState", visitor());
        return all;
    }

    @SuppressWarnings("unchecked")
    static StateSerializer<Object> serializer(String name) {
        return (StateSerializer<Object>)
                switch (name) {
                    case "DealState" -> (StateSerializer<?>) new DealStateSerializer();
                    case "LeadState" -> new LeadStateSerializer();
                    case "MergedLeadState" -> new MergedLeadStateSerializer();
                    case "VisitorState" -> new VisitorStateSerializer();
                    default -> throw new IllegalArgumentException(name);
                };
    }

    private static LeadState lead() {
        return new LeadState(
                facts(),
                List.of(deal()),
                List.of(alert(), plainAlert()),
                NOON + 9 * HOUR,
                NOON + 8 * HOUR + 1,
                VERSION,
                "L-7",
                "L-8",
                NOON,
                137);
    }

    private static List<Fact> facts() {
        return List.of(
                Fact.of(Hash64.of("crm/e-1000001"), "crm/e-1000001", NOON, EventKind.LEAD_CREATED),
                of("crm/e-1000017", NOON + 61_001, EventKind.CALL)
                        .actor("ann")
                        .direction(Direction.OUTBOUND)
                        .cold(true)
                        .connected(true)
                        .seconds(95)
                        .build(),
                of("web:v-1/6f9619ff-8b86-4011-b42d-00c04fc964ff", NOON + HOUR, EventKind.PAGE_VIEWED)
                        .asset("/pricing")
                        .campaign("spring")
                        .channel("cpc")
                        .direction(Direction.INBOUND)
                        .build(),
                of("crm/5f2b1c0a9d", NOON + HOUR, EventKind.EMAIL_SENT)
                        .actor("ann")
                        .automatic(true)
                        .template("follow-up")
                        .version(2)
                        .build(),
                of("crm/L-7-meeting", NOON + 2 * HOUR, EventKind.MEETING_SCHEDULED)
                        .actor("\u0631\u0636\u0627")
                        .dueMillis(NOON + 50 * HOUR)
                        .product("pump")
                        .build(),
                Fact.builder(-5, "crm/e-0", NOON + 3 * HOUR, EventKind.LEAD_STATUS_CHANGED)
                        .status("disqualified")
                        .reason("no budget \u2013 later")
                        .owner("ann")
                        .attributes(texts("industry", "pumps", "city", "K\u00f6ln"))
                        .build(),
                of("crm/e-1000002", NOON + 4 * HOUR, EventKind.ALERT_SNOOZED)
                        .alert("00ff00ff00ff00ff")
                        .dueMillis(Fact.NO_TIME)
                        .build());
    }

    private static Fact.Builder of(String event, long timeMillis, EventKind kind) {
        return Fact.builder(Hash64.of(event), event, timeMillis, kind).contentHash(Hash64.of(event + "?"));
    }

    private static Deal deal() {
        return new Deal(
                "D-12",
                "L-7",
                NOON + HOUR,
                Stay.OPEN,
                Deal.Outcome.LOST,
                true,
                1_200_050L,
                "USD",
                "pump",
                "price",
                "Acme",
                List.of(new ExpectedClose(20_200, NOON + HOUR), new ExpectedClose(20_230, NOON + 2 * HOUR)),
                List.of(new Stay("demo", NOON + HOUR, NOON + 2 * HOUR), new Stay("offer", NOON + 2 * HOUR, Stay.OPEN)),
                List.of(new Ownership("ann", NOON + HOUR), new Ownership(null, NOON + 2 * HOUR)),
                List.of(new Refund(NOON + 3 * HOUR, 500, null), new Refund(NOON + 4 * HOUR, 1, "EUR")),
                List.of(new OpenSpan(NOON + HOUR, NOON + 2 * HOUR), new OpenSpan(NOON + 3 * HOUR, Stay.OPEN)),
                NOON + 4 * HOUR);
    }

    private static Alert alert() {
        return new Alert(
                "00ff00ff00ff00ff",
                "L-7",
                "D-12",
                AlertCause.STUCK,
                "offer",
                "task",
                NOON + 2 * HOUR,
                7_000,
                0,
                NOON + 100 * HOUR,
                "ann",
                AlertState.SNOOZED,
                List.of(
                        new AlertTransition(AlertState.RAISED, NOON + 100 * HOUR),
                        new AlertTransition(AlertState.SNOOZED, NOON + 101 * HOUR, NOON + 124 * HOUR)),
                texts("next", "call", "industry", "pumps"));
    }

    private static Alert plainAlert() {
        return new Alert(
                "another",
                "L-7",
                null,
                AlertCause.MARKETING_QUALIFIED,
                null,
                null,
                NOON,
                0,
                HOUR,
                NOON,
                null,
                AlertState.WITHDRAWN,
                List.of(),
                Map.of());
    }

    private static MergedLeadState mergedLead() {
        return new MergedLeadState(
                List.of(
                        new LeadPart("L-7", facts(), List.of(deal()), NOON + 8 * HOUR, VERSION, null, 0),
                        new LeadPart("L-9", List.of(), List.of(), Long.MIN_VALUE, ConfigVersion.FILE, "L-7", NOON)),
                "L-1",
                List.of(alert()),
                LeadState.NO_TIMER,
                NOON + 9 * HOUR,
                VERSION,
                137);
    }

    private static DealState deals() {
        return new DealState(
                List.of(
                        new DealEvent(
                                Hash64.of("crm/D-12-opened"),
                                "crm/D-12-opened",
                                NOON + HOUR,
                                EventKind.DEAL_OPENED,
                                0,
                                Hash64.of("?"),
                                "L-7",
                                "ann",
                                "demo",
                                null,
                                null,
                                1_200_050L,
                                null,
                                "pump",
                                20_200L),
                        new DealEvent(
                                12,
                                "crm/D-12-lost",
                                NOON + 4 * HOUR,
                                EventKind.DEAL_LOST,
                                2,
                                0,
                                "L-7",
                                null,
                                null,
                                "price",
                                "Acme",
                                null,
                                "USD",
                                null,
                                null)),
                "L-7",
                NOON + 100_000 * HOUR);
    }

    private static VisitorState visitor() {
        Fact page = facts().get(2);
        Fact form = of("web:v-1/m8", NOON + 2 * HOUR, EventKind.FORM_SUBMITTED).build();
        RawRecord first = new RawRecord(
                "web.behaviour.v1",
                3,
                1_000,
                NOON + HOUR + 7,
                utf8("v-1"),
                utf8("{}"),
                List.of(new RawHeader("trace", utf8("x")), new RawHeader("none", null)));
        RawRecord second =
                new RawRecord("web.behaviour.v1", 3, 1_002, Fact.NO_TIME, utf8("v-1"), null, List.of(), "file/3");
        Map<Long, RawRecord> arrivals = new LinkedHashMap<>();
        arrivals.put(page.id(), first);
        arrivals.put(form.id(), second);
        return new VisitorState(
                new Visitor(
                        List.of(new VisitorRecord(page, null, "L-7"), new VisitorRecord(form, "L-7", null)),
                        List.of(new VisitorRecord(facts().get(0), "L-7", null))),
                arrivals,
                NOON + 1_440 * HOUR,
                137);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> texts(String... namesAndValues) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            texts.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return texts;
    }
}
