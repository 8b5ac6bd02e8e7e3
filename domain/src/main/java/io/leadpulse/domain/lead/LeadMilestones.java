package io.leadpulse.domain.lead;

import io.leadpulse.domain.contact.ContactHistory;
import io.leadpulse.domain.contact.ContactRules;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.Deal.Outcome;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.score.Qualification;
import java.util.Locale;

/**
 * What a lead has become, and when. Four facts, four times: marketing-qualified by its score or a raised hand, accepted
 * by sales, sales-qualified, and a customer. Times are epoch milliseconds, {@link Fact#NO_TIME} when it has not happened.
 *
 * @param createdMillis {@code lead_created}, else its first fact
 * @param marketingQualifiedMillis when its score first reached the threshold, or it raised its hand
 * @param marketingQualifiedBy idempotency key of the event that did it; null when none did
 * @param acceptedMillis first outbound attempt by a person, or the rep's acceptance, whichever was first
 * @param rejectedMillis last rejection or disqualification that still stands: until another status, a rejection also
 *     until an acceptance
 * @param rejectedReason its reason; null when not given
 * @param salesQualifiedMillis when its status first became qualified, or its first deal was opened
 * @param firstSaleMillis when its first deal was won
 * @param status new, working, nurture, qualified, disqualified or customer
 */
public record LeadMilestones(
        long createdMillis,
        long marketingQualifiedMillis,
        String marketingQualifiedBy,
        long acceptedMillis,
        long rejectedMillis,
        String rejectedReason,
        long salesQualifiedMillis,
        long firstSaleMillis,
        String status) {

    private static final String NEW = "new";
    private static final String WORKING = "working";
    private static final String QUALIFIED = "qualified";
    private static final String DISQUALIFIED = "disqualified";
    private static final String CUSTOMER = "customer";

    static LeadMilestones of(LeadView view) {
        Reading reading = new Reading();
        for (Fact fact : view.facts()) {
            reading.read(fact);
        }
        for (Deal deal : view.deals()) {
            if (!deal.deleted()) {
                reading.read(deal);
            }
        }
        return reading.milestones(view.contacts(), view.score().qualification().orElse(null));
    }

    private static final class Reading {
        private long acceptedMillis = Fact.NO_TIME;
        private long rejectedMillis = Fact.NO_TIME;
        private String rejectedReason;
        private long salesQualifiedMillis = Fact.NO_TIME;
        private long firstSaleMillis = Fact.NO_TIME;
        private String status;

        void read(Fact fact) {
            if (fact.kind() == EventKind.LEAD_ACCEPTED || ContactRules.isAttempt(fact)) {
                acceptedMillis = first(acceptedMillis, fact.timeMillis());
            }
            if (fact.kind() == EventKind.LEAD_ACCEPTED) {
                if (!DISQUALIFIED.equals(status)) {
                    takeBackRejection();
                }
            } else if (fact.kind() == EventKind.LEAD_REJECTED) {
                reject(fact);
            } else if (fact.kind() == EventKind.LEAD_STATUS_CHANGED && fact.status() != null) {
                status = fact.status().toLowerCase(Locale.ROOT);
                if (status.equals(DISQUALIFIED)) {
                    reject(fact);
                } else {
                    takeBackRejection();
                }
                if (status.equals(QUALIFIED)) {
                    salesQualifiedMillis = first(salesQualifiedMillis, fact.timeMillis());
                }
            }
        }

        void read(Deal deal) {
            salesQualifiedMillis = first(salesQualifiedMillis, deal.openedMillis());
            if (deal.outcome() == Outcome.WON) {
                firstSaleMillis = first(firstSaleMillis, deal.closedMillis());
            }
        }

        LeadMilestones milestones(ContactHistory contacts, Qualification qualification) {
            return new LeadMilestones(
                    contacts.createdMillis(),
                    qualification == null ? Fact.NO_TIME : qualification.timeMillis(),
                    qualification == null ? null : qualification.event(),
                    acceptedMillis,
                    rejectedMillis,
                    rejectedReason,
                    salesQualifiedMillis,
                    firstSaleMillis,
                    status(contacts));
        }

        private String status(ContactHistory contacts) {
            if (firstSaleMillis != Fact.NO_TIME) {
                return CUSTOMER;
            }
            if (rejectedMillis != Fact.NO_TIME) {
                return DISQUALIFIED;
            }
            if (status != null) {
                return status;
            }
            return contacts.firstContactMillis() == Fact.NO_TIME ? NEW : WORKING;
        }

        private void reject(Fact fact) {
            rejectedMillis = fact.timeMillis();
            rejectedReason = fact.reason();
        }

        private void takeBackRejection() {
            rejectedMillis = Fact.NO_TIME;
            rejectedReason = null;
        }

        private static long first(long known, long timeMillis) {
            return known == Fact.NO_TIME ? timeMillis : Math.min(known, timeMillis);
        }
    }
}
