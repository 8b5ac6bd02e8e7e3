package io.leadpulse.schemas.event;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads web behaviour in the shape of the Segment spec, which most trackers send.
 *
 * <ul>
 *   <li>{@code identify} with {@code userId} is {@link EventKind#IDENTIFIED}; without it nobody is named, so it is other
 *       behaviour. So are {@code alias} and {@code group}: two known ids are never merged by guess, and an account is no
 *       lead.
 *   <li>{@code page} and {@code screen} are page views, or what the settings say of the page's path.
 *   <li>{@code track} is what the settings say of the event's name, else other behaviour with that name as asset. A
 *       submitted demo form is a demo request, and only that.
 *   <li>Time is {@code receivedAt - (sentAt - originalTimestamp)} where all three are given, which takes the error of
 *       the device's clock out; else {@code timestamp}, else {@code originalTimestamp}.
 * </ul>
 *
 * <p>Every visitor is a source of its own, as its browser makes up its message ids: the same id under two visitors is two
 * events. So is the same id with and without a visitor.
 *
 * <p>The fields of the shape itself are strict; what stands inside {@code properties}, {@code traits} and {@code context}
 * belongs to the company's site, so what has another form there is ignored.
 */
final class BehaviourReader {
    /** Source of behaviour that names its lead and no visitor. */
    private static final String SOURCE = "web";

    private static final byte[] VISITORS = (SOURCE + ':').getBytes(StandardCharsets.US_ASCII);

    private static final List<String> TYPES = List.of("identify", "page", "screen", "track", "group", "alias");
    /** They differ between deliveries of one message. */
    private static final List<String> TRANSPORT = List.of("sentAt", "receivedAt");

    private static final Set<EventKind> FORMS =
            EnumSet.of(EventKind.FORM_VIEWED, EventKind.FORM_STARTED, EventKind.FORM_SUBMITTED);
    /** Names can be made up. */
    private static final int MAX_MAPPED = 256;

    private static final String[] FORM_NAMES = {"form", "form_id", "formId", "form_name", "formName", "name"};
    private static final String[] ASSET_NAMES = {
        "asset", "asset_id", "assetId", "file", "event_id", "eventId", "post", "form", "form_id", "formId", "name"
    };
    private static final String[] PRODUCT_NAMES = {"product", "product_id", "productId"};

    private static final String[] CAMPAIGN_NAMES = {"name", "id"};
    private static final String[] CHANNEL_NAMES = {"medium", "source"};

    private final DecodeSettings settings;
    /** The longest first, which counts. */
    private final List<Map.Entry<String, EventKind>> pages;
    /** What the settings say of names as they are sent. */
    private final Map<String, EventKind> mapped = new HashMap<>();

    BehaviourReader(DecodeSettings settings) {
        this.settings = settings;
        this.pages = settings.pageKinds().entrySet().stream()
                .filter(page -> !page.getKey().isEmpty())
                .sorted(Comparator.comparingInt(page -> -page.getKey().length()))
                .toList();
    }

    SalesEvent read(Place value, RawRecord record, SalesEvent.Builder builder) throws RefusedException {
        Fields fields = value.fields;
        String type = fields.requiredId("type");
        if (!TYPES.contains(type)) {
            throw new RefusedException(Reason.UNKNOWN_KIND, "type must be one of " + String.join(", ", TYPES));
        }
        Place messageId = fields.requiredLine("messageId", Fields.MAX_ID);
        String lead = fields.id("userId");
        Place visitor = fields.linePlace("anonymousId", Fields.MAX_ID);
        if (lead == null && visitor == null) {
            throw new RefusedException(Reason.NO_LEAD, "userId and anonymousId are missing; one of them is needed");
        }
        String anonymousId = visitor == null ? null : visitor.text();
        String key = key(visitor, anonymousId, messageId);
        // Every field of the shape is read whatever the type, so that the schema need not know which type has which.
        Fields traits = free(fields.object("traits"));
        Fields context = free(fields.object("context"));
        Fields campaign = context.freeObject("campaign");
        Fields properties = free(fields.object("properties"));
        Message message = new Message(
                type,
                lead,
                fields.id("event"),
                fields.line("name", Fields.MAX_TEXT),
                properties,
                path(properties, context));
        if (type.equals("track")) {
            fields.required("event", message.event());
        }
        EventKind kind = kind(message);
        return builder.begin(Hash64.of(key), key, kind, time(fields), record)
                .version(EventDecoder.version(fields))
                .contentHash(ContentHash.of(value, TRANSPORT))
                .lead(lead)
                .anonymousId(anonymousId)
                .asset(asset(message, kind))
                .product(properties.firstScalar(PRODUCT_NAMES))
                .campaign(campaign.firstScalar(CAMPAIGN_NAMES))
                .channel(campaign.firstScalar(CHANNEL_NAMES))
                .automatic(isTrue(context, "bot") || isTrue(properties, "automatic"))
                .attributes(kind == EventKind.IDENTIFIED ? attributes(traits) : Map.of())
                .build();
    }

    /** A visitor's source has no slash in it, so that no visitor and message id read as others do. */
    private static String key(Place visitor, String anonymousId, Place messageId) {
        if (visitor == null) {
            return SOURCE + '/' + messageId.text();
        }
        if (anonymousId.indexOf('%') < 0 && anonymousId.indexOf('/') < 0) {
            return visitor.document.joined(VISITORS, visitor, messageId);
        }
        return SOURCE + ':' + anonymousId.replace("%", "%25").replace("/", "%2F") + '/' + messageId.text();
    }

    private EventKind kind(Message message) {
        return switch (message.type()) {
            case "identify" -> message.lead() == null ? EventKind.OTHER_BEHAVIOUR : EventKind.IDENTIFIED;
            case "page", "screen" -> pageKind(message.path());
            case "track" -> trackedKind(message);
            default -> EventKind.OTHER_BEHAVIOUR;
        };
    }

    private EventKind trackedKind(Message message) {
        EventKind kind = mappedKind(message.event());
        if (kind != EventKind.FORM_SUBMITTED) {
            return kind;
        }
        String form = message.properties().firstScalar(FORM_NAMES);
        boolean isDemo = form != null && settings.demoForms().contains(form);
        return isDemo ? EventKind.DEMO_REQUESTED : kind;
    }

    private EventKind mappedKind(String event) {
        EventKind kind = mapped.get(event);
        if (kind == null) {
            kind = settings.trackedKinds().getOrDefault(DecodeSettings.normalName(event), EventKind.OTHER_BEHAVIOUR);
            if (mapped.size() < MAX_MAPPED) {
                mapped.put(event, kind);
            }
        }
        return kind;
    }

    private EventKind pageKind(String path) {
        if (path != null) {
            for (int i = 0; i < pages.size(); i++) {
                Map.Entry<String, EventKind> page = pages.get(i);
                if (isUnder(path, page.getKey())) {
                    return page.getValue();
                }
            }
        }
        return EventKind.PAGE_VIEWED;
    }

    /** Whether a path is a page or lies below it: {@code /careers/x} is under {@code /careers}, {@code /careersday} not. */
    private static boolean isUnder(String path, String page) {
        return path.startsWith(page)
                && (path.length() == page.length() || page.endsWith("/") || path.charAt(page.length()) == '/');
    }

    private static String asset(Message message, EventKind kind) {
        return switch (message.type()) {
            case "page", "screen" -> message.path() == null ? message.name() : message.path();
            case "track" -> trackedAsset(message, kind);
            default -> kind == EventKind.OTHER_BEHAVIOUR ? message.type() : null;
        };
    }

    private static String trackedAsset(Message message, EventKind kind) {
        if (kind == EventKind.OTHER_BEHAVIOUR) {
            return message.event();
        }
        return message.properties().firstScalar(FORMS.contains(kind) ? FORM_NAMES : ASSET_NAMES);
    }

    /** The page's path without query, fragment and closing slash; null when no page is named. */
    private static String path(Fields properties, Fields context) {
        String path = properties.pagePath("path", "url");
        return path == null ? context.freeObject("page").pagePath("path", "url") : path;
    }

    private static long time(Fields fields) throws RefusedException {
        long original = fields.time("originalTimestamp");
        long sent = fields.time("sentAt");
        long received = fields.time("receivedAt");
        long stated = fields.time("timestamp");
        if (original != Fact.NO_TIME && sent != Fact.NO_TIME && received != Fact.NO_TIME) {
            long corrected = received - (sent - original);
            if (!Rfc3339.isSensible(corrected)) {
                throw new RefusedException(
                        Reason.INVALID_TIME, "receivedAt - (sentAt - originalTimestamp) is not of 1970 to 2199");
            }
            return corrected;
        }
        if (stated != Fact.NO_TIME) {
            return stated;
        }
        if (original != Fact.NO_TIME) {
            return original;
        }
        throw fields.missing("timestamp");
    }

    private Map<String, String> attributes(Fields traits) {
        Map<String, String> attributes = new HashMap<>();
        for (String name : settings.traits()) {
            String value = traits.firstScalar(name);
            if (value != null) {
                attributes.put(name, value);
            }
        }
        return attributes;
    }

    private static boolean isTrue(Fields fields, String name) {
        Place place = fields.place(name);
        return place != null && place.type == Place.Type.TRUE;
    }

    /** An object that is not given is an empty one. */
    private static Fields free(Fields fields) {
        return fields == null ? Fields.NONE : fields;
    }

    /** What decides kind and asset. */
    private record Message(String type, String lead, String event, String name, Fields properties, String path) {}
}
