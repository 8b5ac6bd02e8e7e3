package io.leadpulse.domain.lead;

import io.leadpulse.domain.alert.Silences;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.influence.BeforeClose;
import io.leadpulse.domain.score.Band;
import io.leadpulse.domain.score.ScoreCard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a lead ended, with what had been before: what others can be judged by. A pure function of facts and deals, so a
 * correction, a reopened deal or a deletion changes it, or takes it back, as if it had always been so.
 *
 * <p>A lead is <b>won</b> with its first won deal; what comes after that is another story. It is <b>lost</b> when nothing
 * of it is open, something was lost or it was disqualified or rejected, and it is not in nurture; then it closed when the
 * last of it did. A deleted lead is neither, though its deals stand, and one that was merged into another has nothing of
 * which it could be: what became of it is the other's.
 *
 * <p>Of what had been, only what came at least one business day of the company before the close counts as early
 * ({@link BeforeClose}).
 *
 * @param won won or lost
 * @param closedMillis when, epoch milliseconds
 * @param stageBefore where it stood one business day before: of the stays entered early the last; null if there is none
 * @param passed the stages in which it stood until the close, in the order in which it first entered them
 * @param qualifiedBand its band when it was marketing-qualified; null if that was not early
 * @param earlyScore its score {@link #EARLY_MILLIS} after it was created; null if that was not early
 */
public record LeadOutcome(
        boolean won,
        long closedMillis,
        String stageBefore,
        List<Passed> passed,
        Band qualifiedBand,
        Double earlyScore) {

    /** At this age, 24 hours, the scores of all leads are compared: an older one had more time to get points. */
    public static final long EARLY_MILLIS = ScoreCard.DAY_MILLIS;

    private static final String NURTURE = "nurture";

    private static final Comparator<Stay> BY_ENTRY = Comparator.comparingLong(Stay::enteredMillis)
            .thenComparing(Stay::leftMillis)
            .thenComparing(Stay::stage);

    /**
     * A stage in which it stood, all stays there together.
     *
     * @param stage the stage
     * @param early whether it entered the stage early
     * @param acts how often what happened early while it stood there; what machines did is left out
     * @param silenceMillis the longest time without a word of the lead there, milliseconds
     */
    public record Passed(String stage, boolean early, Map<EventKind, Integer> acts, long silenceMillis) {}

    /**
     * How a lead ended.
     *
     * @param company the company's working time
     * @return empty while it has not ended
     */
    public static Optional<LeadOutcome> of(LeadView lead, BusinessCalendar company) {
        long soldMillis = lead.milestones().firstSaleMillis();
        boolean won = soldMillis != Fact.NO_TIME;
        if (lead.deletedMillis() != Fact.NO_TIME || lead.isMergedAway() || (!won && !isLost(lead))) {
            return Optional.empty();
        }
        long closedMillis = won ? soldMillis : lostMillis(lead);
        List<Stay> stays = staysUntil(lead, closedMillis);
        int early = 0;
        while (early < stays.size() && BeforeClose.counts(stays.get(early).enteredMillis(), closedMillis, company)) {
            early++;
        }
        long qualifiedMillis = lead.milestones().marketingQualifiedMillis();
        long createdMillis = lead.milestones().createdMillis();
        long ripeMillis = createdMillis == Fact.NO_TIME ? Long.MAX_VALUE : createdMillis + EARLY_MILLIS;
        return Optional.of(new LeadOutcome(
                won,
                closedMillis,
                early == 0 ? null : stays.get(early - 1).stage(),
                passed(stays, early, lead.facts(), earlyFacts(lead.facts(), closedMillis, company)),
                qualifiedMillis != Fact.NO_TIME && isEarly(qualifiedMillis, closedMillis, company)
                        ? lead.score().band(qualifiedMillis)
                        : null,
                isEarly(ripeMillis, closedMillis, company)
                        ? (Double) lead.score().score(ripeMillis)
                        : null));
    }

    private static boolean isLost(LeadView lead) {
        if (lead.isOpen() || lead.milestones().status().equals(NURTURE)) {
            return false;
        }
        return lead.milestones().rejectedMillis() != Fact.NO_TIME
                || lead.deals().stream().anyMatch(deal -> !deal.deleted() && deal.outcome() == Deal.Outcome.LOST);
    }

    /** When the last of it ended; a rejection of what had ended before moves nothing. */
    private static long lostMillis(LeadView lead) {
        long closedMillis = Fact.NO_TIME;
        for (Stay stay : lead.stays()) {
            closedMillis = Math.max(closedMillis, stay.leftMillis());
        }
        for (Deal deal : lead.deals()) {
            if (!deal.deleted()) {
                closedMillis = Math.max(closedMillis, deal.closedMillis());
            }
        }
        return closedMillis == Fact.NO_TIME ? lead.milestones().rejectedMillis() : closedMillis;
    }

    /** All stays, of the lead itself and in its deals, that began before a time, cut there; by when they began. */
    private static List<Stay> staysUntil(LeadView lead, long untilMillis) {
        List<Stay> stays = new ArrayList<>();
        addUntil(lead.stays(), untilMillis, stays);
        for (Deal deal : lead.deals()) {
            if (!deal.deleted()) {
                addUntil(deal.stays(), untilMillis, stays);
            }
        }
        stays.sort(BY_ENTRY);
        return stays;
    }

    private static void addUntil(List<Stay> stays, long untilMillis, List<Stay> to) {
        for (Stay stay : stays) {
            if (stay.enteredMillis() < untilMillis) {
                to.add(new Stay(stay.stage(), stay.enteredMillis(), Math.min(stay.leftMillis(), untilMillis)));
            }
        }
    }

    private static List<Passed> passed(List<Stay> stays, int early, List<Fact> facts, List<Fact> earlyFacts) {
        Map<String, Passed> byStage = new LinkedHashMap<>();
        for (int i = 0; i < stays.size(); i++) {
            Stay stay = stays.get(i);
            Passed before = byStage.get(stay.stage());
            Map<EventKind, Integer> acts = new EnumMap<>(EventKind.class);
            if (before != null) {
                acts.putAll(before.acts());
            }
            if (i < early) {
                count(stay, earlyFacts, acts);
            }
            byStage.put(
                    stay.stage(),
                    new Passed(
                            stay.stage(),
                            i < early || (before != null && before.early()),
                            acts,
                            Math.max(
                                    before == null ? 0 : before.silenceMillis(), Silences.longestMillis(stay, facts))));
        }
        return List.copyOf(byStage.values());
    }

    private static void count(Stay stay, List<Fact> facts, Map<EventKind, Integer> acts) {
        for (Fact fact : facts) {
            if (isAct(fact) && fact.timeMillis() >= stay.enteredMillis() && fact.timeMillis() < stay.leftMillis()) {
                acts.merge(fact.kind(), 1, Integer::sum);
            }
        }
    }

    /** Something that the lead did or that was done with it; what the CRM notes about it is none. */
    private static boolean isAct(Fact fact) {
        return !fact.automatic()
                && switch (fact.kind()) {
                    case LEAD_CREATED,
                            LEAD_UPDATED,
                            LEAD_ASSIGNED,
                            LEAD_ACCEPTED,
                            LEAD_REJECTED,
                            LEAD_STATUS_CHANGED,
                            LEAD_CONVERTED,
                            ALERT_SNOOZED,
                            ALERT_HANDLED,
                            IDENTIFIED,
                            OTHER_BEHAVIOUR -> false;
                    default -> true;
                };
    }

    /** Facts are in order of time, and what is early is so for all before it: the first that is not is searched. */
    private static List<Fact> earlyFacts(List<Fact> facts, long closedMillis, BusinessCalendar company) {
        int low = 0;
        int high = facts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isEarly(facts.get(middle).timeMillis(), closedMillis, company)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return facts.subList(0, low);
    }

    private static boolean isEarly(long atMillis, long closedMillis, BusinessCalendar company) {
        return atMillis < closedMillis && BeforeClose.counts(atMillis, closedMillis, company);
    }
}
