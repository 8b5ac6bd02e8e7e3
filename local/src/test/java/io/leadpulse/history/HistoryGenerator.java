package io.leadpulse.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes up a history of {@link GeneratedCompany}: some 120 days of leads with calls, mails, meetings, web behaviour, and
 * deals, in order of event time. The same seed and size give the same lines.
 *
 * <p>It contains what makes results depend on more than one event: late and missing identifications, a visitor who was two
 * leads, message ids that two visitors have, corrected versions, deals that change lead and owner, reopened, refunded and
 * deleted ones, planned work, and repeated lines. It avoids what the definitions leave open, where a different answer would prove nothing: no two events
 * of a lead have one time unless the order cannot matter, versions of a deal rise with time, a refunded deal keeps its
 * owner, a reopened one was closed for less than two days, every mail, form, file and meeting has a name.
 */
public final class HistoryGenerator {
    private static final Instant START =
            LocalDate.of(2025, 1, 6).atStartOfDay(GeneratedCompany.ZONE).toInstant();
    private static final int DAYS = 120;
    private static final int LAST_CREATION_DAY = 80;

    private static final List<String> PRODUCTS = List.of("pump", "valve", "filter");
    /** One of names that people give, one that a machine gave, one that is too long. */
    private static final List<String> TEMPLATES =
            List.of("offer", "offer v2", "reminder 2025-03", "mail 714159265", "letter ".repeat(10));

    private static final List<String> CAMPAIGNS = List.of("spring-fair", "webinar", "newsletter-3");

    private final SplittableRandom random;
    private final HistoryWriter writer;
    private final int leads;
    private final List<String> lines;
    private String visitorBefore;
    private long visitorFreeFromMillis;
    private int numbers;

    /**
     * Generates a history.
     *
     * @param seed of all randomness
     * @param leads number of leads, from 1; a lead has some 35 events
     */
    public HistoryGenerator(long seed, int leads) {
        this(seed, leads, false);
    }

    private HistoryGenerator(long seed, int leads, boolean hasMerges) {
        this.random = new SplittableRandom(seed);
        this.writer = new HistoryWriter(random, asOf().toEpochMilli());
        this.leads = leads;
        GeneratedCompany.reps().forEach(writer::rep);
        for (int number = 0; number < leads; number++) {
            tell(number);
        }
        for (int number = 0; hasMerges && number < leads; number++) {
            merge(number);
        }
        this.lines = writer.lines();
    }

    /**
     * Generates the same history with leads that are merged, taken out again, tidied up, deleted and created again.
     *
     * @param seed as above
     * @param leads as above, at least 2
     */
    public static HistoryGenerator withMerges(long seed, int leads) {
        return new HistoryGenerator(seed, leads, true);
    }

    /** The lines in order of event time, configuration first. */
    public List<String> lines() {
        return lines;
    }

    /** End of the history: later than all events. */
    public static Instant asOf() {
        return START.plus(Duration.ofDays(DAYS));
    }

    /** Start of the history; the first web behaviour may be some days earlier. */
    public static Instant start() {
        return START;
    }

    /** How often each feature was written, by name. */
    public Map<String, Integer> features() {
        return writer.features();
    }

    private void tell(int number) {
        String lead = "L-" + number;
        long createdMillis = writer.later(START.toEpochMilli(), 0, LAST_CREATION_DAY);
        create(lead, createdMillis);
        own(lead, createdMillis);
        contact(lead, createdMillis);
        web(lead, createdMillis);
        int acts = random.nextInt(2, 12);
        for (int act = 0; act < acts; act++) {
            act(lead, writer.later(createdMillis, 0.2, 70));
        }
        int plans = random.nextInt(0, 4);
        for (int plan = 0; plan < plans; plan++) {
            plan(lead, writer.later(createdMillis, 0.5, 60));
        }
        status(lead, createdMillis);
        if (chance(0.6)) {
            deal(lead, number, writer.later(createdMillis, 3, 35));
            if (chance(0.2)) {
                deal(lead, number, writer.later(createdMillis, 20, 60));
            }
        }
    }

