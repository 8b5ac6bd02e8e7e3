package io.leadpulse.domain.identity;

import io.leadpulse.domain.event.Fact;
import java.util.Comparator;

/**
 * One web event of a visitor, as the visitors operator keeps it. Flat because it is also Flink state.
 *
 * @param fact what happened
 * @param lead the lead that the event itself names, which makes it an identification of the visitor at its time; null
 *     when the event is anonymous
 * @param owner the lead that was last told that the event is its own; null while nobody was
 */
public record VisitorRecord(Fact fact, String lead, String owner) {

    /** The canonical order of the facts. */
    static final Comparator<VisitorRecord> CANONICAL_ORDER =
            Comparator.comparing(VisitorRecord::fact, Fact.CANONICAL_ORDER);

    /** Event time, epoch milliseconds. */
    public long timeMillis() {
        return fact.timeMillis();
    }

    /** Whether the event says whose the visitor's events are. */
    boolean isIdentification() {
        return lead != null;
    }

    /** Whether something of it outlives the records: as long as it counts, it must be recognised. */
    boolean isRemembered() {
        return isIdentification() || fact.isOfForm();
    }

    VisitorRecord withOwner(String other) {
        return new VisitorRecord(fact, lead, other);
    }

    /** What has to be remembered: who, when, with which form, and what recognises the event when it comes again. */
    VisitorRecord light() {
        Fact light = Fact.builder(fact.id(), fact.event(), fact.timeMillis(), fact.kind())
                .version(fact.version())
                .contentHash(fact.contentHash())
                .asset(fact.isOfForm() ? fact.asset() : null)
                .build();
        return new VisitorRecord(light, lead, owner);
    }
}
