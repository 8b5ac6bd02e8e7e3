package io.leadpulse.domain.deal;

import java.util.ArrayList;
import java.util.List;

/**
 * How a deal climbed its ladder of open stages. A later stage implies the earlier ones, and a step back takes nothing
 * away. Of a deal that was never in a stage of the ladder nothing is known, even if it was won.
 */
public final class DealSteps {
    /** Stands for "never". */
    public static final long NEVER = Long.MAX_VALUE;

    private final Deal deal;
    private final List<String> ladder;

    /** Reads a deal by a ladder, earliest stage first. */
    public DealSteps(Deal deal, List<String> ladder) {
        this.deal = deal;
        this.ladder = ladder;
    }

    /**
     * When it moved on to a later stage, or was won, in order of time. The first stage said of it is no move, nor is one
     * from or to a stage without a place in the ladder.
     */
    public List<Long> movesMillis() {
        List<Long> moves = new ArrayList<>();
        for (int i = 1; i < deal.stays().size(); i++) {
            int from = ladder.indexOf(deal.stays().get(i - 1).stage());
            int to = ladder.indexOf(deal.stays().get(i).stage());
            if (from >= 0 && to > from) {
                moves.add(deal.stays().get(i).enteredMillis());
            }
        }
        if (deal.outcome() == Deal.Outcome.WON) {
            moves.add(deal.closedMillis());
        }
        return moves;
    }

    /** When it first reached a stage of the ladder or a later one, or was won; {@link #NEVER}. */
    public long reachedMillis(int stage) {
        boolean isKnown = false;
        for (Stay stay : deal.stays()) {
            int index = ladder.indexOf(stay.stage());
            if (index >= stage) {
                return stay.enteredMillis();
            }
            isKnown |= index >= 0;
        }
        return isKnown && deal.outcome() == Deal.Outcome.WON ? deal.closedMillis() : NEVER;
    }
}
