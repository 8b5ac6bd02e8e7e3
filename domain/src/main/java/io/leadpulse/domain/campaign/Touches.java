package io.leadpulse.domain.campaign;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How campaigns reached a lead. A pure function of its facts: what comes late, twice or corrected leads to the same.
 *
 * <p>A touch is a fact that names a campaign and was not done by a machine. Visits that name none (somebody typed the
 * address, or came back by a bookmark) are no touch, so they overwrite nothing.
 *
 * @param first the earliest; null if there is none
 * @param last the latest at or before the lead was qualified; the earliest if all came after that; null if there is none
 * @param landing the first page seen; null when none is known
 * @param form the first form sent; null when none is known
 * @param asset the first asset taken; null when none is known
 */
public record Touches(Touch first, Touch last, Arrival landing, Arrival form, Arrival asset) {
    /** Of a lead that nothing is known of. */
    public static final Touches NONE = new Touches(null, null, null, null, null);

    private static final Set<EventKind> PAGES =
            EnumSet.of(EventKind.PAGE_VIEWED, EventKind.CAREERS_PAGE_VIEWED, EventKind.PRICE_LIST_VIEWED);
    private static final Set<EventKind> ASSETS = EnumSet.of(EventKind.ASSET_DOWNLOADED);

    /**
     * Reads a lead's touches.
     *
     * @param facts its facts in canonical order
     * @param qualifiedMillis when it was marketing-qualified or got its first opportunity, whichever was first, epoch
     *     milliseconds; {@code Long.MAX_VALUE} when neither has happened
     */
    public static Touches of(List<Fact> facts, long qualifiedMillis) {
        Fact first = null;
        Fact last = null;
        Arrival landing = null;
        Arrival form = null;
        Arrival asset = null;
        for (Fact fact : facts) {
            if (fact.automatic()) {
                continue;
            }
            if (fact.campaign() != null) {
                first = first == null ? fact : first;
                last = last == null || fact.timeMillis() <= qualifiedMillis ? fact : last;
            }
            landing = landing == null ? arrival(PAGES, fact) : landing;
            form = form == null && fact.kind().isSentForm() ? arrival(fact) : form;
            asset = asset == null ? arrival(ASSETS, fact) : asset;
        }
        return new Touches(touch(first), touch(last), landing, form, asset);
    }

    private static Touch touch(Fact factOrNull) {
        return factOrNull == null
                ? null
                : new Touch(factOrNull.timeMillis(), factOrNull.campaign(), factOrNull.channel());
    }

    private static Arrival arrival(Set<EventKind> kinds, Fact fact) {
        return kinds.contains(fact.kind()) ? arrival(fact) : null;
    }

    private static Arrival arrival(Fact fact) {
        return fact.asset() == null ? null : new Arrival(fact.timeMillis(), fact.asset());
    }
}
