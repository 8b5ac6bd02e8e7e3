package io.leadpulse.lead;

import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.alert.AlertState;
import io.leadpulse.domain.alert.AlertTransition;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.contact.ContactHistory;
import io.leadpulse.domain.contact.PlannedActivity;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.lead.LeadBook;
import io.leadpulse.domain.lead.LeadMilestones;
import io.leadpulse.domain.lead.LeadView;
import io.leadpulse.domain.score.GroupScore;
import io.leadpulse.domain.score.ScoreCard;
import io.leadpulse.domain.score.ScoreEntry;
import io.leadpulse.domain.score.ScoreGroup;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.engine.Results;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.GroupPoints;
import io.leadpulse.schemas.result.LeadProfile;
import io.leadpulse.schemas.result.LedgerRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes what a lead's view says as records of the result topics. */
final class LeadResults {
    private static final String WARNING = "warning";
    private static final String CRITICAL = "critical";

    private final LeadBook book;
    private final Results results;

    LeadResults(LeadBook book, Results results) {
        this.book = book;
        this.results = results;
    }

    /** The lead as of a time. */
    ResultRecord profile(LeadView view, long asOfMillis) {
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
                asOfMillis));
    }

    /** What changed in the ledger: new and changed entries, and those that no longer count, with 0 points. */
    List<ResultRecord> ledger(LeadView before, LeadView after, long asOfMillis) {
        List<ScoreEntry> old = before.score().entries();
        List<ScoreEntry> now = after.score().entries();
        if (old.equals(now)) {
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
    ResultRecord alert(Alert alert, long asOfMillis) {
        List<AlertRecord.Transition> transitions =
                new ArrayList<>(alert.transitions().size());
        String severity = WARNING;
        for (AlertTransition step : alert.transitions()) {
            if (step.kind() == AlertState.ESCALATED) {
                severity = CRITICAL;
            }
            transitions.add(new AlertRecord.Transition(name(step.kind()), step.atMillis(), severity, reason(step)));
        }
        return results.alert(new AlertRecord(
                alert.id(),
                alert.cause().name().toLowerCase(Locale.ROOT),
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
                Map.of(),
                asOfMillis));
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
                card.band(asOfMillis).name().toLowerCase(Locale.ROOT),
                fit,
                interest,
                groups,
                card.momentum(asOfMillis, ScoreCard.DAY_MILLIS),
                card.momentum(asOfMillis, ScoreCard.WEEK_MILLIS));
    }

    private LeadProfile.Contacts contacts(LeadView view) {
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

    private Long firstContactSeconds(LeadView view) {
        ContactHistory contacts = view.contacts();
        if (contacts.firstContactMillis() == Fact.NO_TIME || contacts.firstContactStartMillis() == Fact.NO_TIME) {
            return null;
        }
        return BusinessCalendar.businessMillisBetween(
                        book.policy().calendars().along(view.owners()),
                        contacts.firstContactStartMillis(),
                        Math.max(contacts.firstContactStartMillis(), contacts.firstContactMillis()))
                / 1000;
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

    /** First and last touch of a campaign; the last only up to when the lead was qualified or got a deal. */
    private static LeadProfile.Touches touches(LeadView view) {
        LeadMilestones milestones = view.milestones();
        long untilMillis = Math.min(
                orForever(milestones.marketingQualifiedMillis()), orForever(milestones.salesQualifiedMillis()));
        Fact first = null;
        Fact last = null;
        for (Fact fact : view.facts()) {
            if (fact.campaign() != null) {
                first = first == null ? fact : first;
                last = fact.timeMillis() <= untilMillis || last == null ? fact : last;
            }
        }
        return first == null
                ? new LeadProfile.Touches(null, null, null, null)
                : new LeadProfile.Touches(first.campaign(), first.channel(), last.campaign(), last.channel());
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

    private static long orForever(long timeMillis) {
        return timeMillis == Fact.NO_TIME ? Long.MAX_VALUE : timeMillis;
    }

    private static Long timeOrNull(long timeMillis) {
        return timeMillis == Fact.NO_TIME ? null : (Long) timeMillis;
    }

    private static String name(AlertState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String reason(AlertTransition step) {
        return step.kind() == AlertState.WITHDRAWN ? "corrected" : null;
    }

    private static String limit(Alert alert) {
        return alert.limitMilliDays() != 0
                ? BigDecimal.valueOf(alert.limitMilliDays(), 3)
                                .stripTrailingZeros()
                                .toPlainString() + " business days"
                : BigDecimal.valueOf(alert.limitMillis(), 3)
                                .divide(BigDecimal.valueOf(60))
                                .stripTrailingZeros()
                                .toPlainString()
                        + " minutes";
    }

    /** What makes a ledger entry the same entry: a later one with this key replaces it. */
    private record EntryKey(long factId, String ruleId) {
        static EntryKey of(ScoreEntry entry) {
            return new EntryKey(entry.factId(), entry.ruleId());
        }
    }
}
