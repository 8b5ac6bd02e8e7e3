package io.leadpulse.domain.behaviour;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.Locale;

/**
 * What is counted of a lead's behaviour. Acts of machines (scanners, prefetch, auto-replies) are none. The names stand on
 * the wire: a constant is never renamed, new ones are added at the end.
 */
public enum Act {
    /** Views of pages and forms with less than {@link BehaviourCounts#VISIT_GAP_MILLIS} between one and the next. */
    WEB_VISIT,
    PRICE_LIST_VIEW,
    DOWNLOAD,
    /** A form that was sent; a demo, a quote or a call-back asked for is one, too. */
    FORM,
    SOCIAL_ACTION,
    MAIL_OPEN,
    MAIL_CLICK,
    /** An answer by mail or SMS. */
    REPLY;

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a fact counts as beside being part of a visit; null if nothing. */
    static Act of(Fact fact) {
        if (fact.automatic()) {
            return null;
        }
        return switch (fact.kind()) {
            case PRICE_LIST_VIEWED -> PRICE_LIST_VIEW;
            case ASSET_DOWNLOADED -> DOWNLOAD;
            case FORM_SUBMITTED, DEMO_REQUESTED, QUOTE_REQUESTED, CALLBACK_REQUESTED -> FORM;
            case SOCIAL_ACTION -> SOCIAL_ACTION;
            case EMAIL_OPENED -> MAIL_OPEN;
            case EMAIL_CLICKED -> MAIL_CLICK;
            case EMAIL_REPLIED, SMS_REPLIED -> REPLY;
            default -> null;
        };
    }

    /** Whether the lead looked at our site. */
    static boolean isView(Fact fact) {
        EventKind kind = fact.kind();
        return !fact.automatic()
                && (kind == EventKind.PAGE_VIEWED
                        || kind == EventKind.CAREERS_PAGE_VIEWED
                        || kind == EventKind.PRICE_LIST_VIEWED
                        || kind == EventKind.FORM_VIEWED
                        || kind == EventKind.FORM_STARTED);
    }
}
