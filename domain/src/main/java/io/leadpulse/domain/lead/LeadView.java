package io.leadpulse.domain.lead;

import io.leadpulse.domain.activity.HourHeat;
import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.alert.AlertLife;
import io.leadpulse.domain.alert.FallOffClock;
import io.leadpulse.domain.alert.LeadClocks;
import io.leadpulse.domain.alert.StuckClock;
import io.leadpulse.domain.alert.Unowned;
import io.leadpulse.domain.behaviour.AnswerHours;
import io.leadpulse.domain.behaviour.BehaviourCounts;
import io.leadpulse.domain.behaviour.Journey;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.campaign.Touches;
import io.leadpulse.domain.contact.ContactHistory;
import io.leadpulse.domain.contact.PlannedActivity;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealValuation;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.score.Band;
import io.leadpulse.domain.score.ScoreBook;
import io.leadpulse.domain.score.ScoreCard;
import io.leadpulse.domain.stage.LeadStages;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Everything that follows from a lead's facts and deals; each part is computed when it is first asked for. A pure
 * function: equal facts and deals give equal views, whatever the order in which they came.
 */
public final class LeadView {

    /** The attribute of a lead that says when its project ends. */
    public static final String PROJECT_END = "project_end";

    /** The attribute of a lead that names the organisation of which it is the contact. */
    public static final String ORGANISATION = "organisation";

    private final LeadBook book;
    private final String lead;
    private final List<String> mergedLeads;
    private final long deletedMillis;
    private final Fact mergedBy;
    private final List<Fact> facts;
    private final DealValuation.Valued valued;
    private final List<Deal> deals;

    private ScoreCard score;
    private BehaviourCounts behaviour;
    private ContactHistory contacts;
    private LeadMilestones milestones;
    private Touches touches;
    private List<Stay> stays;
    private List<Ownership> owners;
    private List<long[]> unowned;
    private List<Alert> lateFirstContacts;
    private List<Alert> alerts;
    private long alertsAtMillis;
    private Contributions contributions;
    private final WholeContributions whole = new WholeContributions(this);
    private Contributions ofSeveral;
    private Contributions ofColdCalls;
    private Map<String, List<String>> formerIds = Map.of();

    LeadView(
            LeadBook book,
            String lead,
            List<String> mergedLeads,
            long deletedMillis,
            Fact mergedBy,
            List<Fact> facts,
            DealValuation.Valued valued) {
        this.book = book;
        this.lead = lead;
        this.mergedLeads = mergedLeads;
        this.deletedMillis = deletedMillis;
        this.mergedBy = mergedBy;
        this.facts = facts;
        this.valued = valued;
        this.deals = valued.deals();
    }

    /** The attributes that a rule of the score names in any version. */
    Set<String> fitAttributes() {
        return book.fitAttributes();
    }

    /** The lead's id. */
    public String lead() {
        return lead;
    }

    /** The leads that were merged into it, in the order of their ids. */
    public List<String> mergedLeads() {
        return mergedLeads;
    }

    /** Since when it is deleted, epoch milliseconds; {@link Fact#NO_TIME} when it is not. */
    public long deletedMillis() {
        return deletedMillis;
    }

    /** Whether it was merged into another lead of which nothing is known. */
    public boolean isMergedAway() {
        return mergedBy != null;
    }

    /** The facts that stand, and by which one nobody works on it any more. */
    List<Fact> turns() {
        if (mergedBy == null) {
            return facts;
        }
        List<Fact> turns = new ArrayList<>(facts);
        turns.add(mergedBy);
        turns.sort(Fact.CANONICAL_ORDER);
        return turns;
    }

    /** The lead's facts that stand, those of what was merged into it among them, in canonical order; see {@code Standing}. */
    public List<Fact> facts() {
        return facts;
    }

    /** The lead's deals, deleted ones included; amounts are in the company's currency. */
    public List<Deal> deals() {
        return deals;
    }

    /** How the amount of a deal was converted; null if it was told in the company's currency. */
    public DealValuation.Conversion conversionOf(Deal deal) {
        return valued.conversions().get(deal.id());
    }

