package io.leadpulse.domain.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that Leadpulse can be told, by the name used on the wire.
 *
 * <p>The names are a contract: a constant is never renamed, removed or moved, because state stores its ordinal and
 * producers write its {@link #wireName()}. New kinds are added at the end. A kind that no measure uses yet is counted,
 * never dead-lettered.
 */
public enum EventKind {
    LEAD_CREATED(Stream.ACTIVITY),
    LEAD_UPDATED(Stream.ACTIVITY),
    LEAD_ASSIGNED(Stream.ACTIVITY),
    LEAD_ACCEPTED(Stream.ACTIVITY),
    LEAD_REJECTED(Stream.ACTIVITY),
    LEAD_STATUS_CHANGED(Stream.ACTIVITY),
    LEAD_MERGED(Stream.ACTIVITY),
    LEAD_UNMERGED(Stream.ACTIVITY),
    LEAD_CONVERTED(Stream.ACTIVITY),
    LEAD_DELETED(Stream.ACTIVITY),
    CALL(Stream.ACTIVITY),
    EMAIL_SENT(Stream.ACTIVITY),
    EMAIL_DELIVERED(Stream.ACTIVITY),
    EMAIL_OPENED(Stream.ACTIVITY),
    EMAIL_CLICKED(Stream.ACTIVITY),
    EMAIL_REPLIED(Stream.ACTIVITY),
    EMAIL_BOUNCED(Stream.ACTIVITY),
    EMAIL_UNSUBSCRIBED(Stream.ACTIVITY),
    SMS_SENT(Stream.ACTIVITY),
    SMS_DELIVERED(Stream.ACTIVITY),
    SMS_REPLIED(Stream.ACTIVITY),
    SMS_FAILED(Stream.ACTIVITY),
    MEETING_SCHEDULED(Stream.ACTIVITY),
    MEETING_RESCHEDULED(Stream.ACTIVITY),
    MEETING_COMPLETED(Stream.ACTIVITY),
    MEETING_DECLINED(Stream.ACTIVITY),
    MEETING_CANCELLED(Stream.ACTIVITY),
    MEETING_NO_SHOW(Stream.ACTIVITY),
    DEMO_HELD(Stream.ACTIVITY),
    TASK_PLANNED(Stream.ACTIVITY),
    TASK_DONE(Stream.ACTIVITY),
    NURTURE_TOUCH(Stream.ACTIVITY),
    ALERT_SNOOZED(Stream.ACTIVITY),
    ALERT_HANDLED(Stream.ACTIVITY),

    DEAL_OPENED(Stream.DEAL),
    DEAL_UPDATED(Stream.DEAL),
    DEAL_STAGE_CHANGED(Stream.DEAL),
    DEAL_WON(Stream.DEAL),
    DEAL_LOST(Stream.DEAL),
    DEAL_REOPENED(Stream.DEAL),
    DEAL_DELETED(Stream.DEAL),
    DEAL_REFUNDED(Stream.DEAL),

    /** Acts of the lead; they come as web behaviour, or as activities where nobody was on the web (fair, upload). */
    PAGE_VIEWED(Stream.BEHAVIOUR),
    CAREERS_PAGE_VIEWED(Stream.BEHAVIOUR),
    PRICE_LIST_VIEWED(Stream.BEHAVIOUR),
    ASSET_DOWNLOADED(Stream.BEHAVIOUR),
    FORM_VIEWED(Stream.BEHAVIOUR),
    FORM_STARTED(Stream.BEHAVIOUR),
    FORM_SUBMITTED(Stream.BEHAVIOUR),
    SOCIAL_ACTION(Stream.BEHAVIOUR),
    EVENT_VISITED(Stream.BEHAVIOUR),
    NEWSLETTER_SIGNED_UP(Stream.BEHAVIOUR),
    SITE_SIGNED_UP(Stream.BEHAVIOUR),
    DEMO_REQUESTED(Stream.BEHAVIOUR),
    QUOTE_REQUESTED(Stream.BEHAVIOUR),
    CALLBACK_REQUESTED(Stream.BEHAVIOUR),
    /** An anonymous visitor says who he is: {@code userId} beside {@code anonymousId}. */
    IDENTIFIED(Stream.BEHAVIOUR),
    /** A tracked web event whose name nothing maps to a kind above; its name is the asset. */
    OTHER_BEHAVIOUR(Stream.BEHAVIOUR),

    CAMPAIGN_STARTED(Stream.COMPANY),
    CAMPAIGN_SPEND(Stream.COMPANY),
    PROCESS_CHANGED(Stream.COMPANY);

    /** Which operator owns a kind. */
    public enum Stream {
        /** Said of a lead by sales people and the CRM; goes to the lead operator. */
        ACTIVITY,
        /** Said of a deal; goes to the deals operator first, which knows whose deal it is. */
        DEAL,
        /** Done by the lead; on the web it goes to the visitors operator first. */
        BEHAVIOUR,
        /** Said of the company; names no lead. */
        COMPANY
    }

    private static final Map<String, EventKind> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(EventKind::wireName, Function.identity()));

    private final Stream stream;
    private final String wireName;

    EventKind(Stream stream) {
        this.stream = stream;
        this.wireName = name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The operator that owns this kind. */
    public Stream stream() {
        return stream;
    }

    /** The name on the wire, such as {@code deal_won}. */
    public String wireName() {
        return wireName;
    }

    /** The kind with this name on the wire, or empty if there is none. */
    public static Optional<EventKind> ofWireName(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }

    /** Something about the lead's record: that it was merged, taken out or deleted; no act of anybody with the lead. */
    public boolean isAboutRecord() {
        return isMerge() || this == LEAD_DELETED;
    }

    /** That a lead was merged into another, or taken out again. */
    public boolean isMerge() {
        return this == LEAD_MERGED || this == LEAD_UNMERGED;
    }

    /** An act by which the lead asks to be contacted; it qualifies on its own ("hand-raised"). */
    public boolean isHandRaise() {
        return this == DEMO_REQUESTED || this == QUOTE_REQUESTED || this == CALLBACK_REQUESTED;
    }

    /** What sends a form is the same wherever forms are counted: a demo asked for by a form is a sending of that form. */
    public boolean isSentForm() {
        return this == FORM_SUBMITTED
                || this == DEMO_REQUESTED
                || this == QUOTE_REQUESTED
                || this == CALLBACK_REQUESTED
                || this == NEWSLETTER_SIGNED_UP
                || this == SITE_SIGNED_UP;
    }
}
