package io.leadpulse.schemas.result;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records that stand as examples under {@code examples/}, by the example's name: one with everything, one bare. */
final class ResultSamples {
    private static final long NOON = Rfc3339.millis("2025-03-03T12:00:00Z");
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    private ResultSamples() {}

    static Map<String, LeadProfile> profiles() {
        Map<String, LeadProfile> samples = new LinkedHashMap<>();
        samples.put(
                "full",
                new LeadProfile(
                        "L-100",
                        "R-1",
                        "qualified",
                        "inbound",
                        new LeadProfile.Score(
                                100,
                                312.25,
                                "hot",
                                25,
                                287.25,
                                List.of(new GroupPoints("fit", 40, 25), new GroupPoints("engagement", 287.25, 287.25)),
                                12.5,
                                -3.0e-5),
                        new LeadProfile.Milestones(
                                NOON - 9 * DAY,
                                NOON - 8 * DAY,
                                "crm/e-17",
                                NOON - 7 * DAY,
                                NOON - 6 * DAY,
                                "no budget",
                                NOON - 5 * DAY),
                        new LeadProfile.Contacts(
                                NOON - 8 * DAY,
                                840L,
                                NOON - 2 * HOUR,
                                "call",
                                true,
                                NOON + DAY,
                                "meeting_scheduled",
                                NOON - HOUR),
                        "offer",
                        NOON - 3 * DAY,
                        new LeadProfile.Deals(1, 135_005, 2, 9_007_199_254_740_993L, 1),
                        new LeadProfile.Touches(
                                "spring-fair", "event", "newsletter-3", "email", "/blog", "contact", "buying-guide"),
                        new LeadProfile.Work("north", "pump", NOON - 8 * DAY, NOON - HOUR, "Call about the offer"),
                        List.of(
                                new LeadProfile.DealState(
                                        "D-1",
                                        "open",
                                        "offer",
                                        NOON - 3 * DAY,
                                        NOON + 4 * DAY,
                                        "7 business days",
                                        "R-1",
                                        "north",
                                        "pump",
                                        135_005L,
                                        NOON - 5 * DAY,
                                        null,
                                        20_180L,
                                        2,
                                        21,
                                        null,
                                        NOON - HOUR,
                                        new LeadProfile.Conversion("JPY", 245_463, "0.0055", 20_100)),
                                new LeadProfile.DealState(
                                        "D-0",
                                        "lost",
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        NOON - 9 * DAY,
                                        NOON - 6 * DAY,
                                        null,
                                        0,
                                        0,
                                        "price",
                                        NOON - 6 * DAY)),
                        new LeadProfile.Behaviour(
                                List.of(
                                        new LeadProfile.ActCount("web_visit", 1, 3, 7, 12, NOON - HOUR),
                                        new LeadProfile.ActCount("price_list_view", 0, 1, 1, 1, NOON - 2 * DAY)),
                                List.of(
                                        new LeadProfile.Step(NOON - 9 * DAY, "touch", "page_viewed", "spring-fair"),
                                        new LeadProfile.Step(NOON - 2 * HOUR, "message", "call", null),
                                        new LeadProfile.Step(NOON - HOUR, "stage", "offer", "D-1")),
                                4,
                                List.of(new LeadProfile.ProductPoints("pump", 61.5)),
                                3,
                                10L,
                                20_453L),
                        LeadProfile.Identity.ONE,
                        Map.of(),
                        null,
                        null,
                        "Example Steelworks Ltd",
                        NOON));
        samples.put(
                "bare",
                new LeadProfile(
                        "L-\u00e4|1",
                        null,
                        "new",
                        "unknown",
                        new LeadProfile.Score(0, -30, "cold", 0, -30, List.of(), 0, 0),
                        new LeadProfile.Milestones(null, null, null, null, null, null, null),
                        new LeadProfile.Contacts(null, null, null, null, null, null, null, null),
                        null,
                        null,
                        new LeadProfile.Deals(0, 0, 0, 0, 0),
                        LeadProfile.Touches.NONE,
                        new LeadProfile.Work(null, null, null, null, null),
                        List.of(),
                        LeadProfile.Behaviour.NONE,
                        LeadProfile.Identity.ONE,
                        Map.of(),
                        null,
                        null,
                        0));
        samples.put(
                "identity",
                new LeadProfile(
                        "L-7",
                        null,
                        "new",
                        "unknown",
                        new LeadProfile.Score(0, -30, "cold", 0, -30, List.of(), 0, 0),
                        new LeadProfile.Milestones(null, null, null, null, null, null, null),
                        new LeadProfile.Contacts(null, null, null, null, null, null, null, null),
                        null,
                        null,
                        new LeadProfile.Deals(0, 0, 0, 0, 0),
                        LeadProfile.Touches.NONE,
                        new LeadProfile.Work(null, null, null, null, null),
                        List.of(),
                        LeadProfile.Behaviour.NONE,
                        new LeadProfile.Identity("L-8", List.of("L-100", "L-9"), NOON),
                        Map.of(),
                        null,
                        null,
                        0));
        LeadProfile bare = samples.get("bare");
        samples.put(
                "ended",
                new LeadProfile(
                        "L-101",
                        "R-1",
                        "customer",
                        "inbound",
                        bare.score(),
                        bare.milestones(),
                        bare.contacts(),
                        null,
                        null,
                        new LeadProfile.Deals(0, 0, 1, 135_000, 0),
                        bare.touches(),
                        bare.work(),
                        List.of(),
                        bare.behaviour(),
                        bare.identity(),
                        Map.of("direction", "inbound", "channel", "search"),
                        new LeadProfile.Outcome(
                                true,
                                NOON,
                                "offer",
                                List.of(
                                        new LeadProfile.Passed("new", true, Map.of("demo_requested", 1L), 2 * HOUR),
                                        new LeadProfile.Passed("offer", true, Map.of("call", 2L), 3 * DAY),
                                        new LeadProfile.Passed("negotiation", false, Map.of(), 0)),
                                "hot",
                                71.5),
                        new LeadProfile.Candidate(3, 64.25, "warm", NOON - DAY),
                        NOON));
        return samples;
    }

