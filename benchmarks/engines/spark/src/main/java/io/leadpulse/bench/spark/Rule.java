package io.leadpulse.bench.spark;

import com.fasterxml.jackson.databind.JsonNode;

/** The rules of the score, as TASK.md states them. */
public enum Rule {
    PAGE_VIEW(1, 5),
    CAREERS_PAGE(-10, 1),
    PRICE_LIST(10, 1),
    DOWNLOAD(5, 1),
    FORM(20, 1),
    DEMO_REQUEST(50, 1),
    SOCIAL_ACTION(3, 3),
    EVENT_VISITED(10, 1),
    NEWSLETTER(10, 1),
    MAIL_OPENED(1, 1),
    LINK_CLICKED(3, 1),
    REPLIED(15, 1),
    INBOUND_CALL(15, 1),
    OUTBOUND_CALL(5, 1),
    UNSUBSCRIBED(-30, 1),
    MEETING_HELD(25, Rule.EVERY),
    NO_SHOW(-15, Rule.EVERY);

    /** No limit to how often it counts. */
    static final int EVERY = Integer.MAX_VALUE;

    private static final int CONVERSATION_SECONDS = 30;

    final int points;
    /** How many count in one place: a day, an asset, a product or a life. */
    final int times;

    Rule(int points, int times) {
        this.points = points;
        this.times = times;
    }

    /** The rule of an activity; null if it gives no points. */
    static Rule of(ActivityJson activity) {
        if (activity.automatic()) {
            return null;
        }
        return switch (activity.kind()) {
            case "email_opened" -> MAIL_OPENED;
            case "email_clicked" -> LINK_CLICKED;
            case "email_replied" -> REPLIED;
            case "email_unsubscribed" -> UNSUBSCRIBED;
            case "meeting_completed" -> MEETING_HELD;
            case "meeting_no_show" -> NO_SHOW;
            case "event_visited" -> EVENT_VISITED;
            case "call" -> call(activity);
            default -> null;
        };
    }

    private static Rule call(ActivityJson call) {
        if ("inbound".equals(call.direction())) {
            return INBOUND_CALL;
        }
        boolean reached = call.connected() && call.seconds() >= CONVERSATION_SECONDS;
        return "outbound".equals(call.direction()) && reached ? OUTBOUND_CALL : null;
    }

    /** The rule of what a visitor did; null if it gives no points. */
    static Rule of(BehaviourJson behaviour) {
        if (behaviour.at("context", "bot").asBoolean()) {
            return null;
        }
        return switch (behaviour.type()) {
            case "page" -> page(behaviour.at("properties", "path").asText());
            case "track" -> tracked(behaviour);
            default -> null;
        };
    }

    private static Rule page(String path) {
        if (isUnder(path, "/pricing")) {
            return PRICE_LIST;
        }
        return isUnder(path, "/careers") ? CAREERS_PAGE : PAGE_VIEW;
    }

    private static boolean isUnder(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + '/');
    }

    private static Rule tracked(BehaviourJson behaviour) {
        if (behaviour.event() == null) {
            return null;
        }
        return switch (behaviour.event()) {
            case "Asset Downloaded" -> DOWNLOAD;
            case "Form Submitted" -> behaviour.at("properties", "form").asText().equals("demo") ? DEMO_REQUEST : FORM;
            case "Demo Requested" -> DEMO_REQUEST;
            case "Social Action" -> SOCIAL_ACTION;
            case "Event Visited" -> EVENT_VISITED;
            case "Newsletter Signed Up" -> NEWSLETTER;
            default -> null;
        };
    }

    /**
     * The place in which it counts a limited number of times.
     *
     * @param day the company's day of the act
     * @param asset what the act is about; null if it does not say
     * @param product which product; null if it does not say
     */
    String place(String day, String asset, String product) {
        return switch (this) {
            case PAGE_VIEW, PRICE_LIST, SOCIAL_ACTION, REPLIED, INBOUND_CALL, OUTBOUND_CALL -> name() + '|' + day;
            case DOWNLOAD, FORM, EVENT_VISITED, MAIL_OPENED, LINK_CLICKED -> name() + '|' + asset;
            case DEMO_REQUEST -> name() + '|' + product;
            case CAREERS_PAGE, NEWSLETTER, UNSUBSCRIBED, MEETING_HELD, NO_SHOW -> name();
        };
    }

    /** What an act of this rule on a web site is about; null if it does not say. */
    String assetOf(BehaviourJson behaviour) {
        JsonNode asset =
                switch (this) {
                    case DOWNLOAD -> behaviour.at("properties", "asset");
                    case FORM -> behaviour.at("properties", "form");
                    case EVENT_VISITED -> behaviour.at("properties", "event_id");
                    default -> null;
                };
        return asset == null ? null : asset.asText(null);
    }
}
