package io.leadpulse.campaign;

import io.leadpulse.domain.campaign.Spend;

/**
 * The newest version of one record of spend. Bounded: one a record, dropped when it is older than the correction horizon.
 *
 * @param spend what it says
 * @param expiryMillis when the registered clean-up timer fires
 */
public record SpendState(Spend spend, long expiryMillis) {}
