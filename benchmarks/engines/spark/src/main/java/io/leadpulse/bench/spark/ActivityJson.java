package io.leadpulse.bench.spark;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** A record of {@code crm.activities.v1} as it is written; what it does not say is null, false or 0. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ActivityJson(
        String source,
        String id,
        String kind,
        String time,
        String lead,
        String deal,
        String asset,
        String product,
        String owner,
        String stage,
        String amount,
        boolean automatic,
        String direction,
        boolean connected,
        int seconds) {}
