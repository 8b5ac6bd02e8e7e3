package io.leadpulse.state;

import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.schemas.Hash64;
import java.io.IOException;

/** Records about deals; as {@link FactForm} without what of them only facts have. */
public final class DealEventForm {
    private static final int KEY_MASK = 3;
    private static final int OWN_ID = 1 << 2;
    private static final int CONTENT = 1 << 3;
    private static final int VERSION = 1 << 4;
    private static final int AMOUNT = 1 << 5;
    private static final int EXPECTED_CLOSE = 1 << 6;
    private static final int KIND_SHIFT = 7;
    private static final long DAY = 86_400_000;

    private DealEventForm() {}

    public static void write(DealEvent event, long fromMillis, StateOutput to) {
        long shape = to.formOf(event.event())
                | bit(OWN_ID, event.event() == null || event.id() != Hash64.of(event.event()))
                | bit(CONTENT, event.contentHash() != 0)
                | bit(VERSION, event.version() != 0)
                | bit(AMOUNT, event.amountMinor() != null)
                | bit(EXPECTED_CLOSE, event.expectedCloseEpochDay() != null)
                | (long) Constants.KINDS.place(event.kind()) << KIND_SHIFT;
        to.repeated(shape);
        to.time(event.timeMillis(), fromMillis);
        to.key(event.event());
        if (has(shape, OWN_ID)) {
            to.whole(event.id());
        }
        if (has(shape, CONTENT)) {
            to.whole(event.contentHash());
        }
        if (has(shape, VERSION)) {
            to.signed(event.version());
        }
        if (has(shape, AMOUNT)) {
            to.signed(event.amountMinor());
        }
        if (has(shape, EXPECTED_CLOSE)) {
            to.signed(event.expectedCloseEpochDay() - Math.floorDiv(event.timeMillis(), DAY));
        }
        to.text(event.lead());
        to.text(event.owner());
        to.text(event.stage());
        to.text(event.reason());
        to.text(event.competitor());
        to.text(event.currency());
        to.text(event.product());
    }

    public static DealEvent read(long fromMillis, StateInput from) throws IOException {
        long shape = from.repeated();
        long timeMillis = from.time(fromMillis);
        String event = from.key((int) shape & KEY_MASK);
        boolean isOfKey = !has(shape, OWN_ID);
        if (isOfKey && event == null) {
            throw from.broken("a record with neither id nor key");
        }
        // In the order in which they are written.
        long id = isOfKey ? Hash64.of(event) : from.whole();
        long contentHash = has(shape, CONTENT) ? from.whole() : 0;
        long version = has(shape, VERSION) ? from.signed() : 0;
        Long amountMinor = has(shape, AMOUNT) ? (Long) from.signed() : null;
        Long closeEpochDay =
                has(shape, EXPECTED_CLOSE) ? (Long) (from.signed() + Math.floorDiv(timeMillis, DAY)) : null;
        String lead = from.text();
        String owner = from.text();
        String stage = from.text();
        String reason = from.text();
        String competitor = from.text();
        String currency = from.text();
        return new DealEvent(
                id,
                event,
                timeMillis,
                Constants.KINDS.at(shape >>> KIND_SHIFT, from),
                version,
                contentHash,
                lead,
                owner,
                stage,
                reason,
                competitor,
                amountMinor,
                currency,
                from.text(),
                closeEpochDay);
    }

    private static int bit(int bit, boolean isSet) {
        return isSet ? bit : 0;
    }

    private static boolean has(long shape, int bit) {
        return (shape & bit) != 0;
    }
}
