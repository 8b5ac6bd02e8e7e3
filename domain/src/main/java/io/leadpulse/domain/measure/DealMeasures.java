package io.leadpulse.domain.measure;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.Refund;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.organisation.Organisation;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one deal adds to the rollups of the company, its owner and its owner's team.
 *
 * <p>Credit goes to who owned the deal, and to the team the owner was in, at the moment that counts: the opening for
 * opened, the close for won, lost, cycle and dwell of the last stage; a handover after the win moves nothing. A refund
 * is a negative amount on its own day, taken from whoever had the win; once the deal is reopened there is no win left to
 * take it from. A deleted deal adds nothing at all.
 */
public final class DealMeasures {
    private static final String NO_DIMENSION = "";
    /** More often put off is as bad. */
    private static final int MOST_MOVES = 3;

    private final Organisation organisation;

    /** Measures deals of this organisation: its teams, its local days. */
    public DealMeasures(Organisation organisation) {
        this.organisation = organisation;
    }

    /** Adds everything that this deal contributes. */
    public void contribute(Deal deal, Contributions to) {
        if (deal.deleted()) {
            return;
        }
        Credit opened = new Credit(deal, deal.openedMillis(), to);
        opened.add(Measure.OPENED_COUNT, NO_DIMENSION, 1);
        switch (deal.outcome()) {
            case WON -> contributeWon(deal, to);
            case LOST -> contributeLost(deal, to);
            case OPEN -> contributeOpen(deal, to);
        }
        contributeDwell(deal, to);
    }

    private void contributeWon(Deal deal, Contributions to) {
        Credit won = new Credit(deal, deal.closedMillis(), to);
        long amountMinor = deal.amountMinor() == null ? 0 : deal.amountMinor();
        long cycleMillis = deal.closedMillis() - deal.openedMillis();
        won.add(Measure.WON_COUNT, NO_DIMENSION, 1);
        won.add(Measure.WON_AMOUNT, NO_DIMENSION, amountMinor);
        won.add(Measure.WON_DEAL_AMOUNT, NO_DIMENSION, amountMinor);
        won.addAt(Measure.WON_AMOUNT_FIVE_MINUTES, won.slot(), amountMinor);
        won.add(Measure.CYCLE_MILLIS, NO_DIMENSION, cycleMillis);
        won.addDuration(Measure.CYCLE_HISTOGRAM, NO_DIMENSION, cycleMillis);
        String product = orNone(deal.product());
        won.add(Measure.WON_COUNT_BY_PRODUCT, product, 1);
        won.add(Measure.WON_AMOUNT_BY_PRODUCT, product, amountMinor);
        for (String stage : stagesOf(deal)) {
            won.add(Measure.WON_AFTER_STAGE, stage, 1);
        }
        for (Refund refund : deal.refunds()) {
            Credit refunded = won.on(refund.timeMillis());
            refunded.add(Measure.WON_AMOUNT, NO_DIMENSION, -refund.amountMinor());
            refunded.addAt(Measure.WON_AMOUNT_FIVE_MINUTES, refunded.slot(), -refund.amountMinor());
        }
    }

    private void contributeLost(Deal deal, Contributions to) {
        Credit lost = new Credit(deal, deal.closedMillis(), to);
        lost.add(Measure.LOST_COUNT, NO_DIMENSION, 1);
        lost.add(Measure.LOST_BY_REASON, orNone(deal.reason()), 1);
        long amountMinor = deal.amountMinor() == null ? 0 : deal.amountMinor();
        lost.add(Measure.LOST_AMOUNT, NO_DIMENSION, amountMinor);
        String causes = Dimension.of(lastStageOf(deal), deal.reason(), deal.product(), deal.competitor());
        lost.add(Measure.LOST_CAUSES, causes, 1);
        lost.add(Measure.LOST_CAUSES_AMOUNT, causes, amountMinor);
        for (String stage : stagesOf(deal)) {
            lost.add(Measure.LOST_AFTER_STAGE, stage, 1);
        }
    }

