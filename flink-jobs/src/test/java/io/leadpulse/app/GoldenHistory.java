package io.leadpulse.app;

import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.tick.Tick;
import io.leadpulse.schemas.tick.TickCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The input from which a release's golden savepoint is made: some days of a small company in which everything happens that
 * leaves a trace in state, and some days after the savepoint that need every such trace. All topics have one partition, so
 * that offsets are places in this list.
 *
 * <p>Only the writer uses it; a release's test reads what is committed.
 */
final class GoldenHistory {
    static final String CONFIG = """
            company: {name: Example Pumps, zone: Europe/Berlin, currency: EUR}
            retention_days: 3650
            deal_stages:
              - {name: demo, limit_business_days: 3}
              - {name: offer, limit_business_days: 5}
            lead_stages:
              contacted: {limit_business_days: 2}
            """;

    private static final Instant MONDAY = Instant.parse("2025-03-03T08:00:00Z");
    private static final int LEADS = 12;
    private static final int DAY = 24 * 60;
    private static final int SAVED = 9 * DAY;
    /** More than two months later: what waits for an identification no longer does. */
    private static final int END = 80 * DAY;

    private final List<Happening> happenings = new ArrayList<>();

    private GoldenHistory() {}

    /** What is sent before the savepoint. */
    static List<ProducerRecord<byte[], byte[]>> before() {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(rep("R-1", "2025-01-01", "'name':'A. Ahrens','team':'north','deputy':'R-3'"));
        records.add(rep("R-2", "2025-01-01", "'name':'B. Boll','team':'south'"));
        records.add(rep("R-3", "2025-01-01", "'name':'C. Cohn','team':'north'"));
        records.add(goal("company", "2025-01-01", "'measure':'won_amount','period_kind':'month','amount':'20000.00'"));
        records.add(goal("team:north", "2025-01-01", "'measure':'won_count','period_kind':'week','count':2"));
        records.add(goal("rep:R-2", "2025-01-01", "'measure':'activities:call','period_kind':'day','count':2"));
        records.add(rules(2, "2025-03-05", 2));
        GoldenHistory history = new GoldenHistory();
        for (int lead = 1; lead <= LEADS; lead++) {
            history.lead(lead);
        }
        history.web();
        history.records();
        history.clock("saved", SAVED);
        records.addAll(history.inOrder());
        // A repeated record, one that another version replaces, and broken ones.
        records.add(find(records, "L-1-call"));
        records.add(record(
                Topics.ACTIVITIES, "L-1", text(find(records, "L-1-mail")).replace("'lead'", "'version':2,'lead'")));
        records.add(record(Topics.ACTIVITIES, "L-1", "{not json"));
        records.add(record(Topics.BEHAVIOUR, "v-1", "{'type':'page','messageId':'m-nobody'}"));
        records.add(tick(SAVED + 10, Set.of(Topics.BEHAVIOUR)));
        return records;
    }

    /** What is sent after the savepoint: it happens in the days after it, or before. */
    static List<ProducerRecord<byte[], byte[]>> after() {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(tick(SAVED + 60, Set.of()));
        records.add(rep("R-3", "2025-04-01", "'name':'C. Cohn','team':'south'"));
        records.add(goal("company", "2025-05-01", "'measure':'won_amount','period_kind':'month','amount':'30000.00'"));
        records.add(rules(3, "2025-04-01", 3));
        GoldenHistory history = new GoldenHistory();
        history.lead(LEADS + 1);
        // What was held finds its lead, and what had one moves.
        history.web("v-2", "identify", "late", SAVED + 20, "'userId':'L-2'");
        history.web("v-1", "page", "more", SAVED + 25, "'properties':{'path':'/pumps'}");
        // Late, corrected, moved and reopened: all need what is kept of the deal.
        history.deal(4, "deal_won", "won", 3 * DAY + 240, "'amount':'9000.00','version':5");
        history.happens(
                Topics.ACTIVITIES,
                "L-9",
                SAVED + 30,
                activity("D-8-moved", "deal_updated", SAVED + 30, "L-9", "'deal':'D-8','version':9"));
        history.deal(6, "deal_reopened", "reopened", SAVED + 40, "'stage':'offer','version':7");
        history.deal(2, "deal_won", "won", SAVED + 45, "'amount':'5000.00','version':8");
        // Taken out, merged by way of another, and deleted while others are merged into it.
        history.act(10, "lead_unmerged", "unmerged", SAVED + 46, "'actor':'R-9'");
        history.act(9, "lead_merged", "merged", SAVED + 47, "'actor':'R-9','into':'L-7'");
        history.act(7, "lead_merged", "merged", SAVED + 48, "'actor':'R-9','into':'L-1'");
        history.act(1, "lead_deleted", "deleted", 6 * DAY, "'actor':'R-9'");
        history.spend("200.00", 2 * DAY, ",'version':2");
        history.act(12, "lead_assigned", "assigned", SAVED + 50, "'owner':'R-2','actor':'R-9'");
        history.act(7, "call", "again", 5 * DAY, "'actor':'R-1','direction':'outbound','connected':true");
        history.clock("later", SAVED + 3 * DAY);
        records.addAll(history.inOrder());
        List<ProducerRecord<byte[], byte[]>> earlier = before();
        // Known already, which only state can tell; and an older version of what a newer one has replaced.
        records.add(find(earlier, "L-3-call"));
        records.add(find(earlier, "m-v-1-1"));
        records.add(find(earlier, "D-4-opened"));
        records.add(find(earlier, "L-1-mail"));
        return records;
    }

