package io.leadpulse.bench.plain;

import io.leadpulse.domain.event.Direction;
import io.leadpulse.schemas.event.SalesEvent;

/** The rules of the score, as TASK.md states them. */
enum Rule {
    PAGE_VIEW(1, 5, Within.DAY),
    CAREERS_PAGE(-10, 1, Within.LIFE),
    PRICE_LIST(10, 1, Within.DAY),
    DOWNLOAD(5, 1, Within.ASSET),
    FORM(20, 1, Within.ASSET),
    DEMO_REQUEST(50, 1, Within.PRODUCT),
    SOCIAL_ACTION(3, 3, Within.DAY),
    EVENT_VISITED(10, 1, Within.ASSET),
    NEWSLETTER(10, 1, Within.LIFE),
    MAIL_OPENED(1, 1, Within.ASSET),
    LINK_CLICKED(3, 1, Within.ASSET),
    REPLIED(15, 1, Within.DAY),
    INBOUND_CALL(15, 1, Within.DAY),
    OUTBOUND_CALL(5, 1, Within.DAY),
    UNSUBSCRIBED(-30, 1, Within.LIFE),
    MEETING_HELD(25, Rule.EVERY, Within.LIFE),
    NO_SHOW(-15, Rule.EVERY, Within.LIFE);

    /** No limit to how often it counts. */
    static final int EVERY = Integer.MAX_VALUE;

    private static final int CONVERSATION_SECONDS = 30;

    final int points;
    final int times;
    final Within within;

    Rule(int points, int times, Within within) {
        this.points = points;
        this.times = times;
        this.within = within;
    }

    /** In what it counts a limited number of times. */
    enum Within {
        LIFE,
        ASSET,
        PRODUCT,
        DAY
    }

    /** The rule of an event; null if it gives no points. */
    static Rule of(SalesEvent event) {
        if (event.automatic()) {
            return null;
        }
        return switch (event.kind()) {
            case PAGE_VIEWED -> PAGE_VIEW;
            case CAREERS_PAGE_VIEWED -> CAREERS_PAGE;
            case PRICE_LIST_VIEWED -> PRICE_LIST;
            case ASSET_DOWNLOADED -> DOWNLOAD;
            case FORM_SUBMITTED -> FORM;
            case DEMO_REQUESTED -> DEMO_REQUEST;
            case SOCIAL_ACTION -> SOCIAL_ACTION;
            case EVENT_VISITED -> EVENT_VISITED;
            case NEWSLETTER_SIGNED_UP -> NEWSLETTER;
            case EMAIL_OPENED -> MAIL_OPENED;
            case EMAIL_CLICKED -> LINK_CLICKED;
            case EMAIL_REPLIED -> REPLIED;
            case EMAIL_UNSUBSCRIBED -> UNSUBSCRIBED;
            case MEETING_COMPLETED -> MEETING_HELD;
            case MEETING_NO_SHOW -> NO_SHOW;
            case CALL -> call(event);
            default -> null;
        };
    }

    private static Rule call(SalesEvent event) {
        if (event.direction() == Direction.INBOUND) {
            return INBOUND_CALL;
        }
        boolean reached = event.connected() && event.seconds() >= CONVERSATION_SECONDS;
        return event.direction() == Direction.OUTBOUND && reached ? OUTBOUND_CALL : null;
    }
}
