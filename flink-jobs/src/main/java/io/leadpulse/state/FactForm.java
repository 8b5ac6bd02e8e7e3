package io.leadpulse.state;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Hash64;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Facts. What of its fields a fact has, and the short ones among them, are one number, its shape; a lead has few different ones.
 * Its id is that of its key and is not written, unless it is another.
 */
public final class FactForm {
    // What most facts have stands first: the higher the bits, the longer the number.
    private static final int KIND_MASK = 0x7f;
    private static final int DIRECTION_SHIFT = 7;
    private static final int DIRECTION_MASK = 3;
    private static final int KEY_SHIFT = 9;
    private static final int KEY_MASK = 3;
    private static final int ASSET = 1 << 11;
    private static final int ACTOR = 1 << 12;
    private static final int NO_CONTENT = 1 << 13;
    private static final int CAMPAIGN = 1 << 14;
    private static final int CHANNEL = 1 << 15;
    private static final int TEMPLATE = 1 << 16;
    private static final int SECONDS = 1 << 17;
    private static final int DUE = 1 << 18;
    private static final int WHOLE_SECONDS = 1 << 19;
    private static final int OWNER = 1 << 20;
    private static final int STATUS = 1 << 21;
    private static final int PRODUCT = 1 << 22;
    private static final int REASON = 1 << 23;
    private static final int ATTRIBUTES = 1 << 24;
    private static final int AUTOMATIC = 1 << 25;
    private static final int CONNECTED = 1 << 26;
    private static final int COLD = 1 << 27;
    private static final int ALERT = 1 << 28;
    private static final int VERSION = 1 << 29;
    private static final int OWN_ID = 1 << 30;

    private FactForm() {}

    /** Writes facts, best in order of time. */
    public static void write(List<Fact> facts, StateOutput to) {
        to.count(facts == null ? 0 : facts.size(), facts == null);
        long fromMillis = 0;
        for (int i = 0; facts != null && i < facts.size(); i++) {
            Fact fact = facts.get(i);
            write(fact, fromMillis, to);
            fromMillis = fact.timeMillis();
        }
    }

    public static List<Fact> read(StateInput from) throws IOException {
        int count = from.count();
        if (count <= 0) {
            return count < 0 ? null : List.of();
        }
        List<Fact> facts = new ArrayList<>(count);
        long fromMillis = 0;
        for (int i = 0; i < count; i++) {
            Fact fact = read(fromMillis, from);
            facts.add(fact);
            fromMillis = fact.timeMillis();
        }
        return facts;
    }

    /**
     * Writes a fact.
     *
     * @param fromMillis a time that is known when it is read, best not after that of the fact
     */
    public static void write(Fact fact, long fromMillis, StateOutput to) {
        long later = fact.timeMillis() - fromMillis;
        long shape = shape(fact, later, to);
        to.repeated(shape);
        to.number(has(shape, WHOLE_SECONDS) ? later / StateOutput.SECOND : later);
        to.key(fact.event());
        if (has(shape, OWN_ID)) {
            to.whole(fact.id());
        }
        if (!has(shape, NO_CONTENT)) {
            to.whole(fact.contentHash());
        }
        if (has(shape, VERSION)) {
            to.signed(fact.version());
        }
        if (has(shape, SECONDS)) {
            to.signed(fact.seconds());
        }
        if (has(shape, DUE)) {
            to.time(fact.dueMillis(), fact.timeMillis());
        }
        text(shape, ASSET, fact.asset(), to);
        text(shape, ACTOR, fact.actor(), to);
        text(shape, OWNER, fact.owner(), to);
        text(shape, STATUS, fact.status(), to);
        text(shape, REASON, fact.reason(), to);
        text(shape, PRODUCT, fact.product(), to);
        text(shape, CAMPAIGN, fact.campaign(), to);
        text(shape, CHANNEL, fact.channel(), to);
        text(shape, ALERT, fact.alert(), to);
        text(shape, TEMPLATE, fact.template(), to);
        if (has(shape, ATTRIBUTES)) {
            to.texts(fact.attributes());
        }
    }

