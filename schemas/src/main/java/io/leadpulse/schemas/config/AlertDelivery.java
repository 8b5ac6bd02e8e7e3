package io.leadpulse.schemas.config;

/**
 * How people are told of alerts.
 *
 * @param digestOver more alerts than this at once for one person become one digest, 1 or more
 * @param maxMessagesPerMinute messages in any minute, to all people together, 1 or more
 * @param teamLeadAfterMilliDays thousandths of a business day of the owner after which the team lead is told of an alert
 *     that is not handled, 1 or more
 */
public record AlertDelivery(int digestOver, int maxMessagesPerMinute, long teamLeadAfterMilliDays) {

    /** What holds when nothing is configured. */
    public static final AlertDelivery DEFAULT = new AlertDelivery(5, 20, 1_000);
}