    private void contributeOpen(Deal deal, Contributions to) {
        Credit now = new Credit(deal, Stay.OPEN, to);
        now.addAt(Measure.OPEN_COUNT, 0, 1);
        if (deal.amountMinor() == null) {
            now.addAt(Measure.OPEN_WITHOUT_AMOUNT, 0, 1);
        } else {
            now.addAt(Measure.OPEN_AMOUNT, 0, deal.amountMinor());
        }
        String stage = lastStageOf(deal);
        now.addAt(Measure.OPEN_COUNT_BY_STAGE, stage, 0, 1);
        if (deal.amountMinor() != null) {
            now.addAt(Measure.OPEN_AMOUNT_BY_STAGE, stage, 0, deal.amountMinor());
        }
        long amountMinor = deal.amountMinor() == null ? 0 : deal.amountMinor();
        now.addAt(Measure.OPEN_COUNT_BY_PRODUCT, orNone(deal.product()), 0, 1);
        now.addAt(Measure.OPEN_AMOUNT_BY_PRODUCT, orNone(deal.product()), 0, amountMinor);
        if (deal.expectedCloseEpochDay() != null) {
            int due = Math.toIntExact(deal.expectedCloseEpochDay());
            now.addAt(Measure.OPEN_DUE_COUNT, due, 1);
            now.addAt(Measure.OPEN_DUE_AMOUNT, due, amountMinor);
        }
        if (deal.expectedCloseMoves() > 0) {
            String moves = String.valueOf(Math.min(deal.expectedCloseMoves(), MOST_MOVES));
            now.addAt(Measure.OPEN_PUSHED_COUNT, moves, 0, 1);
            now.addAt(Measure.OPEN_PUSHED_AMOUNT, moves, 0, amountMinor);
        }
    }

    /** The stage of the latest stay; empty when none was named. */
    private static String lastStageOf(Deal deal) {
        return deal.stays().isEmpty()
                ? NO_DIMENSION
                : deal.stays().get(deal.stays().size() - 1).stage();
    }

    private static Set<String> stagesOf(Deal deal) {
        Set<String> stages = new TreeSet<>();
        deal.stays().forEach(stay -> stages.add(stay.stage()));
        return stages;
    }

    private static String orNone(String dimension) {
        return dimension == null ? NO_DIMENSION : dimension;
    }

    private void contributeDwell(Deal deal, Contributions to) {
        Map<String, long[]> byStage = new TreeMap<>();
        for (Stay stay : deal.stays()) {
            if (!stay.isOpen()) {
                long[] sumAndLast = byStage.computeIfAbsent(stay.stage(), stage -> new long[2]);
                sumAndLast[0] += stay.leftMillis() - stay.enteredMillis();
                sumAndLast[1] = stay.leftMillis();
            }
        }
        byStage.forEach((stage, sumAndLast) -> {
            Credit left = new Credit(deal, sumAndLast[1], to);
            left.add(Measure.DWELL_COUNT, stage, 1);
            left.add(Measure.DWELL_MILLIS, stage, sumAndLast[0]);
            left.addDuration(Measure.DWELL_HISTOGRAM, stage, sumAndLast[0]);
        });
    }

    /** Credits one moment of a deal to the company, the team and the rep. */
    private final class Credit {
        private final Contributions to;
        private final long timeMillis;
        private final String owner;
        private final String team;

        private Credit(Deal deal, long timeMillis, Contributions to) {
            this.to = to;
            this.timeMillis = timeMillis;
            this.owner = deal.ownerAt(timeMillis);
            this.team = owner == null ? null : organisation.teamOf(owner, timeMillis);
        }

        private Credit(Credit whose, long timeMillis) {
            this.to = whose.to;
            this.timeMillis = timeMillis;
            this.owner = whose.owner;
            this.team = whose.team;
        }

        /** The same owner and team on another day. */
        private Credit on(long otherMillis) {
            return new Credit(this, otherMillis);
        }

        private void add(Measure measure, String dimension, long value) {
            credit(measure, dimension, organisation.epochDayOf(timeMillis), value);
        }

        private void addDuration(Measure measure, String dimension, long durationMillis) {
            int day = organisation.epochDayOf(timeMillis);
            credit(measure, dimension, Measure.histogramPane(day, durationMillis), 1);
        }

        private void addAt(Measure measure, int pane, long value) {
            addAt(measure, NO_DIMENSION, pane, value);
        }

        private void addAt(Measure measure, String dimension, int pane, long value) {
            credit(measure, dimension, pane, value);
        }

        private void credit(Measure measure, String dimension, int pane, long value) {
            to.add(Scope.COMPANY, measure, dimension, pane, value);
            if (team != null) {
                to.add(Scope.team(team), measure, dimension, pane, value);
            }
            if (owner != null) {
                to.add(Scope.rep(owner), measure, dimension, pane, value);
            }
        }

        private int slot() {
            return organisation.epochDayOf(timeMillis) * Measure.SLOTS_PER_DAY
                    + organisation.minuteOfDayOf(timeMillis) / 5;
        }
    }
}