    static Map<String, LedgerRecord> ledger() {
        LedgerRecord counted = new LedgerRecord(
                "L-100",
                Hash64.of("crm/e-17"),
                "crm/e-17",
                NOON,
                "demo_requested",
                2,
                "engagement",
                50,
                "pump",
                null,
                NOON);
        return Map.of("counted", counted, "withdrawn", counted.withdraw("deleted", NOON + 1));
    }

    static Map<String, AlertRecord> alerts() {
        return Map.of(
                "unassigned",
                new AlertRecord(
                        "9c",
                        "unassigned",
                        null,
                        "L-100",
                        null,
                        null,
                        "new",
                        NOON - HOUR,
                        "5 business minutes",
                        "raised",
                        "warning",
                        List.of(new AlertRecord.Transition("raised", NOON, "warning", null)),
                        Map.of("hand_raised", "true", "next_step", "Give it to somebody", "replaces", "9a 9b"),
                        NOON),
                "stuck",
                new AlertRecord(
                        "3f2a",
                        "stuck",
                        null,
                        "L-100",
                        "D-1",
                        "R-1",
                        "offer",
                        NOON - 9 * DAY,
                        "7 business days",
                        "resolved",
                        "critical",
                        List.of(
                                new AlertRecord.Transition("raised", NOON - 2 * DAY, "warning", null),
                                new AlertRecord.Transition("escalated", NOON - DAY, "critical", null),
                                new AlertRecord.Transition("resolved", NOON, "critical", "left stage")),
                        Map.of("median_days", "6.5", "limit_days", "7"),
                        NOON),
                "behind-pace",
                new AlertRecord(
                        "77",
                        "behind_pace",
                        "company",
                        null,
                        null,
                        null,
                        null,
                        NOON,
                        null,
                        "raised",
                        "warning",
                        List.of(new AlertRecord.Transition("raised", NOON, "warning", null)),
                        Map.of(
                                "period_kind", "month",
                                "period", "2025-03",
                                "measure", "won_amount",
                                "achieved_minor", "100000",
                                "goal_minor", "900000",
                                "expected_minor", "150000",
                                "pace_index", "0.667"),
                        NOON));
    }

