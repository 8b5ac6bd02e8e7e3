package io.leadpulse.local.simulator;

import io.leadpulse.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The 90 days that lie before live, and the whole past of what was open when they began. Told lead by lead and deal by
 * deal, then put in order of arrival.
 */
final class SimulatedHistory {
    /** History has at most so many records. */
    static final int MAX_RECORDS = 150_000;
    /** The last instant of history is so long before live begins. */
    static final Duration QUIET = Duration.ofMinutes(2);

    /** Days of leads that have had their 24 hours, of which the table of sources speaks. */
    static final int TABLE_DAYS = 28;
    /** A lead that comes back on its own asks for a demo live. */
    static final String KNOWN_VISITOR = "L-90001";

    static final String KNOWN_VISITORS_BROWSER = "V-90001";
    /** A warm lead on whose mails a scanner clicks live. */
    static final String SCANNED = "L-90002";
    /** Petra's lead that raised its hand while she is away. */
    static final String WAITS_FOR_PETRA = "L-90003";

    static final int FIRST_LEAD = 20_001;

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final double LEADS_A_DAY = 2_640 / 22.4;
    /** Of leads that get a deal: marketing-qualified within 24 hours; 329 of 507. */
    private static final double FAST = 329 / 507.0;

    private static final double LATE = .027;
    private static final double DAYS_QUALIFIED = 2;
    private static final double DAYS_CONTACTED = 2;
    private static final double MOST_DAYS = 4.6;
    private static final int VIDEO_SINCE = 9;
    private static final int VIDEO_LEADS_OF_LAST_DAY = 95;
    private static final int VIDEO_LEADS_TURNING = 12;
    private static final int VIDEO_LEADS_THAT_MAY_QUALIFY = 1_150;
    /** Around the beginning and the end of the table no social lead comes, nor is it seen on a page before. */
    private static final long NO_SOCIAL = 10 * MINUTE;

    private static final int FAIR_UPLOADED_BEFORE = 17;
    private static final int FAIR_QUALIFIED_LATE = 43;
    private static final int WEBINAR_BEFORE = 13;
    private static final int ANONYMOUS_A_DAY = 100;
    private static final int ANONYMOUS_DAYS = 30;
    private static final double OUTBOUND_BY_INES = .65;

    private static final double LATE_SHARE = .01;
    private static final double DUPLICATE_SHARE = .01;
    private static final double BROKEN_SHARE = .001;

    private final long seed;
    private final SimulatedCompany company;
    private final WorkTime work;
    private final long start;
    private final long end;
    private final long tableFrom;
    private final long tableTo;
    private final long videoSince;
    private final Journal journal;
    private final LeadStory leads;
    private final DealStory deals;
    private final Contacts contacts;
    private int nextLead = FIRST_LEAD;

    /** A lead that is to come: from where, and whether it is marketing-qualified within 24 hours. */
    private record Slot(LeadSource source, boolean fast) {}

    /** A social lead that comes while the video runs, and came in the same way {@link #TABLE_DAYS} earlier. */
    private record Repeated(long created, boolean fast) {}

    /** Leads of a stretch of time that have not come yet. */
    private static final class Era {
        private final LeadTimes times;
        /** Times of social leads that are not {@link Repeated}. */
        private final LeadTimes social;

        private final Deque<Slot> fast = new ArrayDeque<>();
        private final Deque<Slot> other = new ArrayDeque<>();

        private Era(LeadTimes times, LeadTimes social) {
            this.times = times;
            this.social = social;
        }

        private LeadTimes times(LeadSource source) {
            return source == LeadSource.SOCIAL ? social : times;
        }

        private void add(List<Slot> slots, Dice dice) {
            dice.shuffle(slots);
            for (Slot slot : slots) {
                (slot.fast() ? fast : other).add(slot);
            }
        }
    }