    /**
     * What is sent when all of {@link #after} has its fate, since time must not get there earlier: months later something of
     * every lead and rep at one time, so that all say where they stand at that time.
     */
    static List<ProducerRecord<byte[], byte[]>> end() {
        GoldenHistory closing = new GoldenHistory();
        closing.clock("end", END);
        for (int lead = 1; lead <= LEADS + 1; lead++) {
            closing.act(lead, "call", "closing", END + 60, "'actor':'%s'".formatted(owner(lead)));
        }
        closing.clock("closing", END + 60);
        return closing.inOrder();
    }

    /** One more record, which changes nothing but how many came; when it has a fate, all before it were told. */
    static ProducerRecord<byte[], byte[]> last() {
        return record(Topics.ACTIVITIES, "L-1", "the last one");
    }

    /** A call that was not there before, to set sums in motion. */
    static ProducerRecord<byte[], byte[]> stir(int number) {
        GoldenHistory history = new GoldenHistory();
        history.act(1, "call", "stir-" + number, SAVED, "'actor':'R-2'");
        return history.inOrder().get(0);
    }

    private void lead(int lead) {
        int at = lead % 4 * DAY + lead;
        String actor = "'actor':'%s'".formatted(owner(lead));
        act(
                lead,
                "lead_created",
                "created",
                at,
                "'direction':'inbound','campaign':'spring-fair','channel':'event','product':'pump',"
                        + "'attributes':{'industry':'steel','employees':50}");
        if (lead != LEADS) {
            act(lead, "lead_assigned", "assigned", at + 10, "'owner':'%s','actor':'R-9'".formatted(owner(lead)));
            act(lead, "call", "call", at + 20, actor + ",'direction':'outbound','connected':true,'seconds':90");
            act(lead, "email_sent", "mail", at + 30, actor + ",'direction':'outbound','asset':'mail-" + lead + "'");
        }
        act(lead, "asset_downloaded", "asset", at + 40, "'asset':'list-" + lead + "','product':'pump'");
        if (lead % 2 == 0) {
            act(lead, "email_replied", "reply", at + 60, "'direction':'inbound','asset':'mail-" + lead + "'");
            deal(lead, "deal_opened", "opened", at + 120, "'stage':'demo','expected_close':'2025-03-07'");
        }
        if (lead % 3 == 0) {
            act(lead, "demo_requested", "demo", at + 70, "'product':'pump'");
            act(
                    lead,
                    "task_planned",
                    "task",
                    at + 80,
                    actor + ",'asset':'t-" + lead + "','due':'" + at(at + DAY) + "'");
        }
        if (lead % 4 == 0) {
            deal(lead, "deal_stage_changed", "offer", at + 180, "'stage':'offer','version':2");
            deal(lead, "deal_won", "won", at + 240, "'version':3");
        } else if (lead == 6) {
            deal(lead, "deal_lost", "lost", at + 200, "'reason':'price','competitor':'ACME','version':3");
        } else if (lead == 11) {
            act(lead, "lead_rejected", "rejected", at + 100, actor + ",'reason':'no budget'");
        }
    }

    /** What was said of the leads' own records, and what a campaign cost. */
    private void records() {
        act(10, "lead_merged", "merged", 4 * DAY, "'actor':'R-9','into':'L-2'");
        act(5, "lead_merged", "merged", 4 * DAY + 1, "'actor':'R-9','into':'L-1'");
        act(11, "lead_deleted", "deleted", 4 * DAY + 2, "'actor':'R-9'");
        spend("250.00", 2 * DAY, "");
    }

    private void spend(String amount, int minute, String more) {
        happens(
                Topics.COMPANY_EVENTS,
                "spring-fair",
                minute,
                "{'source':'ads','id':'s-1','kind':'campaign_spend','time':'%s','subject':'spring-fair','channel':'event','amount':'%s','currency':'EUR'%s}"
                        .formatted(at(minute), amount, more));
    }

