package io.leadpulse.local.simulator;

import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What happens live: the background (2 to 6 web events a second, a lead every 45 seconds, some mail) and, at their seconds,
 * the beats of the story.
 */
public final class LiveScript {
    /** A known visitor reads the prices twice and asks for a demo. */
    public static final int DEMO_REQUEST_SECOND = 40;
    /** A deal of 1,350 is won. */
    public static final int FIRST_WIN_SECOND = 70;
    /** The twelfth of yesterday's leads of the video has had its 24 hours. Nothing is sent. */
    public static final int POOR_CAMPAIGN_SECOND = 120;
    /** Darya's largest offer turns critical. Nothing is sent. */
    public static final int CRITICAL_SECOND = 150;
    /** A deal of 2,480 is won. */
    public static final int SECOND_WIN_SECOND = 200;
    /** The deal of 18,400 six days ago was one of 1,840. */
    public static final int CORRECTION_SECOND = 260;
    /** From here the CRM is silent for {@link #SILENCE_SECONDS}. */
    public static final int SILENCE_SECOND = 320;
    /** How long the CRM is silent. */
    public static final int SILENCE_SECONDS = 90;
    /** A lead unsubscribes and misses a second meeting. */
    public static final int FALLING_OFF_SECOND = 420;
    /** A scanner clicks 40 times on a lead's mails. */
    public static final int CLICKS_SECOND = 480;
    /** A deal of 410 is booked for yesterday. */
    public static final int BACK_DATED_SECOND = 540;
    /** After so many seconds the beats are over. */
    public static final int BEATS_END_SECOND = 560;

    private static final int CLICKS = 40;
    private static final long SECOND = 1_000;
    private static final int MOST_LATE_SECONDS = 300;
    private static final int LEAST_LATE_SECONDS = 60;
    private static final int LEAD_EVERY = 45;
    private static final int LEAD_AT = 20;
    private static final int TOUCH_EVERY = 8;
    private static final int TOUCHED_LEADS = 6_000;
    private static final int FIRST_LEAD = 80_000;
    private static final int CONTACT_AFTER = 600;
    private static final int CONTACT_SPREAD = 900;
    private static final int BROWSERS_A_MINUTE = 40;
    private static final double CONNECTED = .22;
    private static final int CALL_SECONDS = 95;
    private static final double LATE = .01;
    private static final double DUPLICATE = .01;
    private static final double BROKEN = .001;
    private static final List<String> PAGES =
            List.of("/", "/books", "/desk", "/field", "/customers", "/blog/checklist");

    private final long seed;
    private final SimulatedCompany company;
    private final boolean quiet;
    private final List<SimulatedRecord> beats;

    LiveScript(long seed, SimulatedCompany company, boolean quiet) {
        this.seed = seed;
        this.company = company;
        this.quiet = quiet;
        this.beats = quiet ? List.of() : beats();
    }

    /**
     * What arrives in [from, to), in order of arrival. A pure function of the times: asked twice, the same records with
     * the same ids come again, which the engine counts as duplicates.
     *
     * @param fromMillis first instant, epoch milliseconds; may lie before live begins (background only)
     * @param toMillis first instant after it
     */
    public List<SimulatedRecord> between(long fromMillis, long toMillis) {
        List<SimulatedRecord> records = new ArrayList<>();
        long first = Math.floorDiv(fromMillis - company.startMillis(), SECOND) - 2;
        long last = Math.floorDiv(toMillis - company.startMillis(), SECOND);
        // What comes late, or after the silence, was begun that much earlier.
        for (long second = first - MOST_LATE_SECONDS; second <= last; second++) {
            web(second, fromMillis, records);
        }
        for (long second = first - SILENCE_SECONDS; second <= last; second++) {
            crm(second, records);
        }
        records.addAll(beats);
        records.removeIf(record -> record.arrivalMillis() < fromMillis || record.arrivalMillis() >= toMillis);
        records.sort(Comparator.comparingLong(SimulatedRecord::arrivalMillis));
        return records;
    }

    private long at(long second) {
        return company.startMillis() + second * SECOND;
    }