    SimulatedHistory(long seed, SimulatedCompany company) {
        this.seed = seed;
        this.company = company;
        this.work = company.work();
        this.start = work.at(company.today() - DealPlans.DAYS, LocalTime.MIDNIGHT);
        this.end = company.startMillis() - QUIET.toMillis();
        this.tableTo = company.startMillis() - DAY;
        this.tableFrom = tableTo - TABLE_DAYS * DAY;
        this.videoSince = work.at(company.today() - VIDEO_SINCE, LocalTime.of(10, 0));
        this.journal = new Journal(end, company.money());
        this.contacts = new Contacts(company, journal);
        this.leads = new LeadStory(seed, company, journal, contacts);
        this.deals = new DealStory(company, journal, contacts);
    }

    /** First instant of the leads in the table of sources. */
    long tableFrom() {
        return tableFrom;
    }

    /** First instant after the leads in the table of sources. */
    long tableTo() {
        return tableTo;
    }

    List<SimulatedRecord> records() {
        List<Repeated> social = repeated();
        Era before = era(start, tableFrom, new LeadTimes(work, start, videoSince - TABLE_DAYS * DAY));
        Era table = table(social);
        Era recent = era(tableTo, end, new LeadTimes(work, end, end));
        for (DealPlan plan : new DealPlans(seed, company).all()) {
            dealWithItsLead(plan, before, table, recent);
        }
        scriptedLeads(table);
        rest(before);
        rest(table);
        rest(recent);
        social(social);
        video();
        fair();
        webinar();
        companyEvents();
        anonymous();
        List<SimulatedRecord> told = new ArrayList<>(journal.records());
        told.sort(Comparator.comparingLong(SimulatedRecord::arrivalMillis));
        return disturbed(told);
    }

    /** Slots of the table's days: exactly those of its sources. */
    private Era table(List<Repeated> repeated) {
        Era era = new Era(
                new LeadTimes(work, tableFrom, tableTo), new LeadTimes(work, end - TABLE_DAYS * DAY, videoSince));
        List<Slot> slots = new ArrayList<>();
        for (LeadSource source : LeadSource.ORDINARY) {
            for (int i = 0; i < source.leads(); i++) {
                slots.add(new Slot(source, i < source.qualified()));
            }
        }
        // Each of them is of these days, or came again after them.
        repeated.forEach(lead -> slots.remove(new Slot(LeadSource.SOCIAL, lead.fast())));
        era.add(slots, slotDice(tableFrom));
        return era;
    }

