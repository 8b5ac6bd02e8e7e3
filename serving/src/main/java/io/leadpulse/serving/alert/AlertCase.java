package io.leadpulse.serving.alert;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.AlertRecord.Transition;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One alert as it stands, as far as telling people needs it. A function of the newest record of {@code lead.alerts.v1}:
 * repeated and out-of-date records change nothing that the newest one says.
 *
 * @param alert id, the same for ever for the same cause
 * @param cause wire name of the cause, such as {@code stuck}
 * @param scope whose it is where it is not of one lead; null otherwise
 * @param lead lead; null where it is not of one lead
 * @param owner rep who owns the lead; null when nobody does
 * @param stage stage that it is about; null when none
 * @param sinceMillis since when the cause holds, epoch milliseconds
 * @param limit the limit in words; null when there is none
 * @param raisedMillis when it was raised
 * @param escalatedMillis when it became critical; {@link #NEVER} while it is a warning
 * @param snoozedUntilMillis end of the last snooze; {@link #NEVER} without one, {@link Long#MAX_VALUE} without an end
 * @param handledMillis when somebody last said that it is taken care of, unless it escalated since; {@link #NEVER} else
 * @param endedMillis when its cause ended or proved wrong; {@link #NEVER} while it stands
 * @param withdrawn whether it ended because its cause was removed: by a correction, or by what {@code regrouped} says
 * @param regrouped whether that was because leads were merged or taken apart
 * @param details more by name
 * @param asOfMillis when it was so by the engine's clock: when it turned out, not when it happened
 */
record AlertCase(
        String alert,
        String cause,
        String scope,
        String lead,
        String owner,
        String stage,
        long sinceMillis,
        String limit,
        long raisedMillis,
        long escalatedMillis,
        long snoozedUntilMillis,
        long handledMillis,
        long endedMillis,
        boolean withdrawn,
        boolean regrouped,
        Map<String, String> details,
        long asOfMillis) {

    /** Stands for a time that did not come. Before every other time. */
    static final long NEVER = Long.MIN_VALUE;

    private static final String MERGED = "merged";
    private static final String LAST_CONTACT_AT = "last_contact_at";
    private static final String MARKETING_QUALIFIED = "marketing_qualified";
    private static final Set<String> URGENT_WHEN_HAND_RAISED =
            Set.of("first_contact", "reply_owed", "unassigned", MARKETING_QUALIFIED);

    /**
     * The alert that a record describes.
     *
     * @throws IllegalArgumentException if it says something that cannot be told: one such alert, found late, would keep
     *     all others from being told
     */
    static AlertCase of(AlertRecord alert) {
        check(alert);
        long raised = NEVER;
        long escalated = NEVER;
        long snoozedUntil = NEVER;
        long handled = NEVER;
        long ended = NEVER;
        boolean withdrawn = false;
        boolean regrouped = false;
        for (Transition step : alert.transitions()) {
            switch (step.state()) {
                case "raised" -> raised = raised == NEVER ? step.timeMillis() : raised;
                case "escalated" -> {
                    escalated = step.timeMillis();
                    handled = NEVER;
                    snoozedUntil = snoozedUntil == Long.MAX_VALUE ? NEVER : snoozedUntil;
                }
                case "snoozed" -> snoozedUntil = snoozeEnd(alert);
                case "handled" -> handled = step.timeMillis();
                case "resolved", "withdrawn" -> {
                    ended = step.timeMillis();
                    withdrawn = step.state().equals("withdrawn");
                    regrouped = withdrawn && MERGED.equals(step.reason());
                }
                default ->
                    throw new IllegalArgumentException(
                            "an alert's transition must be raised, escalated, snoozed, handled, resolved or withdrawn,"
                                    + " not " + step.state());
            }
        }
        return new AlertCase(
                alert.alert(),
                alert.cause(),
                alert.scope(),
                alert.lead(),
                alert.owner(),
                alert.stage(),
                alert.sinceMillis(),
                alert.limit(),
                raised == NEVER ? alert.sinceMillis() : raised,
                escalated,
                snoozedUntil,
                handled,
                ended,
                withdrawn,
                regrouped,
                alert.details(),
                alert.asOfMillis());
    }

    private static void check(AlertRecord alert) {
        if (alert.lead() == null && alert.scope() == null) {
            throw new IllegalArgumentException("an alert needs a lead or a scope");
        }
        for (Map.Entry<String, String> detail : alert.details().entrySet()) {
            if (detail.getKey().endsWith("_minor")) {
                Long.parseLong(detail.getValue());
            }
        }
        for (String time : List.of("snoozed_until", LAST_CONTACT_AT)) {
            String text = alert.details().get(time);
            if (text != null && Rfc3339.millis(text) == Fact.NO_TIME) {
                throw new IllegalArgumentException(time + " must be " + Rfc3339.EXPECTED);
            }
        }
    }

    /** A snooze that names no end lasts until the alert escalates or ends. */
    private static long snoozeEnd(AlertRecord alert) {
        String until = alert.details().get("snoozed_until");
        return until == null ? Long.MAX_VALUE : Rfc3339.millis(until);
    }

    boolean open() {
        return endedMillis == NEVER;
    }

    boolean critical() {
        return escalatedMillis != NEVER;
    }

    boolean handled() {
        return handledMillis != NEVER;
    }

    /** Alerts of leads that were merged into this one, of the same cause; some may never have been. */
    List<String> replaces() {
        String ids = details.get("replaces");
        return ids == null ? List.of() : List.of(ids.split(" "));
    }

    /** Whether somebody asked not to be reminded yet. */
    boolean snoozedAt(long nowMillis) {
        return snoozedUntilMillis > nowMillis;
    }

    /** The lead asked for something itself (a demo, a quote, a call back) and waits for it; not that it once did. */
    boolean handRaised() {
        return URGENT_WHEN_HAND_RAISED.contains(cause) && "true".equals(details.get("hand_raised"));
    }

    /** When somebody last was in contact, epoch milliseconds; {@link #NEVER} if nobody was. */
    long lastContactMillis() {
        String text = details.get(LAST_CONTACT_AT);
        return text == null ? NEVER : Rfc3339.millis(text);
    }

    /** Whether it is of a goal, a campaign or a rate and not of a lead. */
    boolean ofScope() {
        return lead == null;
    }

    /** Whether it says that part of a goal was reached. */
    boolean milestone() {
        return cause.equals("milestone");
    }

    /** Whether it says that leads of a campaign do not qualify. */
    boolean poorCampaign() {
        return cause.equals("poor_campaign");
    }

    /** Whether it says that a rate has become worse. */
    boolean worksWorse() {
        return cause.equals("works_worse");
    }

    /** Whether it is of what marketing does: a campaign, or a form. */
    boolean ofMarketing() {
        String part = details.get("part_kind");
        return poorCampaign() || (worksWorse() && ("campaign".equals(part) || "form".equals(part)));
    }

    /** Whether it says that a lead has become marketing-qualified: news, with nothing to be late with. */
    boolean marketingQualified() {
        return cause.equals(MARKETING_QUALIFIED);
    }

    /** What is at stake, minor units; 0 when unknown. */
    long amountMinor() {
        String amount = details.get("amount_minor");
        return amount == null ? 0 : Long.parseLong(amount);
    }

    Severity severity() {
        return critical() ? Severity.CRITICAL : Severity.WARNING;
    }
}