    /** The score as a function of time, with its ledger. */
    public ScoreCard score() {
        if (score == null) {
            score = ScoreBook.evaluate(
                    facts, book.policy().rules(), book.policy().zone());
        }
        return score;
    }

    /** Who reached whom and when. */
    public ContactHistory contacts() {
        if (contacts == null) {
            contacts = ContactHistory.of(turns());
        }
        return contacts;
    }

    /** How often it did what, as a function of time. */
    public BehaviourCounts behaviour() {
        if (behaviour == null) {
            behaviour = BehaviourCounts.of(facts);
        }
        return behaviour;
    }

    /** What happened with it up to a time. */
    public Journey journey(long atMillis) {
        return Journey.of(facts, stays(), deals, atMillis);
    }

    /** When it answered, by the company's wall clock, up to a time. */
    public HourHeat answerHours(long atMillis) {
        return AnswerHours.of(facts, book.policy().zone(), atMillis);
    }

    /**
     * The day on which the lead's own project is to end, days since 1970-01-01, as its attribute {@link #PROJECT_END} says
     * last, such as {@code 2025-12-31}; null if it says none, or nothing that is a date.
     */
    public Long projectEndEpochDay() {
        String said = lastSaid(PROJECT_END);
        try {
            return said == null ? null : (Long) LocalDate.parse(said).toEpochDay();
        } catch (DateTimeParseException noDate) {
            return null;
        }
    }

    /**
     * The organisation of which the lead is the contact, as its attribute {@link #ORGANISATION} says last; null for a
     * contact of whom none is known. What belongs to a merged lead is read with the rest, so the newest of all holds.
     */
    public String organisation() {
        return lastSaid(ORGANISATION);
    }

    private String lastSaid(String attribute) {
        String said = null;
        for (Fact fact : facts) {
            said = fact.attributes().getOrDefault(attribute, said);
        }
        return said;
    }

    /** What the lead has become, and when. */
    public LeadMilestones milestones() {
        if (milestones == null) {
            milestones = LeadMilestones.of(this);
        }
        return milestones;
    }

    /** How campaigns reached it. */
    public Touches touches() {
        if (touches == null) {
            LeadMilestones reached = milestones();
            long qualifiedMillis = reached.marketingQualifiedMillis() == Fact.NO_TIME
                    ? Long.MAX_VALUE
                    : reached.marketingQualifiedMillis();
            for (Deal deal : deals) {
                if (!deal.deleted()) {
                    qualifiedMillis = Math.min(qualifiedMillis, deal.openedMillis());
                }
            }
            touches = Touches.of(facts, qualifiedMillis);
        }
        return touches;
    }

    /** The lead's stays in its derived stages, in order of time. */
    public List<Stay> stays() {
        if (stays == null) {
            stays = LeadStages.stays(turns(), deals);
        }
        return stays;
    }

    /** Whether somebody is to work on it: it is in a derived stage, or a deal is open. */
    public boolean isOpen() {
        if (!stays().isEmpty() && stays().get(stays().size() - 1).isOpen()) {
            return true;
        }
        for (Deal deal : deals) {
            if (!deal.deleted() && deal.outcome() == Deal.Outcome.OPEN) {
                return true;
            }
        }
        return false;
    }

    /** Who owned the lead from when on. */
    public List<Ownership> owners() {
        if (owners == null) {
            owners = LeadStages.owners(facts);
        }
        return owners;
    }

    /** The owner at a time; null when it had none. */
    public String ownerAt(long timeMillis) {
        return Ownership.at(owners(), timeMillis);
    }

    /**
     * The product of the deal opened last that names one, else that which the lead's acts named most often, the later one
     * of two; null when none was named.
     */
    public String product() {
        Deal newest = null;
        for (Deal deal : deals) {
            boolean newer = newest == null || deal.openedMillis() > newest.openedMillis();
            if (!deal.deleted() && deal.product() != null && newer) {
                newest = deal;
            }
        }
        if (newest != null) {
            return newest.product();
        }
        Map<String, Integer> times = new HashMap<>();
        String most = null;
        for (Fact fact : facts) {
            if (fact.product() != null) {
                int count = times.merge(fact.product(), 1, Integer::sum);
                most = most == null || count >= times.get(most) ? fact.product() : most;
            }
        }
        return most;
    }

