package io.leadpulse.lead;

import io.leadpulse.domain.activity.HourHeat;
import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.alert.AlertCause;
import io.leadpulse.domain.alert.AlertState;
import io.leadpulse.domain.alert.AlertTransition;
import io.leadpulse.domain.alert.FallOffClock;
import io.leadpulse.domain.behaviour.Act;
import io.leadpulse.domain.behaviour.BehaviourCounts;
import io.leadpulse.domain.behaviour.Journey;
import io.leadpulse.domain.behaviour.JourneyStep;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.campaign.Arrival;
import io.leadpulse.domain.campaign.LandingPage;
import io.leadpulse.domain.campaign.Touch;
import io.leadpulse.domain.campaign.Touches;
import io.leadpulse.domain.contact.ContactHistory;
import io.leadpulse.domain.contact.PlannedActivity;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealValuation;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.figure.WholeFigure;
import io.leadpulse.domain.lead.LeadBook;
import io.leadpulse.domain.lead.LeadMilestones;
import io.leadpulse.domain.lead.LeadOutcome;
import io.leadpulse.domain.lead.LeadTraits;
import io.leadpulse.domain.lead.LeadView;
import io.leadpulse.domain.rate.Rate;
import io.leadpulse.domain.score.Band;
import io.leadpulse.domain.score.GroupScore;
import io.leadpulse.domain.score.Qualification;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.score.ScoreBook;
import io.leadpulse.domain.score.ScoreCard;
import io.leadpulse.domain.score.ScoreEntry;
import io.leadpulse.domain.score.ScoreGroup;
import io.leadpulse.domain.stage.StageLimits;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.Results;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.GroupPoints;
import io.leadpulse.schemas.result.LeadProfile;
import io.leadpulse.schemas.result.LedgerRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes what a lead's view says as records of the result topics. */
final class LeadResults {
    private static final long MINUTE_MILLIS = 60_000;
    private static final String WARNING = "warning";
    private static final String CRITICAL = "critical";

    /** In the order of what to do first; what is not named comes last. */
    private static final List<AlertCause> FIRST_THINGS_FIRST = List.of(
            AlertCause.FIRST_CONTACT,
            AlertCause.REPLY_OWED,
            AlertCause.UNASSIGNED,
            AlertCause.MARKETING_QUALIFIED,
            AlertCause.PLANNED_OVERDUE,
            AlertCause.STUCK,
            AlertCause.FALL_OFF,
            AlertCause.EXPECTED_CLOSE_PASSED,
            AlertCause.IDLE);

    /** Open deals first, then by the latest opened; of two opened at once in the order of their ids. */
    private static final Comparator<Deal> DEALS = Comparator.comparing(
                    (Deal deal) -> deal.outcome() != Deal.Outcome.OPEN)
            .thenComparing(Comparator.comparingLong(Deal::openedMillis).reversed())
            .thenComparing(Deal::id);

    private final LeadBook book;
    private final EngineContext engine;
    private final Results results;

    LeadResults(LeadBook book, EngineContext engine) {
        this.book = book;
        this.engine = engine;
        this.results = engine.results();
    }

    /**
     * The lead as of a time.
     *
     * @param mergedInto the lead that it stands under; null when it stands on its own
     * @param alerts its alerts as they were told
     */
    ResultRecord profile(LeadView view, String mergedInto, List<Alert> alerts, long asOfMillis) {
        LeadMilestones milestones = view.milestones();
        Stay stay = openStay(view);
        return results.profile(new LeadProfile(
                view.lead(),
                view.ownerAt(asOfMillis),
                milestones.status(),
                view.contacts().origin().name().toLowerCase(Locale.ROOT),
                score(view.score(), asOfMillis),
                new LeadProfile.Milestones(
                        timeOrNull(milestones.createdMillis()),
                        timeOrNull(milestones.marketingQualifiedMillis()),
                        milestones.marketingQualifiedBy(),
                        timeOrNull(milestones.acceptedMillis()),
                        timeOrNull(milestones.rejectedMillis()),
                        milestones.rejectedReason(),
                        timeOrNull(milestones.salesQualifiedMillis())),
                contacts(view),
                stay == null ? null : stay.stage(),
                stay == null ? null : (Long) stay.enteredMillis(),
                deals(view),
                touches(view),
                work(view, alerts, asOfMillis),
                dealList(view, asOfMillis),
                behaviour(view, asOfMillis),
                new LeadProfile.Identity(mergedInto, view.mergedLeads(), timeOrNull(view.deletedMillis())),
                LeadTraits.of(view),
                LeadOutcome.of(view, engine.companyCalendar())
                        .map(LeadResults::outcome)
                        .orElse(null),
                candidate(view, asOfMillis),
                view.organisation(),
                asOfMillis));
    }

