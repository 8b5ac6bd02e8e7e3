package io.leadpulse.schemas.config;

import java.util.List;

/**
 * How people are told of alerts.
 *
 * @param digestOver more alerts than this at once for one person become one digest, 1 or more
 * @param maxMessagesPerMinute messages in any minute, to all people together, 1 or more
 * @param teamLeadAfterMilliDays thousandths of a business day of the owner after which the team lead is told of an alert
 *     that is not handled, 1 or more
 * @param marketing reps who are told of campaigns; empty: the team leads are
 */
public record AlertDelivery(
        int digestOver, int maxMessagesPerMinute, long teamLeadAfterMilliDays, List<String> marketing) {

    /** What holds when nothing is configured. */
    public static final AlertDelivery DEFAULT = new AlertDelivery(5, 20, 1_000, List.of());

    public AlertDelivery {
        marketing = List.copyOf(marketing);
    }
}