    private static long shape(Fact fact, long later, StateOutput to) {
        Map<String, String> attributes = fact.attributes();
        return Constants.KINDS.place(fact.kind())
                | Constants.DIRECTIONS.place(fact.direction()) << DIRECTION_SHIFT
                | bit(AUTOMATIC, fact.automatic())
                | bit(COLD, fact.cold())
                | bit(CONNECTED, fact.connected())
                | to.formOf(fact.event()) << KEY_SHIFT
                | bit(WHOLE_SECONDS, later % StateOutput.SECOND == 0)
                | bit(OWN_ID, fact.event() == null || fact.id() != Hash64.of(fact.event()))
                | bit(NO_CONTENT, fact.contentHash() == 0)
                | bit(VERSION, fact.version() != 0)
                | bit(SECONDS, fact.seconds() != 0)
                | bit(DUE, fact.dueMillis() != Fact.NO_TIME)
                | bit(ASSET, fact.asset() != null)
                | bit(ACTOR, fact.actor() != null)
                | bit(OWNER, fact.owner() != null)
                | bit(STATUS, fact.status() != null)
                | bit(REASON, fact.reason() != null)
                | bit(PRODUCT, fact.product() != null)
                | bit(CAMPAIGN, fact.campaign() != null)
                | bit(CHANNEL, fact.channel() != null)
                | bit(ALERT, fact.alert() != null)
                | bit(TEMPLATE, fact.template() != null)
                | bit(ATTRIBUTES, attributes == null || !attributes.isEmpty());
    }

    private static int bit(int bit, boolean isSet) {
        return isSet ? bit : 0;
    }

    private static boolean has(long shape, int bit) {
        return (shape & bit) != 0;
    }

    private static void text(long shape, int bit, String text, StateOutput to) {
        if (has(shape, bit)) {
            to.text(text);
        }
    }

    /** Reads a fact that was written with the same time. */
    public static Fact read(long fromMillis, StateInput from) throws IOException {
        long shape = from.repeated();
        long later = from.number();
        long timeMillis = fromMillis + (has(shape, WHOLE_SECONDS) ? later * StateOutput.SECOND : later);
        String event = from.key((int) (shape >> KEY_SHIFT) & KEY_MASK);
        boolean isOfKey = !has(shape, OWN_ID);
        if (isOfKey && event == null) {
            throw from.broken("a fact with neither id nor key");
        }
        // In the order in which they are written.
        long id = isOfKey ? Hash64.of(event) : from.whole();
        long contentHash = has(shape, NO_CONTENT) ? 0 : from.whole();
        long version = has(shape, VERSION) ? from.signed() : 0;
        int seconds = has(shape, SECONDS) ? from.small() : 0;
        long dueMillis = has(shape, DUE) ? from.time(timeMillis) : Fact.NO_TIME;
        String asset = text(shape, ASSET, from);
        String actor = text(shape, ACTOR, from);
        String owner = text(shape, OWNER, from);
        String status = text(shape, STATUS, from);
        String reason = text(shape, REASON, from);
        String product = text(shape, PRODUCT, from);
        String campaign = text(shape, CAMPAIGN, from);
        String channel = text(shape, CHANNEL, from);
        String alert = text(shape, ALERT, from);
        String template = text(shape, TEMPLATE, from);
        return new Fact(
                id,
                event,
                timeMillis,
                Constants.KINDS.at(shape & KIND_MASK, from),
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
                Constants.DIRECTIONS.at((shape >> DIRECTION_SHIFT) & DIRECTION_MASK, from),
                has(shape, AUTOMATIC),
                has(shape, COLD),
                has(shape, CONNECTED),
                seconds,
                dueMillis,
                alert,
                has(shape, ATTRIBUTES) ? from.texts() : Map.of(),
                template);
    }

    private static String text(long shape, int bit, StateInput from) throws IOException {
        return has(shape, bit) ? from.text() : null;
    }
}