    private static LeadProfile.Behaviour behaviour(LeadView view, long asOfMillis) {
        List<LeadProfile.ActCount> acts = new ArrayList<>();
        BehaviourCounts counts = view.behaviour();
        for (Act act : Act.values()) {
            int inAll = counts.inAll(act, asOfMillis);
            if (inAll > 0) {
                acts.add(new LeadProfile.ActCount(
                        act.wireName(),
                        counts.count(act, BehaviourCounts.Span.HOURS_24, asOfMillis),
                        counts.count(act, BehaviourCounts.Span.DAYS_7, asOfMillis),
                        counts.count(act, BehaviourCounts.Span.DAYS_30, asOfMillis),
                        inAll,
                        counts.latestMillis(act, asOfMillis)));
            }
        }
        Journey journey = view.journey(asOfMillis);
        List<LeadProfile.Step> steps = new ArrayList<>(journey.steps().size());
        for (JourneyStep step : journey.steps()) {
            steps.add(new LeadProfile.Step(step.atMillis(), step.type().wireName(), step.kind(), step.about()));
        }
        List<LeadProfile.ProductPoints> products = new ArrayList<>();
        view.score()
                .productInterest(asOfMillis)
                .forEach((product, points) -> products.add(new LeadProfile.ProductPoints(product, points)));
        HourHeat answers = view.answerHours(asOfMillis);
        WholeFigure hour = answers.usualAnswerHour();
        return new LeadProfile.Behaviour(
                acts,
                steps,
                journey.earlier(),
                products,
                answers.cells().values().stream().mapToLong(Rate::numerator).sum(),
                hour.value(),
                view.projectEndEpochDay());
    }

    private static LeadProfile.Outcome outcome(LeadOutcome outcome) {
        return new LeadProfile.Outcome(
                outcome.won(),
                outcome.closedMillis(),
                outcome.stageBefore(),
                outcome.passed().stream().map(LeadResults::passed).toList(),
                outcome.qualifiedBand() == null ? null : name(outcome.qualifiedBand()),
                outcome.earlyScore());
    }

    private static LeadProfile.Passed passed(LeadOutcome.Passed passed) {
        Map<String, Long> acts = new TreeMap<>();
        passed.acts().forEach((kind, count) -> acts.put(kind.wireName(), count.longValue()));
        return new LeadProfile.Passed(passed.stage(), passed.early(), acts, passed.silenceMillis());
    }

    /** The same facts read by the candidate rules; costs a second reading, and nothing while there are none. */
    private LeadProfile.Candidate candidate(LeadView view, long asOfMillis) {
        RuleTimeline rules = engine.candidateRules();
        if (rules == null) {
            return null;
        }
        ScoreCard card = ScoreBook.evaluate(view.facts(), rules, book.policy().zone());
        return new LeadProfile.Candidate(
                rules.versions().get(rules.versions().size() - 1).version(),
                card.score(asOfMillis),
                name(card.band(asOfMillis)),
                card.qualification().map(Qualification::timeMillis).orElse(null));
    }

    private static String name(Band band) {
        return band.name().toLowerCase(Locale.ROOT);
    }

    private LeadProfile.Work work(LeadView view, List<Alert> alerts, long asOfMillis) {
        List<Long> handRaises = view.contacts().handRaisesMillis();
        String nextStep = null;
        int urgency = Integer.MAX_VALUE;
        for (Alert alert : alerts) {
            String text = alert.isOpen() ? book.policy().nextSteps().of(alert) : null;
            int place = FIRST_THINGS_FIRST.indexOf(alert.cause());
            if (text != null && place >= 0 && place < urgency) {
                nextStep = text;
                urgency = place;
            }
        }
        List<long[]> unowned = view.unownedSpans();
        long[] last = unowned.isEmpty() ? null : unowned.get(unowned.size() - 1);
        return new LeadProfile.Work(
                teamOf(view.ownerAt(asOfMillis), asOfMillis),
                view.product(),
                handRaises.isEmpty() ? null : handRaises.get(handRaises.size() - 1),
                last != null && last[1] == Stay.OPEN ? (Long) last[0] : null,
                nextStep);
    }

