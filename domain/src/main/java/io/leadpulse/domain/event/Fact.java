package io.leadpulse.domain.event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What is kept of one activity or behaviour of a lead; deals are kept by {@code domain.deal}.
 *
 * <p>Everything that is published of a lead is a pure function of its facts in {@link #CANONICAL_ORDER}, so the order
 * in which they arrived cannot matter. The record is flat because it is also Flink state.
 *
 * @param id 64-bit hash of the idempotency key (source and event id); unique within a lead
 * @param event the idempotency key itself, {@code source/id}, so that a ledger entry can name its event
 * @param timeMillis event time, epoch milliseconds
 * @param kind what happened
 * @param version the producer's version of this record, 0 when it gave none; the higher one wins
 * @param contentHash hash of everything that the producer said; breaks ties between equal versions
 * @param asset what it happened to: page, form, asset, mail, fair, meeting or task id; null when nothing was named
 * @param actor the rep who did it; null when the lead did, or nobody was named
 * @param owner the new owner of an assignment; null otherwise
 * @param status the new status of a status change; null otherwise
 * @param reason why (rejected, disqualified, cancelled); null when not given
 * @param product the product meant; null when none was named
 * @param campaign the campaign of the touch; null when none was named
 * @param channel the channel of the touch; null when none was named
 * @param direction who began the contact
 * @param automatic done by a machine (auto-reply, scanner, prefetch, sequence)
 * @param cold marked as a cold call by the producer
 * @param connected the call reached a person
 * @param seconds duration in seconds, 0 when unknown
 * @param dueMillis planned time of a meeting or task, or the end of a snooze; {@link #NO_TIME} when none
 * @param alert the alert meant by a snooze or a handling; null otherwise
 * @param attributes attributes of the lead that the record states (fit); empty when none
 * @param template what a mail or SMS was made from; null when not given, and in state of release 1
 */
public record Fact(
        long id,
        String event,
        long timeMillis,
        EventKind kind,
        long version,
        long contentHash,
        String asset,
        String actor,
        String owner,
        String status,
        String reason,
        String product,
        String campaign,
        String channel,
        Direction direction,
        boolean automatic,
        boolean cold,
        boolean connected,
        int seconds,
        long dueMillis,
        String alert,
        Map<String, String> attributes,
        String template) {

    /** Stands where a time is not given. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** Event time, then kind, then id: the one order in which facts are read. */
    public static final Comparator<Fact> CANONICAL_ORDER = Fact::compare;

    /** A fact with only what every fact has; the rest is absent. */
    public static Fact of(long id, String event, long timeMillis, EventKind kind) {
        return new Builder(id, event, timeMillis, kind).build();
    }

    /** Starts a fact with only what every fact has. */
    public static Builder builder(long id, String event, long timeMillis, EventKind kind) {
        return new Builder(id, event, timeMillis, kind);
    }

    /** Spelt out: all facts of a lead are held against each other several times at each event. */
    private static int compare(Fact one, Fact other) {
        int order = Long.compare(one.timeMillis, other.timeMillis);
        order = order == 0 ? one.kind.compareTo(other.kind) : order;
        return order == 0 ? Long.compare(one.id, other.id) : order;
    }

    /**
     * These facts in {@link #CANONICAL_ORDER}.
     *
     * @return the list itself if they are, as those that are kept
     */
    public static List<Fact> inOrder(List<Fact> facts) {
        for (int i = 1; i < facts.size(); i++) {
            if (compare(facts.get(i - 1), facts.get(i)) > 0) {
                List<Fact> sorted = new ArrayList<>(facts);
                sorted.sort(CANONICAL_ORDER);
                return sorted;
            }
        }
        return facts;
    }

    /**
     * Whether this fact replaces {@code other}, which has the same id: the higher version wins, else the earlier time,
     * else the smaller content hash.
     */
    public boolean supersedes(Fact other) {
        if (version != other.version) {
            return version > other.version;
        }
        if (timeMillis != other.timeMillis) {
            return timeMillis < other.timeMillis;
        }
        return contentHash < other.contentHash;
    }

    /** Whether somebody, no machine, views, starts or sends the form that the fact names. */
    public boolean isOfForm() {
        boolean isAct = kind == EventKind.FORM_VIEWED || kind == EventKind.FORM_STARTED || kind.isSentForm();
        return isAct && !automatic && asset != null;
    }

    /** How many characters its texts have together. */
    public long characters() {
        long characters = length(event)
                + length(asset)
                + length(actor)
                + length(owner)
                + length(status)
                + length(reason)
                + length(product)
                + length(campaign)
                + length(channel)
                + length(alert)
                + length(template);
        for (Map.Entry<String, String> each : attributes.entrySet()) {
            characters += length(each.getKey()) + length(each.getValue());
        }
        return characters;
    }

    private static long length(String textOrNull) {
        return textOrNull == null ? 0 : textOrNull.length();
    }

    /** Builds a {@link Fact} by name, so that callers need not count twenty positions. */
    public static final class Builder {
        private final long id;
        private final String event;
        private final long timeMillis;
        private final EventKind kind;
        private long version;
        private long contentHash;
        private String asset;
        private String actor;
        private String owner;
        private String status;
        private String reason;
        private String product;
        private String campaign;
        private String channel;
        private Direction direction = Direction.UNKNOWN;
        private boolean automatic;
        private boolean cold;
        private boolean connected;
        private int seconds;
        private long dueMillis = NO_TIME;
        private String alert;
        private Map<String, String> attributes = Map.of();
        private String template;

        private Builder(long id, String event, long timeMillis, EventKind kind) {
            this.id = id;
            this.event = event;
            this.timeMillis = timeMillis;
            this.kind = kind;
        }

        public Builder version(long value) {
            version = value;
            return this;
        }

        public Builder contentHash(long value) {
            contentHash = value;
            return this;
        }

        public Builder asset(String value) {
            asset = value;
            return this;
        }

        public Builder actor(String value) {
            actor = value;
            return this;
        }

        public Builder owner(String value) {
            owner = value;
            return this;
        }

        public Builder status(String value) {
            status = value;
            return this;
        }

        public Builder reason(String value) {
            reason = value;
            return this;
        }

        public Builder product(String value) {
            product = value;
            return this;
        }

        public Builder campaign(String value) {
            campaign = value;
            return this;
        }

        public Builder channel(String value) {
            channel = value;
            return this;
        }

        public Builder direction(Direction value) {
            direction = value;
            return this;
        }

        public Builder automatic(boolean value) {
            automatic = value;
            return this;
        }

        public Builder cold(boolean value) {
            cold = value;
            return this;
        }

        public Builder connected(boolean value) {
            connected = value;
            return this;
        }

        public Builder seconds(int value) {
            seconds = value;
            return this;
        }

        public Builder dueMillis(long value) {
            dueMillis = value;
            return this;
        }

        public Builder alert(String value) {
            alert = value;
            return this;
        }

        public Builder attributes(Map<String, String> value) {
            attributes = value;
            return this;
        }

        public Builder template(String value) {
            template = value;
            return this;
        }

        public Fact build() {
            return new Fact(
                    id,
                    event,
                    timeMillis,
                    kind,
                    version,
                    contentHash,
                    asset,
                    actor,
                    owner,
                    status,
                    reason,
                    product,
                    campaign,
                    channel,
                    direction,
                    automatic,
                    cold,
                    connected,
                    seconds,
                    dueMillis,
                    alert,
                    attributes,
                    template);
        }
    }
}
