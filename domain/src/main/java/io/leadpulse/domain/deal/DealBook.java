package io.leadpulse.domain.deal;

import io.leadpulse.domain.deal.Deal.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Reads all records of one deal as one {@link Deal}.
 *
 * <p>Pure: what it says depends on the set of accepted records only, so a late, repeated or replayed record leads to
 * the same deal as one that came in time. {@link #accept} decides what a record that just came is; {@link #resolve}
 * reads what was accepted, in {@link DealEvent#CANONICAL_ORDER}:
 *
 * <ul>
 *   <li><b>Lead, amount with its currency, product, expected close</b>: the newest said by event time. An amount said after the win
 *       restates the won day. The amount of a refund is the refund's, not the deal's.
 *   <li><b>Closing</b>: a {@code deal_won}, or moving into a won stage (named on a stage change, an update or an
 *       opening); the same for lost. A second closing of the same kind does not restamp. Lost after won without
 *       reopening, or the reverse: the later outcome replaces the earlier one, with its own time, because a CRM that
 *       corrects a mistaken closing does just that.
 *   <li><b>Reopening</b>: a {@code deal_reopened}, or after a closing a stage change into an open stage; the earlier
 *       outcome is gone, and with a win, also where a loss replaces it, what was given back until the next: of that one
 *       nothing has been. An update or an opening that names an open stage after the closing does not reopen, because
 *       CRMs send the last open stage along with any change of a closed deal.
 *   <li><b>Stays</b> end at the closing; the closing stage is not a stay. A reopened deal enters the stage that the
 *       reopening names, else the one it had last, as a new stay. A stage left at the instant at which it was entered
 *       is a stay of zero length: it was passed, which a date without time cannot say better. Without any stage named,
 *       no stays.
 *   <li><b>Deletion</b> holds unless a later {@code deal_reopened} or {@code deal_opened} takes it back. It ends the
 *       stay; an open deal that is taken back enters the stage it had last as a new stay. What is said of a deal
 *       while it is deleted is remembered, but starts no stay.
 * </ul>
 */
public final class DealBook {

    /** Records kept of one deal; a deal with more is a broken producer, not a sale. */
    public static final int MAX_RECORDS = 2_000;

    private DealBook() {}

    /** What a record that just came is to the records kept of its deal. */
    public enum Verdict {
        /** A new record. */
        COUNTED,
        /** The same record once more. */
        DUPLICATE,
        /** The same id and version with other content; {@link DealEvent#supersedes} says which one is kept. */
        DUPLICATE_CONFLICT,
        /** An older version than the one kept, which stays. */
        SUPERSEDED,
        /** A newer version than the one kept, which it replaces. */
        SUPERSEDES,
        /** A new record beyond {@link #MAX_RECORDS}; refused. */
        TOO_MANY
    }

    /**
     * The verdict and the records kept after it.
     *
     * @param verdict what the record was
     * @param kept in canonical order, one record per id; the same list as before when the record changes nothing
     */
    public record Acceptance(Verdict verdict, List<DealEvent> kept) {}

    /**
     * Decides about one record. For versions and conflicts the records kept in the end do not depend on the order of
     * arrival.
     *
     * @param kept what earlier calls kept; not modified
     * @param incoming the record that just came
     */
    public static Acceptance accept(List<DealEvent> kept, DealEvent incoming) {
        int index = indexOf(kept, incoming.id());
        if (index < 0) {
            return kept.size() >= MAX_RECORDS
                    ? new Acceptance(Verdict.TOO_MANY, kept)
                    : new Acceptance(Verdict.COUNTED, withRecord(kept, -1, incoming));
        }
        DealEvent before = kept.get(index);
        if (before.version() != incoming.version()) {
            return incoming.version() > before.version()
                    ? new Acceptance(Verdict.SUPERSEDES, withRecord(kept, index, incoming))
                    : new Acceptance(Verdict.SUPERSEDED, kept);
        }
        if (before.contentHash() == incoming.contentHash() && before.timeMillis() == incoming.timeMillis()) {
            return new Acceptance(Verdict.DUPLICATE, kept);
        }
        return new Acceptance(
                Verdict.DUPLICATE_CONFLICT, incoming.supersedes(before) ? withRecord(kept, index, incoming) : kept);
    }

    private static int indexOf(List<DealEvent> kept, long id) {
        for (int i = 0; i < kept.size(); i++) {
            if (kept.get(i).id() == id) {
                return i;
            }
        }
        return -1;
    }

    private static List<DealEvent> withRecord(List<DealEvent> kept, int replaced, DealEvent incoming) {
        List<DealEvent> records = new ArrayList<>(kept.size() + 1);
        records.addAll(kept);
        if (replaced >= 0) {
            records.remove(replaced);
        }
        int place = Collections.binarySearch(records, incoming, DealEvent.CANONICAL_ORDER);
        records.add(place < 0 ? -place - 1 : place, incoming);
        return records;
    }

    /**
     * The deal that these records tell.
     *
     * @param dealId the deal's id
     * @param accepted its records, one per id, in any order; at least one
     * @param config which stages close a deal
     * @throws IllegalArgumentException when there is no record
     */
    public static Deal resolve(String dealId, List<DealEvent> accepted, DealStages config) {
        if (accepted.isEmpty()) {
            throw new IllegalArgumentException("Deal %s has no record; at least one is needed".formatted(dealId));
        }
        List<DealEvent> events = new ArrayList<>(accepted);
        events.sort(DealEvent.CANONICAL_ORDER);
        Reading reading = new Reading(config);
        for (DealEvent event : events) {
            reading.read(event);
        }
        return reading.deal(
                dealId,
                events.get(0).timeMillis(),
                events.get(events.size() - 1).timeMillis());
    }

    /** Where the reading of a deal's records stands. */
    private static final class Reading {
        private final DealStages config;
        private final List<Stay> stays = new ArrayList<>();
        private final List<Ownership> owners = new ArrayList<>();
        private final List<Refund> refunds = new ArrayList<>();
        private final List<ExpectedClose> expectedCloses = new ArrayList<>();
        private final List<OpenSpan> openSpans = new ArrayList<>();
        private String lead;
        private Long openedMillis;
        /** Since when it is open; null while it is not. */
        private Long openSinceMillis;

        private Outcome outcome = Outcome.OPEN;
        private long closedMillis = Stay.OPEN;
        private boolean deleted;
        /** While no win stands, what is given back is then of that one; without it, of the one that is still to be told. */
        private boolean wasWinUndone;

        private Long amountMinor;
        private String currency;
        private String product;
        private String reason;
        private String competitor;
        /** The last open stage named; what a reopened deal returns to. */
        private String stage;

        Reading(DealStages config) {
            this.config = config;
        }

        void read(DealEvent event) {
            boolean wasOpen = openSinceMillis != null;
            take(event);
            boolean isOpen = outcome == Outcome.OPEN && !deleted;
            if (isOpen && !wasOpen) {
                openSinceMillis = event.timeMillis();
            } else if (wasOpen && !isOpen) {
                openSpans.add(new OpenSpan(openSinceMillis, event.timeMillis()));
                openSinceMillis = null;
            }
        }

        private void take(DealEvent event) {
            lead = event.lead();
            if (event.owner() != null) {
                own(event.owner(), event.timeMillis());
            }
            if (event.product() != null) {
                product = event.product();
            }
            if (event.expectedCloseEpochDay() != null) {
                expect(event.expectedCloseEpochDay(), event.timeMillis());
            }
            switch (event.kind()) {
                case DEAL_OPENED -> {
                    if (openedMillis == null) {
                        openedMillis = event.timeMillis();
                    }
                    restore(event);
                    describe(event);
                }
                case DEAL_UPDATED -> describe(event);
                case DEAL_STAGE_CHANGED -> changeStage(event);
                case DEAL_WON -> close(Outcome.WON, event.timeMillis());
                case DEAL_LOST -> close(Outcome.LOST, event.timeMillis());
                case DEAL_REOPENED -> {
                    deleted = false;
                    reopen(event);
                }
                case DEAL_DELETED -> {
                    deleted = true;
                    leave(event.timeMillis());
                    return;
                }
                case DEAL_REFUNDED -> {
                    if (event.amountMinor() != null && (outcome == Outcome.WON || !wasWinUndone)) {
                        refunds.add(new Refund(event.timeMillis(), event.amountMinor(), event.currency()));
                    }
                    return;
                }
                default ->
                    throw new IllegalArgumentException(
                            "Record %s is of kind %s; a deal's records are of the deal kinds only"
                                    .formatted(event.event(), event.kind().wireName()));
            }
            if (event.amountMinor() != null) {
                amountMinor = event.amountMinor();
                currency = event.currency();
            }
            if (outcome != Outcome.OPEN) {
                reason = event.reason() != null ? event.reason() : reason;
            }
            if (outcome == Outcome.LOST) {
                competitor = event.competitor() != null ? event.competitor() : competitor;
            }
        }

        private void own(String owner, long timeMillis) {
            if (!owners.isEmpty() && owners.get(owners.size() - 1).fromMillis() == timeMillis) {
                owners.remove(owners.size() - 1);
            }
            if (owners.isEmpty()
                    || !Objects.equals(owners.get(owners.size() - 1).owner(), owner)) {
                owners.add(new Ownership(owner, timeMillis));
            }
        }

        private void expect(long epochDay, long timeMillis) {
            if (!expectedCloses.isEmpty()
                    && expectedCloses.get(expectedCloses.size() - 1).fromMillis() == timeMillis) {
                expectedCloses.remove(expectedCloses.size() - 1);
            }
            if (expectedCloses.isEmpty()
                    || expectedCloses.get(expectedCloses.size() - 1).epochDay() != epochDay) {
                expectedCloses.add(new ExpectedClose(epochDay, timeMillis));
            }
        }

        /** An opening or an update: it may name a stage on the way, but does not reopen. */
        private void describe(DealEvent event) {
            if (event.stage() == null) {
                return;
            }
            Outcome into = config.outcomeOf(event.stage());
            if (into != Outcome.OPEN) {
                close(into, event.timeMillis());
            } else if (outcome == Outcome.OPEN) {
                enter(event.stage(), event.timeMillis());
            } else {
                stage = event.stage();
            }
        }

        /** An opening after a deletion takes it back. */
        private void restore(DealEvent event) {
            boolean wasDeleted = deleted;
            deleted = false;
            if (wasDeleted && outcome == Outcome.OPEN && event.stage() == null && stage != null) {
                enter(stage, event.timeMillis());
            }
        }

        private void changeStage(DealEvent event) {
            if (event.stage() == null) {
                return;
            }
            Outcome into = config.outcomeOf(event.stage());
            if (into != Outcome.OPEN) {
                close(into, event.timeMillis());
            } else {
                clearClose();
                enter(event.stage(), event.timeMillis());
            }
        }

        private void reopen(DealEvent event) {
            clearClose();
            String named = config.outcomeOf(event.stage()) == Outcome.OPEN ? event.stage() : null;
            String into = named != null ? named : stage;
            if (into != null) {
                enter(into, event.timeMillis());
            }
        }

        private void clearClose() {
            leaveOutcome();
            outcome = Outcome.OPEN;
            closedMillis = Stay.OPEN;
            reason = null;
            competitor = null;
        }

        /** With a win goes what was given back of it. */
        private void leaveOutcome() {
            if (outcome == Outcome.WON) {
                refunds.clear();
                wasWinUndone = true;
            }
        }

        private void close(Outcome into, long timeMillis) {
            if (outcome == into) {
                return;
            }
            leaveOutcome();
            outcome = into;
            closedMillis = timeMillis;
            reason = null;
            competitor = null;
            leave(timeMillis);
        }

        private void enter(String next, long timeMillis) {
            stage = next;
            if (deleted) {
                return;
            }
            boolean stands = !stays.isEmpty() && stays.get(stays.size() - 1).isOpen();
            if (stands && stays.get(stays.size() - 1).stage().equals(next)) {
                return;
            }
            leave(timeMillis);
            stays.add(new Stay(next, timeMillis, Stay.OPEN));
        }

        private void leave(long timeMillis) {
            if (!stays.isEmpty() && stays.get(stays.size() - 1).isOpen()) {
                Stay last = stays.remove(stays.size() - 1);
                stays.add(new Stay(last.stage(), last.enteredMillis(), timeMillis));
            }
        }

        /** The times at which it was open; what was said before its opening does not open it. */
        private List<OpenSpan> openSpans(long fromMillis) {
            if (openSinceMillis != null) {
                openSpans.add(new OpenSpan(openSinceMillis, Stay.OPEN));
            }
            List<OpenSpan> spans = new ArrayList<>(openSpans.size());
            for (OpenSpan span : openSpans) {
                if (span.untilMillis() > fromMillis) {
                    spans.add(new OpenSpan(Math.max(fromMillis, span.fromMillis()), span.untilMillis()));
                }
            }
            return spans;
        }

        Deal deal(String id, long firstMillis, long lastMillis) {
            long opened = openedMillis != null ? openedMillis : firstMillis;
            return new Deal(
                    id,
                    lead,
                    opened,
                    closedMillis,
                    outcome,
                    deleted,
                    amountMinor,
                    currency,
                    product,
                    reason,
                    competitor,
                    expectedCloses,
                    stays,
                    owners,
                    refunds,
                    openSpans(opened),
                    lastMillis);
        }
    }
}
