package io.leadpulse.domain.lead;

import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.contact.ContactRules;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the reader of an alert wants to know beside it, as of its last step: whether the lead raised its hand and waits,
 * the last contact, which alerts of leads that were merged into it stood for the same, and what the deal is worth as far as it is known. A pure function of the facts and of the alert, so
 * an alert that is told again says the same. What has ended needs none: nobody acts on it.
 */
final class AlertDetails {

    private AlertDetails() {}

    /** The alerts with their details. */
    static List<Alert> of(LeadView view, List<Alert> alerts) {
        List<Alert> detailed = new ArrayList<>(alerts.size());
        for (Alert alert : alerts) {
            detailed.add(alert.isOpen() ? alert.withDetails(details(view, alert)) : alert);
        }
        return detailed;
    }

    private static Map<String, String> details(LeadView view, Alert alert) {
        Map<String, String> details = new TreeMap<>();
        long atMillis = alert.lastStepMillis();
        details.put("hand_raised", Boolean.toString(view.contacts().handRaisedAt(atMillis) != Fact.NO_TIME));
        List<Fact> facts = view.facts();
        for (int i = facts.size() - 1; i >= 0; i--) {
            Fact fact = facts.get(i);
            if (fact.timeMillis() <= atMillis
                    && (ContactRules.isAttempt(fact) || ContactRules.isInboundMessage(fact))) {
                details.put(
                        "last_contact_at",
                        Instant.ofEpochMilli(fact.timeMillis()).toString());
                details.put("last_contact_kind", fact.kind().wireName());
                break;
            }
        }
        List<String> formerIds = view.formerIdsOf(alert);
        if (!formerIds.isEmpty()) {
            details.put(Alert.REPLACES, String.join(" ", formerIds));
        }
        if (alert.deal() == null) {
            putOpenDeals(view, details);
        } else {
            for (Deal deal : view.deals()) {
                if (deal.id().equals(alert.deal())) {
                    put(details, "amount_minor", deal.amountMinor());
                    put(details, "product", deal.product());
                }
            }
        }
        return details;
    }

    private static void putOpenDeals(LeadView view, Map<String, String> details) {
        long openMinor = 0;
        boolean known = false;
        for (Deal deal : view.deals()) {
            if (!deal.deleted() && deal.outcome() == Deal.Outcome.OPEN && deal.amountMinor() != null) {
                openMinor = Math.addExact(openMinor, deal.amountMinor());
                known = true;
            }
        }
        put(details, "amount_minor", known ? (Long) openMinor : null);
        put(details, "product", view.product());
    }

    private static void put(Map<String, String> details, String name, Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }
}
