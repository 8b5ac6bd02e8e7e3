package io.leadpulse.identity;

import io.leadpulse.domain.deal.DealEvent;
import java.util.List;

/**
 * What is kept of a deal. Bounded by {@link io.leadpulse.domain.deal.DealBook#MAX_RECORDS}; dropped when its newest
 * record is older than the correction horizon.
 *
 * @param events its records in canonical order, one per id
 * @param lead the lead that was last told of the deal
 * @param expiryMillis when the registered clean-up timer fires
 */
public record DealState(List<DealEvent> events, String lead, long expiryMillis) {}