    /** Slots of another stretch of time, drawn by the sources' shares. */
    private Era era(long from, long to, LeadTimes social) {
        Era era = new Era(new LeadTimes(work, from, to), social);
        Dice dice = slotDice(from);
        double[] weights = new double[LeadSource.ORDINARY.size()];
        double sum = 0;
        double taken = 0;
        for (int i = 0; i < weights.length; i++) {
            LeadSource source = LeadSource.ORDINARY.get(i);
            weights[i] = source.leads() * era.times(source).days() / era.times.days();
            taken += weights[i];
            sum += source.leads();
        }
        int count = dice.near(LEADS_A_DAY * era.times.days() * taken / sum);
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LeadSource source = LeadSource.ORDINARY.get(dice.index(weights));
            slots.add(new Slot(source, dice.chance(source.rate())));
        }
        era.add(slots, dice);
        return era;
    }

    private Dice slotDice(long from) {
        return Dice.of(seed, "slots", from - start);
    }

    private void dealWithItsLead(DealPlan plan, Era before, Era table, Era recent) {
        if (plan.opened() > end + 6 * DAY) {
            return;
        }
        Dice dice = Dice.of(seed, "deal-lead", plan.number);
        long qualified =
                work.minus(plan.opened(), WorkTime.days(Math.min(MOST_DAYS, dice.logNormal(DAYS_QUALIFIED, .4))));
        long contacted = work.minus(qualified, WorkTime.days(Math.min(MOST_DAYS, dice.logNormal(DAYS_CONTACTED, .4))));
        long created = work.minus(contacted, WorkTime.days(Math.min(.95, dice.logNormal(.3, .5))));
        if (created > end) {
            return;
        }
        long late = work.minus(qualified, WorkTime.days(.1));
        boolean fast = late < created + DAY + 20 * MINUTE || dice.chance(FAST);
        Era era = created < start ? null : created < tableFrom ? before : created < tableTo ? table : recent;
        Slot slot = slot(era, created, fast, dice);
        LeadPlan lead = new LeadPlan(
                plan.lead(), slot.source(), plan.product, created, company.acting(plan.rep, created), slot.fast());
        lead.hasDeal = true;
        lead.salesQualified = qualified;
        lead.qualifiesLate = slot.fast() ? 0 : late;
        leads.tell(lead, dice);
        deals.tell(plan, dice);
    }

    private static Slot slot(Era era, long created, boolean fast, Dice dice) {
        if (era != null) {
            Iterator<Slot> slots = (fast ? era.fast : era.other).iterator();
            while (slots.hasNext()) {
                Slot slot = slots.next();
                if (era.times(slot.source()).contains(created)) {
                    slots.remove();
                    return slot;
                }
            }
        }
        return new Slot(LeadSource.ORDINARY.get(dice.below(4)), fast);
    }

    private void rest(Era era) {
        era.fast.forEach(slot -> single(slot, era.times(slot.source())));
        era.other.forEach(slot -> single(slot, era.times(slot.source())));
    }

    private void single(Slot slot, LeadTimes times) {
        Dice dice = Dice.of(seed, "lead", nextLead);
        long created = times.draw(dice);
        while (slot.source() == LeadSource.OUTBOUND_LIST && !work.isOpen(created)) {
            created = times.draw(dice);
        }
        single(slot, created, dice);
    }

    private void single(Slot slot, long created, Dice dice) {
        single(slot, created, dice, dice);
    }

    /** A lead without a deal, with chances of its own for who it is and for what becomes of it. */
    private void single(Slot slot, long created, Dice who, Dice what) {
        LeadPlan lead = lead(slot, created, who);
        boolean ordinary = slot.source().isOrdinary();
        if (ordinary && !slot.fast() && what.chance(LATE)) {
            lead.qualifiesLate = work.plus(created + DAY + HOUR, WorkTime.days(what.between(.1, 4)));
        }
        leads.tell(lead, what);
    }

    private LeadPlan lead(Slot slot, long created, Dice dice) {
        boolean byInes = slot.source() == LeadSource.OUTBOUND_LIST && dice.chance(OUTBOUND_BY_INES);
        Product product = byInes ? Product.BOOKS : Product.drawn(dice);
        String owner = byInes ? SimulatedCompany.INES : Reps.draw(company, product, created, false, dice);
        return new LeadPlan("L-" + nextLead++, slot.source(), product, created, owner, slot.fast());
    }

    /**
     * Social leads while the video runs. They are what the video is measured by, always those of the last
     * {@link #TABLE_DAYS}: one qualified lead more or less, and it would be found poor hours before the story says so, or
     * not at all. So whenever one comes to count another one ceases to, that was first seen at the same time of day and was
     * as good.
     */
    private List<Repeated> repeated() {
        LeadSource source = LeadSource.SOCIAL;
        double perDay = source.leads() / new LeadTimes(work, tableFrom, tableTo).days();
        List<Repeated> repeated = new ArrayList<>();
        Dice dice = Dice.of(seed, "repeated", 0);
        long[] mature = times(new LeadTimes(work, videoSince, tableTo - NO_SOCIAL), perDay, dice);
        for (int i = 0; i < mature.length; i++) {
            repeated.add(new Repeated(mature[i], evenly(source, i + 1) > evenly(source, i)));
        }
        long[] young = times(new LeadTimes(work, tableTo + NO_SOCIAL, end), perDay, dice);
        for (int i = 0; i < young.length; i++) {
            // The first ones: they have raised their hand before history ends.
            repeated.add(new Repeated(young[i], i < Math.round(young.length * source.rate())));
        }
        return repeated;
    }

    private static long[] times(LeadTimes times, double perDay, Dice dice) {
        return LongStream.generate(() -> times.draw(dice))
                .limit(Math.round(perDay * times.days()))
                .sorted()
                .toArray();
    }

    /** How many of the first leads of a source qualify, if each stretch of them is as good as all. */
    private static int evenly(LeadSource source, int first) {
        return first * source.qualified() / source.leads();
    }

    private void social(List<Repeated> repeated) {
        for (int i = 0; i < repeated.size(); i++) {
            Repeated lead = repeated.get(i);
            Slot slot = new Slot(LeadSource.SOCIAL, lead.fast());
            for (int days = TABLE_DAYS; days >= 0; days -= TABLE_DAYS) {
                long created = lead.created() - days * DAY;
                single(slot, created, Dice.of(seed, "lead", nextLead), Dice.of(seed, "social", i));
            }
        }
    }

    /** Many leads, few of them any good. Twelve of yesterday's pass their 24 hours in the first two minutes of live. */
    private void video() {
        LeadSource source = LeadSource.CHECKLIST_VIDEO;
        LeadTimes mature = new LeadTimes(work, videoSince, tableTo);
        Dice dice = Dice.of(seed, "video", 0);
        long[] times = LongStream.generate(() -> mature.draw(dice))
                .limit(source.leads())
                .sorted()
                .toArray();
        for (int i = 0; i < times.length; i++) {
            // Evenly, so that it is found poor when the story says so, not by a bad day before.
            boolean fast = qualifiedOf(source, i + 1) > qualifiedOf(source, i);
            single(new Slot(source, fast), times[i], Dice.of(seed, "lead", nextLead));
        }
        long apart = SECOND * LiveScript.POOR_CAMPAIGN_SECOND / VIDEO_LEADS_TURNING;
        for (int i = 1; i <= VIDEO_LEADS_TURNING; i++) {
            long created = tableTo + i * apart;
            single(new Slot(source, false), created, Dice.of(seed, "lead", nextLead));
        }
        LeadTimes young = new LeadTimes(work, tableTo + 5 * MINUTE, end);
        for (int i = 0; i < VIDEO_LEADS_OF_LAST_DAY; i++) {
            single(new Slot(source, false), young);
        }
    }

    /** How many of the first leads of a source qualify; none of the last ones, so that until then it is never in doubt. */
    private static int qualifiedOf(LeadSource source, int first) {
        int spread = Math.min(first, VIDEO_LEADS_THAT_MAY_QUALIFY);
        return (spread * source.qualified() + VIDEO_LEADS_THAT_MAY_QUALIFY - 1) / VIDEO_LEADS_THAT_MAY_QUALIFY;
    }

    /** A list that is uploaded days after the fair: it looks bad after 24 hours and is good after 14 days. */
    private void fair() {
        LeadSource source = LeadSource.TRADE_FAIR;
        long uploaded = work.at(company.today() - FAIR_UPLOADED_BEFORE, LocalTime.of(10, 0));
        for (int i = 0; i < source.leads(); i++) {
            Dice dice = Dice.of(seed, "lead", nextLead);
            LeadPlan lead = lead(new Slot(source, i < source.qualified()), uploaded + i * 1_500L, dice);
            if (i >= source.qualified() && i < source.qualified() + FAIR_QUALIFIED_LATE) {
                lead.qualifiesLate = work.plus(lead.created, WorkTime.days(dice.between(3, 7.4)));
            }
            leads.tell(lead, dice);
        }
    }

    private void webinar() {
        LeadSource source = LeadSource.PARTNER_WEBINAR;
        long began = work.at(company.today() - WEBINAR_BEFORE, LocalTime.of(15, 0));
        for (int i = 0; i < source.leads(); i++) {
            Dice dice = Dice.of(seed, "lead", nextLead);
            single(new Slot(source, i < source.qualified()), began + dice.between(0L, HOUR), dice);
        }
    }

    private void scriptedLeads(Era table) {
        Dice dice = Dice.of(seed, "scripted", 0);
        long threeDaysAgo = work.at(company.today() - 3, LocalTime.of(10, 20));
        interested(KNOWN_VISITOR, SimulatedCompany.INES, threeDaysAgo, slot(table, threeDaysAgo, false, dice));
        long released = work.at(company.today() - 1, LocalTime.of(15, 0));
        journal.act("lead_status_changed", KNOWN_VISITOR, released)
                .put("status", "nurture")
                .add();
        journal.act("lead_assigned", KNOWN_VISITOR, released + SECOND)
                .put("owner", (String) null)
                .add();

        interested(
                SCANNED, SimulatedCompany.CHIARA, threeDaysAgo + HOUR, slot(table, threeDaysAgo + HOUR, false, dice));
        journal.act("lead_status_changed", SCANNED, released + HOUR)
                .put("status", "nurture")
                .add();

        interested(
                WAITS_FOR_PETRA,
                SimulatedCompany.PETRA,
                threeDaysAgo + 2 * HOUR,
                slot(table, threeDaysAgo + 2 * HOUR, false, dice));
        journal.track(
                visitor(WAITS_FOR_PETRA),
                company.startMillis() - 6 * MINUTE,
                "Demo Requested",
                "form",
                "demo",
                Product.DESK);
    }

    static String visitor(String lead) {
        return "V-" + lead.substring(2);
    }

    /** A warm lead that has been called and not reached. */
    private void interested(String lead, String owner, long created, Slot slot) {
        Product product = owner.equals(SimulatedCompany.PETRA) ? Product.DESK : Product.BOOKS;
        String visitor = visitor(lead);
        journal.page(visitor, created - 200 * SECOND, "/", slot.source());
        journal.page(visitor, created - 160 * SECOND, "/customers", slot.source());
        journal.page(visitor, created - 100 * SECOND, "/pricing", slot.source());
        journal.identify(visitor, created - 9 * SECOND, lead, "trades", 14);
        journal.track(visitor, created - 8 * SECOND, "Form Submitted", "form", "guide", product);
        journal.track(visitor, created - 4 * SECOND, "Newsletter Signed Up", "form", "newsletter", null);
        journal.act("lead_created", lead, created)
                .put("product", product.title())
                .put("direction", "inbound")
                .put("owner", owner)
                .from(slot.source())
                .add();
        contacts.mail(lead, owner, created + 50 * MINUTE, "answer");
    }

    private void companyEvents() {
        spend(LeadSource.SEARCH_PRICE, TABLE_DAYS, 13_800);
        spend(LeadSource.CHECKLIST_VIDEO, VIDEO_SINCE, 6_200);
        spend(LeadSource.NEWSLETTER, TABLE_DAYS, 700);
        spend(LeadSource.PARTNER_WEBINAR, WEBINAR_BEFORE, 1, 3_400);
        spend(LeadSource.TRADE_FAIR, 21, 1, 12_800);
        campaign(LeadSource.CHECKLIST_VIDEO, VIDEO_SINCE);
        campaign(LeadSource.PARTNER_WEBINAR, WEBINAR_BEFORE);
        campaign(LeadSource.TRADE_FAIR, 21);
        change("sms-before-meeting", 30, "show_rate", "an SMS the day before a meeting");
        change("mail-template-2", 10, "reply_rate", "new mail template");
        change("offer-limit", 45, "win_rate", "limit of offer 14 -> 10 business days");
    }

    private void spend(LeadSource source, int days, long euros) {
        spend(source, days, days, euros);
    }

    private void spend(LeadSource source, int daysBefore, int days, long euros) {
        for (int i = 0; i < days; i++) {
            long upTo = euros * (i + 1) / days - euros * i / days;
            journal.company(
                            "campaign_spend",
                            source.campaign(),
                            work.at(company.today() - daysBefore + i, LocalTime.of(8, 0)))
                    .from(source)
                    .euros(upTo)
                    .add();
        }
    }

    private void campaign(LeadSource source, int daysBefore) {
        journal.company(
                        "campaign_started",
                        source.campaign(),
                        work.at(company.today() - daysBefore, LocalTime.of(8, 30)))
                .from(source)
                .add();
    }

    private void change(String subject, int daysBefore, String rate, String what) {
        journal.company("process_changed", subject, work.at(company.today() - daysBefore, WorkTime.OPENS))
                .put("reason", what)
                .put("rate", rate)
                .add();
    }

    /** Visitors who never say who they are; not so far back that they would have been dropped by now. */
    private void anonymous() {
        LeadTimes times = new LeadTimes(work, end - ANONYMOUS_DAYS * DAY, end);
        long count = Math.round(ANONYMOUS_A_DAY * times.days());
        for (int i = 0; i < count; i++) {
            Dice dice = Dice.of(seed, "anonymous", i);
            long at = times.draw(dice);
            int pages = 1 + dice.below(2);
            for (int page = 0; page < pages; page++) {
                journal.page("V-a" + i, at + page * dice.between(20, 90) * SECOND, "/", LeadSource.ORGANIC);
            }
        }
    }

    /** Of the web's events 1 % come late, 1 % twice, and .1 % of what comes is broken. */
    private List<SimulatedRecord> disturbed(List<SimulatedRecord> told) {
        List<SimulatedRecord> records = new ArrayList<>(told.size() + told.size() / 50);
        int number = 0;
        for (SimulatedRecord record : told) {
            if (!record.topic().equals(Topics.BEHAVIOUR)) {
                records.add(record);
                continue;
            }
            Dice dice = Dice.of(seed, "web", number++);
            long late = dice.chance(LATE_SHARE) ? dice.between(5 * MINUTE, 40 * MINUTE) : 0;
            SimulatedRecord arrived = at(record, record.arrivalMillis() + late, record.kind());
            records.add(arrived);
            if (dice.chance(DUPLICATE_SHARE)) {
                records.add(at(record, arrived.arrivalMillis() + SECOND, SimulatedRecord.Kind.DUPLICATE));
            }
            if (dice.chance(BROKEN_SHARE)) {
                records.add(broken(number, arrived.arrivalMillis()));
            }
        }
        records.sort(Comparator.comparingLong(SimulatedRecord::arrivalMillis));
        return List.copyOf(records);
    }

    private SimulatedRecord at(SimulatedRecord record, long arrivalMillis, SimulatedRecord.Kind kind) {
        return new SimulatedRecord(record.topic(), record.key(), record.value(), Math.min(end, arrivalMillis), kind);
    }

    /** A record that no producer should send. */
    static SimulatedRecord broken(long number, long arrivalMillis) {
        String visitor = "V-broken" + number;
        String value =
                switch ((int) Math.floorMod(number, 4L)) {
                    case 0 -> "{\"type\":\"page\",\"anonymousId\":\"" + visitor + "\"";
                    case 1 ->
                        "{\"type\":\"page\",\"anonymousId\":\"" + visitor
                                + "\",\"timestamp\":\"yesterday\",\"messageId\":\"m\"}";
                    case 2 ->
                        "{\"type\":\"page\",\"anonymousId\":\"" + visitor
                                + "\",\"timestamp\":\"2026-01-05T10:00:00Z\"}";
                    default -> "{\"type\":\"hover\",\"anonymousId\":\"" + visitor + "\",\"messageId\":\"m\"}";
                };
        return new SimulatedRecord(
                Topics.BEHAVIOUR,
                visitor,
                value.getBytes(StandardCharsets.UTF_8),
                arrivalMillis,
                SimulatedRecord.Kind.BROKEN);
    }
}