    /** What becomes of the record of a lead: of most nothing. */
    private void merge(int number) {
        String lead = "L-" + number;
        long millis = writer.later(START.toEpochMilli(), 5, DAYS);
        if (chance(0.2)) {
            // Neighbours, so that chains and circles come about.
            int into = Math.floorMod(number + random.nextInt(1, 4) * (chance(0.7) ? 1 : -1), leads);
            ObjectNode merge =
                    writer.activity("lead_merged", id(), millis, lead).put("into", "L-" + into);
            writer.write(merge, millis);
            writer.count("merged");
            if (chance(0.15)) {
                int next = Math.floorMod(into + 1, leads);
                int other = next == number ? Math.floorMod(number + 1, leads) : next;
                writer.write(writer.corrected(merge, millis, 2).put("into", "L-" + other), millis);
                writer.count("merge corrected");
            }
            if (chance(0.4)) {
                delete(lead, writer.later(millis, -0.01, 0.01));
                writer.count("tidied up when merged");
            }
            if (chance(0.35)) {
                millis = writer.later(millis, 1, 20);
                writer.write(writer.activity("lead_unmerged", id(), millis, lead), millis);
                writer.count("unmerged");
            }
        }
        if (chance(0.06)) {
            millis = writer.later(millis, 1, 20);
            delete(lead, millis);
            writer.count("lead deleted");
            if (chance(0.4)) {
                create(lead + "-again", lead, writer.later(millis, 1, 10));
                writer.count("lead created again");
            }
        }
    }

    private void delete(String lead, long millis) {
        writer.write(writer.activity("lead_deleted", id(), millis, lead), millis);
    }

    private void create(String lead, long millis) {
        create(lead, lead, millis);
    }

    private void create(String name, String lead, long millis) {
        ObjectNode creation = writer.activity("lead_created", "created:" + name, millis, lead);
        creation.put("direction", chance(0.6) ? "inbound" : "outbound");
        creation.put("campaign", oneOf(CAMPAIGNS)).put("channel", "event").put("product", oneOf(PRODUCTS));
        creation.putObject("attributes")
                .put("industry", chance(0.5) ? "steel" : "paper")
                .put("employees", random.nextInt(5, 500));
        writer.write(creation, millis);
    }

    private void own(String lead, long createdMillis) {
        if (chance(0.05)) {
            writer.count("lead without owner");
            return;
        }
        assign(lead, writer.later(createdMillis, 0.001, 0.1), oneOf(GeneratedCompany.REPS));
        if (chance(0.2)) {
            assign(lead, writer.later(createdMillis, 2, 40), oneOf(GeneratedCompany.REPS));
            writer.count("lead reassigned");
        }
        if (chance(0.04)) {
            assign(lead, writer.later(createdMillis, 2, 40), null);
            writer.count("lead unassigned");
        }
    }

    private void assign(String lead, long millis, String rep) {
        writer.write(writer.activity("lead_assigned", id(), millis, lead).put("owner", rep), millis);
    }

    private void contact(String lead, long createdMillis) {
        if (chance(0.3)) {
            long millis = writer.later(createdMillis, 0.1, 1);
            writer.write(mail("email_sent", lead, millis).put("automatic", true), millis);
            writer.count("automatic mail");
        }
        if (chance(0.1)) {
            return;
        }
        long millis = writer.later(createdMillis, 0.05, 6);
        if (chance(0.5)) {
            call(lead, millis, "outbound");
        } else {
            writer.write(mail("email_sent", lead, millis), millis);
        }
    }

    private ObjectNode mail(String kind, String lead, long millis) {
        int letter = random.nextInt(TEMPLATES.size());
        return writer.activity(kind, id(), millis, lead)
                .put("asset", "mail-" + letter)
                .put("template", TEMPLATES.get(letter))
                .put("actor", oneOf(GeneratedCompany.REPS));
    }

    /**
     * The same activity with who did it and how long, and whether it was of a campaign; by its id and not by chance, so
     * that the other draws stay as they are.
     */
    private static ObjectNode detailed(ObjectNode act) {
        int number = Math.floorMod(act.get("id").asText().hashCode() * 31, 1_000);
        if (number % 4 != 0) {
            act.put("actor", GeneratedCompany.REPS.get(number % GeneratedCompany.REPS.size()));
        }
        if (number % 3 != 0) {
            act.put("seconds", number * 30);
        }
        return number % 5 == 0 ? act.put("campaign", CAMPAIGNS.get(number % CAMPAIGNS.size())) : act;
    }