    /** In the order of {@link #DEALS}, the first of them. */
    private List<LeadProfile.DealState> dealList(LeadView view, long asOfMillis) {
        List<Deal> deals = new ArrayList<>(view.deals().size());
        for (Deal deal : view.deals()) {
            if (!deal.deleted()) {
                deals.add(deal);
            }
        }
        deals.sort(DEALS);
        int listed = Math.min(deals.size(), LeadProfile.MAX_DEALS);
        List<LeadProfile.DealState> list = new ArrayList<>(listed);
        for (Deal deal : deals.subList(0, listed)) {
            list.add(dealState(deal, view.conversionOf(deal), asOfMillis));
        }
        return list;
    }

    private LeadProfile.DealState dealState(Deal deal, DealValuation.Conversion conversion, long asOfMillis) {
        Stay stay =
                deal.stays().isEmpty() ? null : deal.stays().get(deal.stays().size() - 1);
        long limitMilliDays = stay == null || !stay.isOpen()
                ? StageLimits.NO_LIMIT
                : book.policy().limits().limitMilliDays(stay, asOfMillis);
        boolean limited = limitMilliDays != StageLimits.NO_LIMIT;
        String owner = deal.ownerAt(deal.closedMillis());
        return new LeadProfile.DealState(
                deal.id(),
                deal.outcome().name().toLowerCase(Locale.ROOT),
                stay == null ? null : stay.stage(),
                stay == null ? null : (Long) stay.enteredMillis(),
                limited ? dueMillis(deal, stay, limitMilliDays) : null,
                limited ? businessDays(limitMilliDays) : null,
                owner,
                teamOf(owner, Math.min(asOfMillis, deal.closedMillis())),
                deal.product(),
                deal.amountMinor(),
                deal.openedMillis(),
                deal.closedMillis() == Stay.OPEN ? null : (Long) deal.closedMillis(),
                deal.expectedCloseEpochDay(),
                deal.expectedCloseMoves(),
                deal.expectedCloseMovedDays(),
                deal.reason(),
                deal.lastChangeMillis(),
                conversion == null
                        ? null
                        : new LeadProfile.Conversion(
                                conversion.currency(),
                                conversion.amountMinor(),
                                conversion.rate().toPlainString(),
                                conversion.rateEpochDay()));
    }

    /** Null when the limit is not reached within the time that a calendar can tell. */
    private Long dueMillis(Deal deal, Stay stay, long limitMilliDays) {
        long dueMillis = BusinessCalendar.dueAfterBusinessDays(
                book.policy().calendars().along(deal.owners()), stay.enteredMillis(), limitMilliDays);
        return dueMillis == BusinessCalendar.NEVER ? null : (Long) dueMillis;
    }

    private String teamOf(String rep, long atMillis) {
        return rep == null ? null : book.policy().organisation().teamOf(rep, atMillis);
    }

    /** What changed in the ledger: new and changed entries, and those that no longer count, with 0 points. */
    List<ResultRecord> ledger(LeadView before, LeadView after, long asOfMillis) {
        List<ScoreEntry> old = before.score().entries();
        List<ScoreEntry> now = after.score().entries();
        // Most of them are the same on both sides of what has come.
        int same = 0;
        int least = Math.min(old.size(), now.size());
        while (same < least && old.get(same).equals(now.get(same))) {
            same++;
        }
        int sameAtEnd = 0;
        while (sameAtEnd < least - same
                && old.get(old.size() - 1 - sameAtEnd).equals(now.get(now.size() - 1 - sameAtEnd))) {
            sameAtEnd++;
        }
        old = old.subList(same, old.size() - sameAtEnd);
        now = now.subList(same, now.size() - sameAtEnd);
        if (old.isEmpty() && now.isEmpty()) {
            return List.of();
        }
        List<ResultRecord> changed = new ArrayList<>();
        Set<ScoreEntry> unchanged = new HashSet<>(old);
        Set<EntryKey> present = new HashSet<>();
        for (ScoreEntry entry : now) {
            present.add(EntryKey.of(entry));
            if (!unchanged.contains(entry)) {
                changed.add(results.ledger(record(after.lead(), entry, asOfMillis)));
            }
        }
        for (ScoreEntry entry : old) {
            if (!present.contains(EntryKey.of(entry))) {
                String reason =
                        isKept(after, entry.factId()) ? "another event counts instead" : "event corrected or moved";
                changed.add(
                        results.ledger(record(after.lead(), entry, asOfMillis).withdraw(reason, asOfMillis)));
            }
        }
        return changed;
    }

