package io.leadpulse.bench.jet;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hazelcast.function.FunctionEx;
import io.leadpulse.bench.jet.Event.DealStep.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records in the source, so that the clock of each partition follows its own events. */
final class EventDecoder implements FunctionEx<ConsumerRecord<byte[], byte[]>, Event> {
    static final String ACTIVITIES = "crm.activities.v1";
    static final String BEHAVIOUR = "web.behaviour.v1";

    private static final long serialVersionUID = 1;
    private static final int CONVERSATION_SECONDS = 30;
    private static final int CENT_DIGITS = 2;
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,2})?");
    private static final Properties NO_PROPERTIES = new Properties(null, null, null, null, null);

    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Map<String, Rule> RULES = Map.of(
            "email_opened", Rule.MAIL_OPENED,
            "email_clicked", Rule.LINK_CLICKED,
            "email_replied", Rule.REPLIED,
            "email_unsubscribed", Rule.UNSUBSCRIBED,
            "meeting_completed", Rule.MEETING_HELD,
            "meeting_no_show", Rule.NO_SHOW,
            "event_visited", Rule.EVENT_VISITED);
    private static final Map<String, Change> CHANGES = Map.of(
            "deal_opened", Change.UPDATED,
            "deal_updated", Change.UPDATED,
            "deal_stage_changed", Change.UPDATED,
            "deal_won", Change.WON,
            "deal_lost", Change.LOST);
    private static final Set<String> OTHER_KINDS = Set.of("lead_created", "lead_updated", "email_sent", "call");

    private final BusinessHours hours;

    /** A record of {@code crm.activities.v1}, as far as the task needs it; what it does not say is null, false or 0. */
    private record Activity(
            String source,
            String id,
            String kind,
            String time,
            String lead,
            String deal,
            String asset,
            String owner,
            String stage,
            String amount,
            boolean automatic,
            String direction,
            boolean connected,
            int seconds) {}

    /** A record of {@code web.behaviour.v1}, as far as the task needs it. */
    private record Behaviour(
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

    private record Properties(
            String path,
            String asset,
            String form,
            String product,
            @JsonProperty("event_id") String event) {}

    private record Context(boolean bot) {}

    /** Why a record cannot be counted. */
    private static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1;

        BrokenException(String reason) {
            super(reason, null, false, false);
        }
    }

    EventDecoder(BusinessHours hours) {
        this.hours = hours;
    }

    @Override
    public Event applyEx(ConsumerRecord<byte[], byte[]> record) {
        String place = record.topic() + '/' + record.partition() + '/' + record.offset();
        try {
            return record.topic().equals(ACTIVITIES)
                    ? activity(read(record.value(), Activity.class))
                    : behaviour(place, read(record.value(), Behaviour.class));
        } catch (JsonProcessingException e) {
            return new Event.Broken(place, "invalid_json");
        } catch (BrokenException e) {
            return new Event.Broken(place, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    private static <T> T read(byte[] value, Class<T> type) throws IOException, BrokenException {
        T read = value == null ? null : JSON.readValue(value, type);
        if (read == null) {
            throw new BrokenException("invalid_json");
        }
        return read;
    }

    private Event activity(Activity read) throws BrokenException {
        String kind = required(read.kind());
        Change change = CHANGES.get(kind);
        if (change == null && !RULES.containsKey(kind) && !OTHER_KINDS.contains(kind)) {
            throw new BrokenException("unknown_kind");
        }
        String id = required(read.source()) + '/' + required(read.id());
        long timeMillis = millis(read.time());
        Long amountMinor = read.amount() == null ? null : (Long) amountMinor(read.amount());
        if (read.lead() == null) {
            throw new BrokenException("no_lead");
        }
        if (change != null) {
            String deal = required(read.deal());
            return new Event.DealStep(
                    id, deal, read.lead(), timeMillis, change, read.stage(), read.owner(), amountMinor);
        }
        Rule rule = rule(read);
        String place = rule == null ? null : rule.place(timeMillis, read.asset(), hours);
        return new Event.LeadAct(id, read.lead(), rule, place, timeMillis, false);
    }

    /** What machines do gives no points. */
    private static Rule rule(Activity read) {
        if (read.automatic()) {
            return null;
        }
        if (!read.kind().equals("call")) {
            return RULES.get(read.kind());
        }
        if ("inbound".equals(read.direction())) {
            return Rule.INBOUND_CALL;
        }
        boolean isTalk = read.connected() && read.seconds() >= CONVERSATION_SECONDS;
        return "outbound".equals(read.direction()) && isTalk ? Rule.OUTBOUND_CALL : null;
    }

    private Event behaviour(String record, Behaviour read) throws BrokenException {
        String type = required(read.type());
        String id = required(read.messageId());
        if (read.userId() == null && read.anonymousId() == null) {
            throw new BrokenException("no_lead");
        }
        long timeMillis = millis(read);
        boolean isBot = read.context() != null && read.context().bot();
        Properties properties = read.properties() == null ? NO_PROPERTIES : read.properties();
        Rule rule = isBot ? null : rule(type, read.event(), properties);
        String place = rule == null ? null : rule.place(timeMillis, subject(rule, properties), hours);
        return read.anonymousId() == null
                ? new Event.LeadAct(id, read.userId(), rule, place, timeMillis, false)
                : new Event.WebAct(record, id, read.anonymousId(), read.userId(), rule, place, timeMillis);
    }

    private static Rule rule(String type, String event, Properties properties) {
        if (type.equals("page")) {
            return page(properties.path());
        }
        if (!type.equals("track") || event == null) {
            return null;
        }
        return switch (event) {
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
        if (isUnder("/pricing", path)) {
            return Rule.PRICE_LIST;
        }
        return isUnder("/careers", path) ? Rule.CAREERS_PAGE : Rule.PAGE_VIEW;
    }

    private static boolean isUnder(String folder, String path) {
        return path != null && (path.equals(folder) || path.startsWith(folder + '/'));
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

    /** A device's clock may be wrong; where the tracker says when it sent, that is made good. */
    private static long millis(Behaviour read) throws BrokenException {
        if (read.originalTimestamp() == null || read.sentAt() == null || read.receivedAt() == null) {
            return millis(read.timestamp());
        }
        return millis(read.receivedAt()) - (millis(read.sentAt()) - millis(read.originalTimestamp()));
    }

    private static long millis(String time) throws BrokenException {
        try {
            return OffsetDateTime.parse(required(time)).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new BrokenException("invalid_time");
        }
    }

    private static long amountMinor(String amount) throws BrokenException {
        if (!AMOUNT.matcher(amount).matches()) {
            throw new BrokenException("invalid_amount");
        }
        return new BigDecimal(amount).movePointRight(CENT_DIGITS).longValueExact();
    }

    private static String required(String text) throws BrokenException {
        if (text == null) {
            throw new BrokenException("missing_field");
        }
        return text;
    }
}
