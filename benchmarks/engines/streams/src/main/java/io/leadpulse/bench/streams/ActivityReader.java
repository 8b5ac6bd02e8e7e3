package io.leadpulse.bench.streams;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code crm.activities.v1}. */
final class ActivityReader extends EventReader<ActivityReader.Json> {
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,2})?");
    private static final int CENT_DIGITS = 2;
    private static final int CONVERSATION_SECONDS = 30;

    private static final Map<String, Rule> RULES = Map.of(
            "email_opened", Rule.MAIL_OPENED,
            "email_clicked", Rule.LINK_CLICKED,
            "email_replied", Rule.REPLIED,
            "email_unsubscribed", Rule.UNSUBSCRIBED,
            "meeting_completed", Rule.MEETING_HELD,
            "meeting_no_show", Rule.NO_SHOW,
            "event_visited", Rule.EVENT_VISITED);

    private static final Set<String> WITHOUT_POINTS = Set.of("lead_created", "lead_updated", "email_sent", "call");

    private static final Map<String, Deal.Change> OF_DEALS = Map.of(
            "deal_opened", Deal.Change.UPDATED,
            "deal_updated", Deal.Change.UPDATED,
            "deal_stage_changed", Deal.Change.UPDATED,
            "deal_won", Deal.Change.WON,
            "deal_lost", Deal.Change.LOST);

    private final TaskConfig config;

    /** A record of the topic, as far as the task needs it. */
    record Json(
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

    ActivityReader(TaskConfig config) {
        super(Json.class);
        this.config = config;
    }

    @Override
    Event event(Json read) throws RefusedException {
        String kind = required(read.kind());
        Deal.Change change = OF_DEALS.get(kind);
        if (change == null && !RULES.containsKey(kind) && !WITHOUT_POINTS.contains(kind)) {
            throw new RefusedException("unknown_kind");
        }
        String id = required(read.source()) + '/' + required(read.id());
        long timeMillis = millis(read.time());
        Long amountMinor = amountMinor(read.amount());
        if (read.lead() == null) {
            throw new RefusedException("no_lead");
        }
        if (change != null) {
            Deal.Step step = new Deal.Step(id, timeMillis, change, read.stage(), read.owner(), amountMinor);
            return new Event(null, id, timeMillis, read.lead(), null, null, "", required(read.deal()), step);
        }
        Rule rule = rule(read);
        String within = rule == null ? "" : rule.within(read.asset(), timeMillis, config);
        return new Event(null, id, timeMillis, read.lead(), null, rule, within, null, null);
    }

    /** What machines do gives no points. */
    private static Rule rule(Json read) {
        if (read.automatic()) {
            return null;
        }
        return read.kind().equals("call") ? call(read) : RULES.get(read.kind());
    }

    private static Rule call(Json read) {
        if ("inbound".equals(read.direction())) {
            return Rule.INBOUND_CALL;
        }
        boolean isTalk = read.connected() && read.seconds() >= CONVERSATION_SECONDS;
        return "outbound".equals(read.direction()) && isTalk ? Rule.OUTBOUND_CALL : null;
    }

    private static Long amountMinor(String amount) throws RefusedException {
        if (amount == null) {
            return null;
        }
        if (!AMOUNT.matcher(amount).matches()) {
            throw new RefusedException("invalid_amount");
        }
        return new BigDecimal(amount).movePointRight(CENT_DIGITS).longValueExact();
    }
}
