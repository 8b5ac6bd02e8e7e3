package io.leadpulse.bench.workload;

/** What happens in the workload; {@link RecordWriter} says as what it stands on the wire. */
enum Act {
    LEAD_CREATED,
    EMAIL_SENT,
    EMAIL_OPENED,
    /** A mail opened by a scanner. */
    EMAIL_SCANNED,
    EMAIL_CLICKED,
    EMAIL_REPLIED,
    CALL_OUTBOUND,
    CALL_INBOUND,
    MEETING_COMPLETED,
    MEETING_NO_SHOW,
    EMAIL_UNSUBSCRIBED,

    DEAL_OPENED,
    DEAL_STAGE_CHANGED,
    /** The deal has another amount. */
    DEAL_AMOUNT,
    /** The deal has another owner. */
    DEAL_HANDOVER,
    DEAL_WON,
    DEAL_LOST,

    IDENTIFY,
    PAGE,
    PRICE_PAGE,
    CAREERS_PAGE,
    DOWNLOAD,
    FORM,
    /** Form Submitted with a form that is a demo request. */
    DEMO_FORM,
    DEMO_REQUEST,
    SOCIAL,
    EVENT,
    NEWSLETTER,
    /** A tracked event that nothing knows. */
    VIDEO,

    BROKEN_JSON,
    BROKEN_NO_LEAD,
    BROKEN_KIND,
    BROKEN_TIME,
    BROKEN_NO_ID,
    BROKEN_AMOUNT,
    BROKEN_NO_VISITOR;

    /** Whether it is web behaviour. */
    boolean isWeb() {
        return (compareTo(IDENTIFY) >= 0 && compareTo(VIDEO) <= 0) || this == BROKEN_NO_VISITOR;
    }
}
