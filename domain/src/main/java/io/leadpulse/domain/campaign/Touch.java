package io.leadpulse.domain.campaign;

/**
 * A campaign reached a lead.
 *
 * @param timeMillis when, epoch milliseconds; of a list that was uploaded late the time that the list states
 * @param campaign the campaign's name
 * @param channel the channel's name; null when none was named
 */
public record Touch(long timeMillis, String campaign, String channel) {}