    /** An alert as it now stands. */
    ResultRecord alert(Alert alert, boolean isRegrouped, long asOfMillis) {
        List<AlertRecord.Transition> transitions =
                new ArrayList<>(alert.transitions().size());
        String severity = WARNING;
        for (AlertTransition step : alert.transitions()) {
            if (step.kind() == AlertState.ESCALATED) {
                severity = CRITICAL;
            }
            transitions.add(new AlertRecord.Transition(
                    name(step.kind()), step.atMillis(), severity, reason(step, isRegrouped)));
        }
        return results.alert(new AlertRecord(
                alert.id(),
                alert.cause().wireName(),
                null,
                alert.lead(),
                alert.deal(),
                alert.owner(),
                alert.stage(),
                alert.enteredMillis(),
                limit(alert),
                name(alert.state()),
                severity,
                transitions,
                details(alert),
                asOfMillis));
    }

    /** The alert's own details, and what follows from the alert and the configuration alone. */
    private Map<String, String> details(Alert alert) {
        Map<String, String> details = new TreeMap<>(alert.details());
        switch (alert.cause()) {
            case PLANNED_OVERDUE -> {
                details.put("kind", alert.about());
                details.put("due", Rfc3339.text(alert.enteredMillis()));
            }
            case EXPECTED_CLOSE_PASSED -> details.put("due", alert.about());
            case FALL_OFF -> {
                details.put("sign", FallOffClock.signOf(alert).wireName());
                putIfKnown(details, "act", FallOffClock.actOf(alert));
            }
            default -> {
                // The other causes are about nothing else.
            }
        }
        if (alert.snoozedUntilMillis() != AlertTransition.NO_TIME) {
            details.put("snoozed_until", Rfc3339.text(alert.snoozedUntilMillis()));
        }
        if (alert.isOpen()) {
            putIfKnown(details, "deputy", engine.deputyOf(alert.owner(), alert.raisedMillis()));
            putIfKnown(details, "next_step", book.policy().nextSteps().of(alert));
        }
        return details;
    }

    private static void putIfKnown(Map<String, String> details, String name, String value) {
        if (value != null) {
            details.put(name, value);
        }
    }

    private static LedgerRecord record(String lead, ScoreEntry entry, long asOfMillis) {
        return new LedgerRecord(
                lead,
                entry.factId(),
                entry.event(),
                entry.timeMillis(),
                entry.ruleId(),
                entry.ruleVersion(),
                entry.group(),
                entry.points(),
                entry.product(),
                null,
                asOfMillis);
    }

    private static boolean isKept(LeadView view, long factId) {
        for (Fact fact : view.facts()) {
            if (fact.id() == factId) {
                return true;
            }
        }
        return false;
    }

    private LeadProfile.Score score(ScoreCard card, long asOfMillis) {
        Set<String> fitGroups = new HashSet<>();
        for (ScoreGroup group : book.policy().rules().at(asOfMillis).groups()) {
            if (group.type() == ScoreGroup.Type.FIT) {
                fitGroups.add(group.name());
            }
        }
        double fit = 0;
        double interest = 0;
        List<GroupPoints> groups = new ArrayList<>();
        for (GroupScore group : card.breakdown(asOfMillis)) {
            groups.add(new GroupPoints(group.group(), group.raw(), group.clamped()));
            if (fitGroups.contains(group.group())) {
                fit += group.clamped();
            } else {
                interest += group.clamped();
            }
        }
        return new LeadProfile.Score(
                card.score(asOfMillis),
                card.raw(asOfMillis),
                name(card.band(asOfMillis)),
                fit,
                interest,
                groups,
                card.momentum(asOfMillis, ScoreCard.DAY_MILLIS),
                card.momentum(asOfMillis, ScoreCard.WEEK_MILLIS));
    }