    /** Visitors who are not known; 1 % of it late, 1 % twice, .1 % broken. What comes long before an instant may be missing. */
    private void web(long second, long fromMillis, List<SimulatedRecord> records) {
        Dice dice = Dice.of(seed, "live", second);
        int count = 2 + dice.below(5);
        for (int i = 0; i < count; i++) {
            String visitor = "V-b" + Math.floorDiv(second, 60) + '-' + dice.below(BROWSERS_A_MINUTE);
            long millis = at(second) + dice.between(0L, SECOND);
            String path = dice.any(PAGES);
            boolean late = dice.chance(LATE);
            long arrival = millis + (late ? dice.between(LEAST_LATE_SECONDS, MOST_LATE_SECONDS) * SECOND : 0);
            boolean twice = dice.chance(DUPLICATE);
            boolean broken = dice.chance(BROKEN);
            if (arrival + SECOND < fromMillis) {
                continue;
            }
            SimulatedRecord record = page(visitor, "live" + second + '-' + i, millis, path, arrival);
            records.add(record);
            if (twice) {
                records.add(new SimulatedRecord(
                        record.topic(),
                        record.key(),
                        record.value(),
                        arrival + SECOND / 2,
                        SimulatedRecord.Kind.DUPLICATE));
            }
            if (broken) {
                records.add(SimulatedHistory.broken(second, arrival));
            }
        }
    }

    private static SimulatedRecord page(String visitor, String id, long millis, String path, long arrivalMillis) {
        String value =
                "{\"type\":\"page\",\"messageId\":\"%s\",\"anonymousId\":\"%s\",\"timestamp\":\"%s\",\"properties\":{\"path\":\"%s\"}}"
                        .formatted(id, visitor, Rfc3339.text(millis), path);
        return new SimulatedRecord(
                Topics.BEHAVIOUR,
                visitor,
                value.getBytes(StandardCharsets.UTF_8),
                arrivalMillis,
                SimulatedRecord.Kind.EVENT);
    }

    /** New leads, what is done for them, and mail to those that are not followed any more. */
    private void crm(long second, List<SimulatedRecord> records) {
        Journal journal = new Journal(Long.MAX_VALUE, company.money());
        if (Math.floorMod(second, LEAD_EVERY) == LEAD_AT) {
            lead(Math.floorDiv(second, LEAD_EVERY), journal);
        }
        long newest = Math.floorDiv(second - CONTACT_AFTER, LEAD_EVERY);
        for (long number = newest - CONTACT_SPREAD / LEAD_EVERY - 1; number <= newest; number++) {
            if (contactSecond(number) == second) {
                boolean connected = Dice.of(seed, "live-contact", number).chance(CONNECTED);
                journal.act("call", leadId(number), at(second), "call" + second)
                        .put("actor", owner(number))
                        .put("direction", "outbound")
                        .put("connected", connected)
                        .put("seconds", connected ? CALL_SECONDS : 0)
                        .add();
            }
        }
        if (Math.floorMod(second, TOUCH_EVERY) == 0) {
            int touched =
                    SimulatedHistory.FIRST_LEAD + Dice.of(seed, "touch", second).below(TOUCHED_LEADS);
            journal.act("nurture_touch", "L-" + touched, at(second), "touch" + second)
                    .put("automatic", true)
                    .put("channel", "newsletter")
                    .put("asset", "newsletter-weekly")
                    .add();
        }
        for (SimulatedRecord record : journal.records()) {
            boolean isCrm = record.topic().equals(Topics.ACTIVITIES);
            records.add(isCrm ? afterSilence(record) : record);
        }
    }

    /** While the CRM is silent nothing of it arrives; it comes all at once when it speaks again. */
    private SimulatedRecord afterSilence(SimulatedRecord record) {
        long spoken = at(SILENCE_SECOND + SILENCE_SECONDS);
        boolean silent = !quiet && record.arrivalMillis() >= at(SILENCE_SECOND) && record.arrivalMillis() < spoken;
        return silent
                ? new SimulatedRecord(record.topic(), record.key(), record.value(), spoken, record.kind())
                : record;
    }

    private static String leadId(long number) {
        return "L-" + (FIRST_LEAD + number);
    }