    /** When it is to be worked on and nobody owns it, see {@link Unowned#spans}. */
    public List<long[]> unownedSpans() {
        if (unowned == null) {
            unowned = Unowned.spans(stays(), owners(), deals);
        }
        return unowned;
    }

    /**
     * The lead's alerts with their whole lives, steps that lie ahead as things stand included. {@link AlertLife#asOf}
     * cuts them at the watermark.
     *
     * @param nowMillis whose limits hold for what is still open, epoch milliseconds; the watermark
     */
    public List<Alert> alerts(long nowMillis) {
        if (alerts == null || alertsAtMillis != nowMillis) {
            List<Alert> raised = clocks(lead, nowMillis);
            formerIds = formerIds(raised, nowMillis);
            alerts = AlertLife.withActs(raised, formerIds, facts);
            alertsAtMillis = nowMillis;
        }
        return alerts;
    }

    /**
     * Under which ids the same causes stand with the leads that were merged into it, by the id of the alert. What was said
     * of, or done with, an alert of a member was of the same cause.
     */
    private Map<String, List<String>> formerIds(List<Alert> raised, long nowMillis) {
        if (mergedLeads.isEmpty() || raised.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> ids = new HashMap<>();
        for (String member : mergedLeads) {
            // The same alerts in the same order: of whom they are is in nothing but their ids.
            List<Alert> ofMember = clocks(member, nowMillis);
            for (int i = 0; i < raised.size(); i++) {
                ids.computeIfAbsent(raised.get(i).id(), id -> new ArrayList<>())
                        .add(ofMember.get(i).id());
            }
        }
        return ids;
    }

    /** Ids that an alert of {@link #alerts} has with the leads that were merged into this one. */
    List<String> formerIdsOf(Alert alert) {
        return formerIds.getOrDefault(alert.id(), List.of());
    }

    /** What may be told of the lead's alerts once the watermark has passed a time, with their details. */
    public List<Alert> alertsAsOf(long nowMillis) {
        return AlertDetails.of(this, AlertLife.asOf(alerts(nowMillis), nowMillis));
    }

    /** Alerts of a late first contact with their whole lives, at most one for each stay in {@code new}. */
    public List<Alert> lateFirstContacts() {
        if (lateFirstContacts == null) {
            lateFirstContacts = clocks(lead).firstContact(stays(), hotSinceMillis());
        }
        return lateFirstContacts;
    }

    /** Working time of the owners from when the first contact was wanted to it, milliseconds; null before it. */
    public Long firstContactBusinessMillis() {
        long fromMillis = contacts().firstContactStartMillis();
        long contactMillis = contacts().firstContactMillis();
        return fromMillis == Fact.NO_TIME || contactMillis == Fact.NO_TIME
                ? null
                : (Long) BusinessCalendar.businessMillisBetween(
                        book.policy().calendars().along(owners()), fromMillis, Math.max(fromMillis, contactMillis));
    }

    private LeadClocks clocks(String name) {
        return new LeadClocks(
                name,
                contacts(),
                owners(),
                book.policy().calendars(),
                book.policy().clocks());
    }

    /** The alerts as those of a lead of this name. */
    private List<Alert> clocks(String name, long nowMillis) {
        LeadPolicy policy = book.policy();
        ToLongFunction<Stay> limits = stay -> policy.limits().limitMilliDays(stay, nowMillis);
        List<PlannedActivity> planned = contacts().planned();
        LeadClocks clocks = clocks(name);
        boolean isOwn = name.equals(lead);
        List<Alert> all =
                new ArrayList<>(StuckClock.alerts(name, null, stays(), owners(), policy.calendars(), limits, planned));
        for (Deal deal : deals) {
            if (!deal.deleted()) {
                all.addAll(StuckClock.ofDeal(isOwn ? deal : deal.ofLead(name), policy.calendars(), limits, planned));
                all.addAll(clocks.expectedClosePassed(deal, policy.zone()));
            }
        }
        if (!facts.isEmpty()) {
            all.addAll(isOwn ? lateFirstContacts() : clocks.firstContact(stays(), hotSinceMillis()));
            all.addAll(clocks.replyOwed());
            all.addAll(clocks.plannedOverdue());
            all.addAll(clocks.marketingQualified(
                    milestones().marketingQualifiedMillis(), milestones().salesQualifiedMillis(), decisionsMillis()));
        }
        all.addAll(clocks.idle(stays(), deals, policy.zone()));
        all.addAll(clocks.unassigned(unownedSpans()));
        all.addAll(new FallOffClock(name, facts, owners(), stays(), deals, score(), policy.learnt(), policy.zone())
                .alerts(nowMillis));
        return all;
    }

    /** When sales said what becomes of it: accepted, rejected, or gave it a status. */
    private List<Long> decisionsMillis() {
        List<Long> decisions = new ArrayList<>();
        for (Fact fact : facts) {
            boolean decides =
                    switch (fact.kind()) {
                        case LEAD_ACCEPTED, LEAD_REJECTED -> true;
                        case LEAD_STATUS_CHANGED -> fact.status() != null;
                        default -> false;
                    };
            if (decides) {
                decisions.add(fact.timeMillis());
            }
        }
        return decisions;
    }

    /**
     * When the lead was found hot during its stays in {@code new}, at most once in each: by an act, or when the stay began.
     * A rise by the decay of negative points tells nobody.
     */
    private List<Long> hotSinceMillis() {
        List<Long> since = new ArrayList<>();
        for (Stay stay : stays()) {
            if (!stay.stage().equals(LeadStages.NEW)) {
                continue;
            }
            boolean isHot = score().band(stay.enteredMillis()) == Band.HOT;
            if (isHot) {
                since.add(stay.enteredMillis());
            }
            for (int i = 0; !isHot && i < facts.size(); i++) {
                long atMillis = facts.get(i).timeMillis();
                isHot = atMillis > stay.enteredMillis()
                        && atMillis < stay.leftMillis()
                        && score().band(atMillis) == Band.HOT;
                if (isHot) {
                    since.add(atMillis);
                }
            }
        }
        return since;
    }

    /** What the lead adds to the rollups; one object for all who ask, not to be added to. */
    public Contributions contributions() {
        if (contributions == null) {
            contributions = contributed();
        }
        return contributions;
    }

    /**
     * What it adds to the rollups less what it did as it stood before, in a fixed order: as {@link #contributions} of the one
     * minus those of the other, but most of what is the same in both is not computed.
     */
    public Map<ContributionKey, Long> changeSince(LeadView before) {
        return before.book == book
                ? ContributionChange.between(before, this)
                : contributions().minus(before.contributions());
    }

    /** What it contributes as a whole. */
    WholeContributions whole() {
        return whole;
    }

    /** What several of its activities give together, cold calls left out. Not to be added to. */
    Contributions ofSeveral() {
        if (ofSeveral == null) {
            ofSeveral = new Contributions();
            book.activityMeasures().contributeSeveral(this, ofSeveral);
        }
        return ofSeveral;
    }

    /** Takes over what several activities give, which is the same as that of an earlier view. */
    void takeOverSeveral(LeadView before) {
        ofSeveral = before.ofSeveral;
    }

    /** Takes over what cold calls give, which is the same as that of an earlier view. */
    void takeOverColdCalls(LeadView before) {
        ofColdCalls = before.ofColdCalls;
    }

    /** What its cold calls give. Not to be added to. */
    Contributions ofColdCalls() {
        if (ofColdCalls == null) {
            ofColdCalls = new Contributions();
            book.activityMeasures().contributeColdCalls(this, ofColdCalls);
        }
        return ofColdCalls;
    }

    /** What it is read by. */
    LeadBook book() {
        return book;
    }

    private Contributions contributed() {
        Contributions contributions = new Contributions();
        book.leadMeasures().contribute(this, contributions);
        book.pipelineMeasures().contribute(this, contributions);
        book.campaignMeasures().contribute(this, contributions);
        book.activityMeasures().contribute(this, contributions);
        for (Deal deal : deals) {
            book.dealMeasures().contribute(deal, contributions);
        }
        return contributions;
    }
}