    private static boolean isOneOf(ObjectNode act, int every) {
        return Math.floorMod(act.get("id").asText().hashCode(), every) == 0;
    }

    private void call(String lead, long millis, String direction) {
        boolean isAnswered = chance(0.6);
        boolean isShort = isAnswered && chance(0.2);
        ObjectNode call = writer.activity("call", id(), millis, lead)
                .put("actor", oneOf(GeneratedCompany.REPS))
                .put("direction", direction)
                .put("connected", isAnswered)
                .put("seconds", isShort ? random.nextInt(1, 30) : random.nextInt(30, 900));
        if (isOneOf(call, 5)) {
            call.put("cold", true);
        }
        writer.write(call, millis);
        if (chance(0.1)) {
            writer.write(
                    writer.corrected(call, millis, 2).put("connected", true).put("seconds", 120), millis);
            writer.count("corrected call");
        }
    }

    private void act(String lead, long millis) {
        switch (random.nextInt(16)) {
            case 0, 1 -> call(lead, millis, "outbound");
            case 2 -> call(lead, millis, "inbound");
            case 3 -> sent(lead, millis);
            case 4, 5 -> opened(lead, millis);
            case 6 -> writer.write(mail("email_clicked", lead, millis).put("automatic", chance(0.2)), millis);
            case 7, 8 -> writer.write(mail("email_replied", lead, millis).put("direction", "inbound"), millis);
            case 9 -> answered(lead, millis);
            case 10 -> writer.write(detailed(writer.activity("sms_sent", id(), millis, lead)), millis);
            case 11 ->
                writer.write(
                        detailed(writer.activity("demo_held", id(), millis, lead))
                                .put("product", oneOf(PRODUCTS)),
                        millis);
            case 12 ->
                writer.write(
                        writer.activity("event_visited", id(), millis, lead).put("asset", "fair-" + random.nextInt(2)),
                        millis);
            case 13 -> delivered(lead, millis);
            case 14 ->
                writer.write(
                        writer.activity("nurture_touch", id(), millis, lead).put("channel", "newsletter"), millis);
            default -> rare(lead, millis);
        }
    }

    /** A mail, now and then of a campaign and by a machine. */
    private void sent(String lead, long millis) {
        ObjectNode mail = mail("email_sent", lead, millis);
        if (isOneOf(mail, 3)) {
            mail.put("campaign", CAMPAIGNS.get(1)).put("automatic", isOneOf(mail, 2));
        }
        writer.write(mail, millis);
    }

    /** An SMS and its answer, in time or too late; now and then no more than its delivery. */
    private void answered(String lead, long sentMillis) {
        writer.write(detailed(writer.activity("sms_sent", id(), sentMillis, lead)), sentMillis);
        long millis = writer.later(sentMillis, 0.1, 6);
        ObjectNode answer = writer.activity("sms_replied", id(), millis, lead);
        if (isOneOf(answer, 4)) {
            answer.put("kind", "sms_delivered");
        }
        writer.write(answer, millis);
    }

    /** An opening; now and then told again later with the same id, where the earlier time counts. */
    private void opened(String lead, long millis) {
        ObjectNode opening = mail("email_opened", lead, millis).put("automatic", chance(0.2));
        writer.write(opening, millis);
        if (chance(0.1)) {
            long laterMillis = writer.later(millis, 0.01, 2);
            ObjectNode again = writer.corrected(opening, laterMillis, 0);
            again.remove("version");
            writer.write(again, laterMillis);
            writer.count("same id, later time");
        }
    }

    /** Two events of one time; a delivery changes nothing. */
    private void delivered(String lead, long millis) {
        writer.write(mail("email_sent", lead, millis), millis);
        writer.write(mail("email_delivered", lead, millis), millis);
        writer.count("tie of times");
    }