    static Map<String, RollupRecord> rollups() {
        return Map.of(
                "money",
                new RollupRecord("company", "won_amount", "", "2017-06-28", Unit.MONEY, 8_228_000, NOON),
                "refunds-only",
                new RollupRecord("rep:17", "won_amount", "", RollupRecord.TOTAL, Unit.MONEY, -5, NOON),
                "count",
                new RollupRecord("team:north", "lost_by_reason", "price|quality", "2017-06-28", Unit.COUNT, 3, NOON),
                "milliseconds",
                new RollupRecord("company", "cycle_millis", "", "total", Unit.MILLISECONDS, Long.MAX_VALUE, NOON));
    }

    static Map<String, ProgressRecord> progress() {
        return Map.of(
                "month-with-goals",
                new ProgressRecord(
                        "team:north",
                        "month",
                        "2025-03",
                        "March 2025",
                        NOON - 3 * DAY,
                        NOON + 28 * DAY,
                        new ProgressRecord.Sales(8_228_000, 4238, 2473, 7000, 4238, 18_961_171_200_000L, 45.5),
                        List.of(
                                new ProgressRecord.Goal(
                                        "won_amount",
                                        Unit.MONEY,
                                        10_000_000,
                                        8_228_000,
                                        0.8228,
                                        0.9,
                                        false,
                                        9_000_000L,
                                        -772_000L,
                                        0.914_222,
                                        9_142_222L,
                                        177_200L,
                                        10.5,
                                        8L,
                                        13L,
                                        20L,
                                        90L),
                                new ProgressRecord.Goal(
                                        "won_count",
                                        Unit.COUNT,
                                        12,
                                        4,
                                        null,
                                        0.05,
                                        true,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null)),
                        Map.of("leads_needed", "5 won deals, has 2"),
                        NOON),
                "total-of-nothing",
                new ProgressRecord(
                        "rep:9",
                        "total",
                        "total",
                        null,
                        null,
                        null,
                        new ProgressRecord.Sales(0, 0, 0, 0, 0, 0, null),
                        List.of(),
                        Map.of(),
                        NOON));
    }

    static Map<String, DwellRecord> dwell() {
        return Map.of(
                "counted",
                new DwellRecord("company", "offer", 1990, 2_662_361_000_000L, 14.5, 29.25, NOON),
                "none",
                new DwellRecord("company", "demo", 0, 0, null, null, NOON));
    }

    static Map<String, DeadLetterRecord> deadLetters() {
        RawRecord full = new RawRecord(
                "crm.activities.v1",
                2,
                17,
                NOON,
                "L-100".getBytes(StandardCharsets.UTF_8),
                new byte[] {'{', (byte) 0xff},
                List.of(
                        new RawHeader("trace", "abc".getBytes(StandardCharsets.UTF_8)),
                        new RawHeader("binary", new byte[] {(byte) 0xfe}),
                        new RawHeader("nothing", null)));
        RawRecord line = new RawRecord("events.ndjson", 0, 3, Fact.NO_TIME, null, null, List.of());
        return Map.of(
                "of-a-topic",
                DeadLetterRecord.of(new DeadLetter(full, Reason.INVALID_UTF8, "the value is not valid UTF-8"), NOON),
                "of-a-file",
                DeadLetterRecord.of(new DeadLetter(line, Reason.NULL_VALUE, "the record has no value"), NOON));
    }

    static Map<String, ConservationRecord> conservation() {
        return Map.of(
                "balanced",
                new ConservationRecord(
                        100,
                        80,
                        5,
                        3,
                        2,
                        4,
                        Map.of("no_lead", 5L, "invalid_json", 1L),
                        Map.of(
                                Topics.ACTIVITIES,
                                new ConservationRecord.Source(NOON - HOUR, NOON, 3),
                                Topics.BEHAVIOUR,
                                new ConservationRecord.Source(null, null, 0)),
                        Map.of(
                                Topics.ACTIVITIES,
                                Map.of("call", 60L, "form_submitted", 4L),
                                Topics.BEHAVIOUR,
                                Map.of("form_submitted", 26L)),
                        17,
                        NOON),
                "lossy",
                new ConservationRecord(100, 80, 5, 3, 2, 4, Map.of(), Map.of(), Map.of(), 0, NOON));
    }
}