    private static LeadProfile.Contacts contacts(LeadView view) {
        ContactHistory contacts = view.contacts();
        PlannedActivity next = contacts.nextPlanned();
        boolean contacted = contacts.lastContactMillis() != Fact.NO_TIME;
        return new LeadProfile.Contacts(
                timeOrNull(contacts.firstContactMillis()),
                firstContactSeconds(view),
                timeOrNull(contacts.lastContactMillis()),
                contacted ? contacts.lastContactKind().wireName() : null,
                contacted ? (Boolean) contacts.lastContactTwoWay() : null,
                next == null ? null : (Long) next.dueMillis(),
                next == null ? null : next.kind().wireName(),
                timeOrNull(contacts.replyOwedSinceMillis()));
    }

    private static Long firstContactSeconds(LeadView view) {
        Long millis = view.firstContactBusinessMillis();
        return millis == null ? null : (Long) (millis / 1000);
    }

    private static LeadProfile.Deals deals(LeadView view) {
        long open = 0;
        long openMinor = 0;
        long won = 0;
        long wonMinor = 0;
        long lost = 0;
        for (Deal deal : view.deals()) {
            if (deal.deleted()) {
                continue;
            }
            long amountMinor = deal.amountMinor() == null ? 0 : deal.amountMinor();
            switch (deal.outcome()) {
                case OPEN -> {
                    open++;
                    openMinor = Math.addExact(openMinor, amountMinor);
                }
                case WON -> {
                    won++;
                    wonMinor = Math.addExact(wonMinor, amountMinor);
                }
                case LOST -> lost++;
            }
        }
        return new LeadProfile.Deals(open, openMinor, won, wonMinor, lost);
    }

    private static LeadProfile.Touches touches(LeadView view) {
        Touches touches = view.touches();
        Touch first = touches.first();
        Touch last = touches.last();
        return new LeadProfile.Touches(
                first == null ? null : first.campaign(),
                first == null ? null : first.channel(),
                last == null ? null : last.campaign(),
                last == null ? null : last.channel(),
                touches.landing() == null
                        ? null
                        : LandingPage.of(touches.landing().name()),
                name(touches.form()),
                name(touches.asset()));
    }

    private static String name(Arrival arrivalOrNull) {
        return arrivalOrNull == null ? null : arrivalOrNull.name();
    }

    /** Where its clock runs: in the lead's own stage, or of its open deals in the stage entered last. */
    private static Stay openStay(LeadView view) {
        Stay newest = lastOpen(view.stays(), null);
        for (Deal deal : view.deals()) {
            if (!deal.deleted()) {
                newest = lastOpen(deal.stays(), newest);
            }
        }
        return newest;
    }

    private static Stay lastOpen(List<Stay> stays, Stay known) {
        Stay last = stays.isEmpty() ? null : stays.get(stays.size() - 1);
        boolean newer =
                last != null && last.isOpen() && (known == null || last.enteredMillis() > known.enteredMillis());
        return newer ? last : known;
    }

    private static Long timeOrNull(long timeMillis) {
        return timeMillis == Fact.NO_TIME ? null : (Long) timeMillis;
    }

    private static String name(AlertState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String reason(AlertTransition step, boolean isRegrouped) {
        String takenBack = isRegrouped ? "merged" : "corrected";
        return step.kind() == AlertState.WITHDRAWN ? takenBack : null;
    }

    /** The limit in words; null where the cause has none: a day or a due time has passed. */
    private static String limit(Alert alert) {
        if (alert.limitMilliDays() != 0) {
            return businessDays(alert.limitMilliDays());
        }
        if (alert.limitMillis() == 0) {
            return null;
        }
        return alert.cause() == AlertCause.IDLE || alert.cause() == AlertCause.FALL_OFF
                ? number(alert.limitMillis(), ScoreCard.DAY_MILLIS) + " days"
                : number(alert.limitMillis(), MINUTE_MILLIS) + " business minutes";
    }

    private static String businessDays(long milliDays) {
        return number(milliDays, 1000) + " business days";
    }

    /** A number of units with at most three decimals. */
    private static String number(long value, long unit) {
        return BigDecimal.valueOf(value)
                .divide(BigDecimal.valueOf(unit), 3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** What makes a ledger entry the same entry: a later one with this key replaces it. */
    private record EntryKey(long factId, String ruleId) {
        static EntryKey of(ScoreEntry entry) {
            return new EntryKey(entry.factId(), entry.ruleId());
        }
    }
}