    private void rare(String lead, long millis) {
        switch (random.nextInt(4)) {
            case 0 -> {
                writer.write(mail("email_unsubscribed", lead, millis), millis);
                writer.count("unsubscribed");
            }
            case 1 ->
                writer.write(
                        writer.activity("lead_accepted", id(), millis, lead).put("actor", "R-1"), millis);
            case 2 -> writer.write(mail("email_bounced", lead, millis), millis);
            default -> {
                ObjectNode update = writer.activity("lead_updated", id(), millis, lead);
                update.putObject("attributes").put("industry", "glass");
                writer.write(update, millis);
            }
        }
    }

    private void plan(String lead, long millis) {
        boolean isMeeting = chance(0.6);
        String asset = (isMeeting ? "meeting-" : "task-") + numbers++;
        long dueMillis = writer.later(millis, 0.5, 20);
        planned(lead, isMeeting ? "meeting_scheduled" : "task_planned", asset, millis, dueMillis);
        if (isMeeting && chance(0.25)) {
            long againMillis = between(millis, dueMillis);
            dueMillis = writer.later(dueMillis, 0.5, 15);
            planned(lead, "meeting_rescheduled", asset, againMillis, dueMillis);
            writer.count("meeting rescheduled");
            millis = againMillis;
        }
        long endMillis = chance(0.5) ? writer.free(dueMillis + 900_000) : between(millis, dueMillis);
        String end = isMeeting
                ? oneOf(List.of(
                        "meeting_completed",
                        "meeting_completed",
                        "meeting_no_show",
                        "meeting_cancelled",
                        "meeting_declined"))
                : "task_done";
        if (chance(0.85)) {
            writer.write(detailed(writer.activity(end, id(), endMillis, lead)).put("asset", asset), endMillis);
        } else {
            writer.count("plan without end");
        }
    }

    private void planned(String lead, String kind, String asset, long millis, long dueMillis) {
        ObjectNode plan = writer.activity(kind, id(), millis, lead).put("asset", asset);
        plan.put("due", Instant.ofEpochMilli(dueMillis).toString());
        writer.write(plan.put("actor", oneOf(GeneratedCompany.REPS)), millis);
    }

    private void status(String lead, long createdMillis) {
        long millis = writer.later(createdMillis, 0.5, 5);
        status(lead, millis, "working");
        if (chance(0.2)) {
            millis = writer.later(millis, 1, 15);
            status(lead, millis, "nurture");
            millis = writer.later(millis, 3, 20);
            status(lead, millis, "working");
            writer.count("back from nurture");
        }
        if (chance(0.35)) {
            millis = writer.later(millis, 1, 20);
            status(lead, millis, "qualified");
            writer.count("qualified by status");
        }
        if (chance(0.12)) {
            millis = writer.later(millis, 5, 30);
            status(lead, millis, "disqualified");
            writer.count("disqualified");
        }
    }

    private void status(String lead, long millis, String status) {
        writer.write(writer.activity("lead_status_changed", id(), millis, lead).put("status", status), millis);
    }

    private void deal(String lead, int number, long openedMillis) {
        String otherLead = number > 0 ? "L-" + random.nextInt(number) : null;
        new DealStory(random, writer, "D-" + numbers++, lead, otherLead).tell(openedMillis);
    }

    private void web(String lead, long createdMillis) {
        if (chance(0.12)) {
            surf(null, lead, createdMillis, 5);
            writer.count("behaviour that names its lead");
            return;
        }
        String visitor = "visitor-" + numbers++;
        if (chance(0.08)) {
            surf(visitor, null, createdMillis, 3);
            writer.count("visitor whom nobody names");
            return;
        }
        long identifiedMillis = writer.later(createdMillis, -2, 9);
        if (visitorBefore != null && chance(0.3) && writer.isWithin(visitorFreeFromMillis)) {
            visitor = visitorBefore;
            identifiedMillis = writer.later(Math.max(identifiedMillis, visitorFreeFromMillis), 0, 5);
            writer.count("visitor of two leads");
        }
        surf(visitor, null, identifiedMillis - Duration.ofDays(8).toMillis(), random.nextInt(1, 10));
        writer.count("behaviour before identification");
        if (chance(0.1)) {
            page(visitor, null, writer.later(identifiedMillis, -45, -31), "/");
            writer.count("behaviour long before identification");
        }
        int firstMessage = writer.nextMessage();
        identify(visitor, lead, identifiedMillis);
        surf(visitor, null, identifiedMillis, random.nextInt(0, 8));
        surf(visitor, lead, identifiedMillis, random.nextInt(0, 3));
        if (chance(0.15)) {
            identify(visitor, lead, writer.later(identifiedMillis, 5, 20));
            writer.count("identified again");
        }
        if (chance(0.2)) {
            long deviceMillis = identifiedMillis;
            writer.sameMessagesFrom(firstMessage, () -> secondDevice(lead, deviceMillis));
            writer.count("same message id, other visitor");
        }
        visitorBefore = visitor;
        visitorFreeFromMillis = identifiedMillis + Duration.ofDays(3).toMillis();
    }

