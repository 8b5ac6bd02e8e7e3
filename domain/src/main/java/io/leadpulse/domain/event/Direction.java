package io.leadpulse.domain.event;

/** Who began a contact: the lead (inbound) or we (outbound). */
public enum Direction {
    UNKNOWN,
    INBOUND,
    OUTBOUND
}
