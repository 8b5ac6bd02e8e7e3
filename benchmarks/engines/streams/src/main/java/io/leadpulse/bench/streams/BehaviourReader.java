package io.leadpulse.bench.streams;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Reads {@code web.behaviour.v1}. */
final class BehaviourReader extends EventReader<BehaviourReader.Json> {
    private static final Properties NO_PROPERTIES = new Properties(null, null, null, null, null);

    private final TaskConfig config;

    /** A record of the topic, as far as the task needs it. */
    record Json(
            String type,
            String event,
            String messageId,
            String anonymousId,
            String userId,
            String timestamp,
            String originalTimestamp,
            String sentAt,
            String receivedAt,
            Properties properties,
            Context context) {}

    /** What it was done with. */
    record Properties(
            String path,
            String asset,
            String form,
            String product,
            @JsonProperty("event_id") String event) {}

    /** Who did it. */
    record Context(boolean bot) {}

    BehaviourReader(TaskConfig config) {
        super(Json.class);
        this.config = config;
    }

    @Override
    Event event(Json read) throws RefusedException {
        String type = required(read.type());
        String id = required(read.messageId());
        if (read.userId() == null && read.anonymousId() == null) {
            throw new RefusedException("no_lead");
        }
        long timeMillis = timeMillis(read);
        Properties properties = read.properties() == null ? NO_PROPERTIES : read.properties();
        Rule rule = read.context() != null && read.context().bot() ? null : rule(type, read.event(), properties);
        String within = rule == null ? "" : rule.within(subject(rule, properties), timeMillis, config);
        return new Event(null, id, timeMillis, read.userId(), read.anonymousId(), rule, within, null, null);
    }

    /** A device's clock may be wrong; where the tracker says when it sent, that is made good. */
    private static long timeMillis(Json read) throws RefusedException {
        if (read.originalTimestamp() == null || read.sentAt() == null || read.receivedAt() == null) {
            return millis(read.timestamp());
        }
        return millis(read.receivedAt()) - (millis(read.sentAt()) - millis(read.originalTimestamp()));
    }

    private static Rule rule(String type, String event, Properties properties) {
        if (type.equals("identify")) {
            return null;
        }
        if (type.equals("page")) {
            return page(properties.path());
        }
        return switch (event == null ? "" : event) {
            case "Asset Downloaded" -> Rule.DOWNLOAD;
            case "Form Submitted" -> "demo".equals(properties.form()) ? Rule.DEMO_REQUEST : Rule.FORM;
            case "Demo Requested" -> Rule.DEMO_REQUEST;
            case "Social Action" -> Rule.SOCIAL_ACTION;
            case "Event Visited" -> Rule.EVENT_VISITED;
            case "Newsletter Signed Up" -> Rule.NEWSLETTER;
            default -> null;
        };
    }

    private static Rule page(String path) {
        if (isWithin("/pricing", path)) {
            return Rule.PRICE_LIST;
        }
        return isWithin("/careers", path) ? Rule.CAREERS_PAGE : Rule.PAGE_VIEW;
    }

    private static boolean isWithin(String folder, String path) {
        return path != null
                && path.startsWith(folder)
                && (path.length() == folder.length() || path.charAt(folder.length()) == '/');
    }

    private static String subject(Rule rule, Properties properties) {
        return switch (rule) {
            case DOWNLOAD -> properties.asset();
            case FORM -> properties.form();
            case DEMO_REQUEST -> properties.product();
            case EVENT_VISITED -> properties.event();
            default -> null;
        };
    }
}