    /** Another visitor, who turns out to be the same lead. */
    private void secondDevice(String lead, long fromMillis) {
        String visitor = "visitor-" + numbers++;
        identify(visitor, lead, writer.later(fromMillis, 0, 12));
        surf(visitor, null, fromMillis, random.nextInt(1, 6));
    }

    private void identify(String visitor, String lead, long millis) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.putObject("traits").put("industry", "steel");
        writer.behaviour("identify", millis, visitor, lead, fields);
    }

    /** Acts in the 16 days after a time. */
    private void surf(String visitor, String lead, long fromMillis, int acts) {
        for (int act = 0; act < acts; act++) {
            long millis = writer.later(fromMillis, 0, 16);
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> pages(visitor, lead, millis);
                case 3 -> page(visitor, lead, millis, "/pricing");
                case 4 -> page(visitor, lead, millis, "/careers/sales");
                case 5 -> track(visitor, lead, millis, "Price List Viewed", "asset", "2025");
                case 6 -> track(visitor, lead, millis, "Asset Downloaded", "asset", "paper-" + random.nextInt(3));
                case 7 -> track(visitor, lead, millis, "Form Submitted", "form", "contact-" + random.nextInt(2));
                case 8 -> track(visitor, lead, millis, "Social Action", "post", "post-" + random.nextInt(9));
                case 9 -> track(visitor, lead, millis, "Newsletter Signed Up", "asset", "letter");
                case 10 -> track(visitor, lead, millis, "Signed Up", "asset", "site");
                case 11 -> track(visitor, lead, millis, "Video Played", "asset", "film");
                case 12 -> page(visitor, lead, millis, "/products/pump");
                default -> raiseHand(visitor, lead, millis);
            }
        }
    }

    /** Several pages of one visit, more than count on one day. */
    private void pages(String visitor, String lead, long fromMillis) {
        int pages = random.nextInt(1, 9);
        for (int page = 0; page < pages; page++) {
            page(visitor, lead, writer.free(fromMillis + page * 20_000L), "/blog/" + page);
        }
    }

    private void page(String visitor, String lead, long millis, String path) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.putObject("properties").put("path", path);
        writer.behaviour("page", millis, visitor, lead, fields);
    }

    private void raiseHand(String visitor, String lead, long millis) {
        switch (random.nextInt(5)) {
            case 0 -> track(visitor, lead, millis, "Quote Requested", "product", oneOf(PRODUCTS));
            case 1 -> {
                ObjectNode fields = JsonNodeFactory.instance.objectNode();
                fields.put("event", "Form Submitted");
                fields.putObject("properties").put("form", "demo").put("product", oneOf(PRODUCTS));
                writer.behaviour("track", millis, visitor, lead, fields);
                writer.count("demo form");
            }
            default -> track(visitor, lead, millis, "Demo Requested", "product", oneOf(PRODUCTS));
        }
    }

    private void track(String visitor, String lead, long millis, String event, String property, String value) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("event", event);
        fields.putObject("properties").put(property, value);
        writer.behaviour("track", millis, visitor, lead, fields);
    }

    private long between(long fromMillis, long toMillis) {
        return writer.free(fromMillis + 1 + random.nextLong(toMillis - fromMillis));
    }

    private String id() {
        return "e-" + numbers++;
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private String oneOf(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Number of leads asked for. */
    public int leads() {
        return leads;
    }
}