    private void web() {
        for (int page = 1; page <= 3; page++) {
            web("v-1", "page", String.valueOf(page), DAY + page, "'properties':{'path':'/prices'}");
            web("v-2", "page", String.valueOf(page), 2 * DAY + page, "'context':{'campaign':{'name':'spring-fair'}}");
            web("v-3", "page", String.valueOf(page), 3 * DAY + page, "'properties':{'path':'/pumps'}");
            web("v-3", "track", "form-" + page, 3 * DAY + page, "'event':'Form Viewed','properties':{'form':'trial'}");
        }
        web("v-1", "identify", "who", DAY + 10, "'userId':'L-1','traits':{'industry':'steel'}");
        web("v-1", "track", "list", DAY + 20, "'event':'Price List Viewed','properties':{}");
        // v-3 is never identified.
        happens(
                Topics.COMPANY_EVENTS,
                "spring-fair",
                0,
                "{'source':'ads','id':'c-1','kind':'campaign_started','time':'%s','subject':'spring-fair','channel':'event'}"
                        .formatted(at(0)));
    }

    /** In every topic of events something that happens then, to move its clock. */
    private void clock(String name, int minute) {
        act(0, "call", "clock-" + name, minute, "'actor':'R-1'");
        web("v-0", "page", "clock-" + name, minute, "'properties':{}");
        happens(
                Topics.COMPANY_EVENTS,
                "clock",
                minute,
                "{'source':'ads','id':'clock-%s','kind':'process_changed','time':'%s','subject':'clock'}"
                        .formatted(name, at(minute)));
    }

    private void act(int lead, String kind, String name, int minute, String more) {
        String key = "L-" + lead;
        happens(Topics.ACTIVITIES, key, minute, activity(key + "-" + name, kind, minute, key, more));
    }

    private void deal(int lead, String kind, String name, int minute, String more) {
        String key = "L-" + lead;
        String deal = "'deal':'D-%d','owner':'%s','currency':'EUR',%s"
                .formatted(
                        lead, owner(lead), more.contains("'amount'") ? more : "'amount':'" + lead + "000.50'," + more);
        happens(Topics.ACTIVITIES, key, minute, activity("D-" + lead + "-" + name, kind, minute, key, deal));
    }

    private void web(String visitor, String type, String name, int minute, String more) {
        happens(
                Topics.BEHAVIOUR,
                visitor,
                minute,
                "{'type':'%s','messageId':'m-%s-%s','anonymousId':'%s','timestamp':'%s',%s}"
                        .formatted(type, visitor, name, visitor, at(minute), more));
    }

    private void happens(String topic, String key, int minute, String value) {
        happenings.add(new Happening(minute, record(topic, key, value)));
    }

    private List<ProducerRecord<byte[], byte[]>> inOrder() {
        return happenings.stream()
                .sorted(Comparator.comparingInt(Happening::minute))
                .map(Happening::record)
                .toList();
    }

    private static String activity(String id, String kind, int minute, String lead, String more) {
        return "{'source':'crm','id':'%s','kind':'%s','time':'%s','lead':'%s',%s}"
                .formatted(id, kind, at(minute), lead, more);
    }

    private static String owner(int lead) {
        return "R-" + (1 + lead % 3);
    }

    private static String at(int minute) {
        return MONDAY.plusSeconds(minute * 60L).toString();
    }

    private static ProducerRecord<byte[], byte[]> rep(String id, String from, String more) {
        return record(
                Topics.REPS,
                id + "|" + from,
                "{'id':'%s','effective_from':'%sT00:00:00Z',%s}".formatted(id, from, more));
    }

    private static ProducerRecord<byte[], byte[]> goal(String scope, String from, String more) {
        return record(
                Topics.GOALS,
                scope + "|" + from,
                "{'scope':'%s','effective_from':'%sT00:00:00Z',%s%s}"
                        .formatted(scope, from, more, more.contains("'amount'") ? ",'currency':'EUR'" : ""));
    }

    private static ProducerRecord<byte[], byte[]> rules(int version, String from, int points) {
        return record(
                Topics.RULES,
                "rules|" + from,
                "{'version':%d,'effective_from':'%sT00:00:00Z','score':{'points':{'page_view':%d}}}"
                        .formatted(version, from, points));
    }

    private static ProducerRecord<byte[], byte[]> tick(int minute, Set<String> silent) {
        long millis = MONDAY.plusSeconds(minute * 60L).toEpochMilli();
        return new ProducerRecord<>(Topics.TICKS, 0, bytes("tick"), TickCodec.encode(new Tick(millis, silent)));
    }

    /** The record that says this id. */
    private static ProducerRecord<byte[], byte[]> find(List<ProducerRecord<byte[], byte[]>> records, String id) {
        return records.stream()
                .filter(each -> text(each).contains("'" + id + "'"))
                .findFirst()
                .map(each -> new ProducerRecord<>(each.topic(), 0, each.key(), each.value()))
                .orElseThrow();
    }

    private static String text(ProducerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8).replace('"', '\'');
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
        return new ProducerRecord<>(topic, 0, bytes(key), bytes(value.replace('\'', '"')));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A record with its minute after the first Monday's morning. */
    private record Happening(int minute, ProducerRecord<byte[], byte[]> record) {}
}