    private String owner(long number) {
        return Reps.draw(company, Product.BOOKS, company.startMillis(), true, Dice.of(seed, "live-owner", number));
    }

    private long contactSecond(long number) {
        int after = Dice.of(seed, "live-after", number).below(CONTACT_SPREAD);
        return number * LEAD_EVERY + LEAD_AT + CONTACT_AFTER + after;
    }

    private void lead(long number, Journal journal) {
        Dice dice = Dice.of(seed, "live-lead", number);
        LeadSource source = dice.any(List.of(LeadSource.SEARCH_PRICE, LeadSource.ORGANIC, LeadSource.CHECKLIST_VIDEO));
        long millis = at(number * LEAD_EVERY + LEAD_AT);
        String lead = leadId(number);
        String visitor = SimulatedHistory.visitor(lead);
        journal.page(visitor, millis, "/books", source);
        journal.identify(visitor, millis + 300, lead, "retail", 1 + dice.below(30));
        journal.act("lead_created", lead, millis + 600)
                .put("product", Product.BOOKS.title())
                .put("direction", "inbound")
                .put("owner", owner(number))
                .from(source)
                .add();
    }

    private List<SimulatedRecord> beats() {
        Journal journal = new Journal(Long.MAX_VALUE, company.money());
        List<DealPlan> deals = new DealPlans(seed, company).all();
        String visitor = SimulatedHistory.KNOWN_VISITORS_BROWSER;
        journal.page(visitor, at(DEMO_REQUEST_SECOND), "/pricing", null, "demo-1");
        journal.page(visitor, at(DEMO_REQUEST_SECOND) + 3 * SECOND, "/pricing", null, "demo-2");
        journal.demoRequest(visitor, at(DEMO_REQUEST_SECOND) + 5 * SECOND, Product.BOOKS, "demo-3");
        journal.act(
                        "lead_status_changed",
                        SimulatedHistory.KNOWN_VISITOR,
                        at(DEMO_REQUEST_SECOND) + 6 * SECOND,
                        "demo-4")
                .put("status", "new")
                .add();

        win(journal, deal(deals, DealPlans.WON_AT_70), at(FIRST_WIN_SECOND));
        win(journal, deal(deals, DealPlans.WON_AT_200), at(SECOND_WIN_SECOND));
        fallOff(journal, deal(deals, DealPlans.FALLING_OFF_AT_420));
        for (int i = 0; i < CLICKS; i++) {
            journal.act("email_clicked", SimulatedHistory.SCANNED, at(CLICKS_SECOND) + i * SECOND / 5, "scan-" + i)
                    .put("asset", "mail-" + i)
                    .put("automatic", true)
                    .add();
        }
        List<SimulatedRecord> beats = new ArrayList<>(journal.records());
        DealPlan mistyped = deal(deals, DealPlans.MISTYPED);
        beats.add(DealStory.won(journal, mistyped, mistyped.closed, mistyped.amount)
                .put("version", 1)
                .record(at(CORRECTION_SECOND), SimulatedRecord.Kind.CORRECTION));
        DealPlan backDated = deal(deals, DealPlans.BACK_DATED_AT_540);
        long yesterday = company.work().at(company.today() - 1, LocalTime.of(15, 40));
        beats.add(DealStory.won(journal, backDated, yesterday, backDated.amount)
                .record(at(BACK_DATED_SECOND), SimulatedRecord.Kind.EVENT));
        return List.copyOf(beats);
    }

    private static DealPlan deal(List<DealPlan> deals, int number) {
        return deals.stream().filter(plan -> plan.number == number).findFirst().orElseThrow();
    }

    private static void win(Journal journal, DealPlan plan, long millis) {
        DealStory.won(journal, plan, millis, plan.amount).add();
    }

    private void fallOff(Journal journal, DealPlan plan) {
        journal.act("email_unsubscribed", plan.lead(), at(FALLING_OFF_SECOND), "fall-1")
                .add();
        journal.act("meeting_no_show", plan.lead(), at(FALLING_OFF_SECOND) + SECOND, "fall-2")
                .put("deal", plan.deal())
                .put("actor", plan.rep)
                .put("asset", plan.deal() + "-m")
                .add();
    }
}
