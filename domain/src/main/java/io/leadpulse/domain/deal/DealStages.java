package io.leadpulse.domain.deal;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which of the CRM's stage names close a deal, and the order of those that do not. Flat because rules carry it on an
 * edge.
 *
 * <p>A name that stands in none of the lists is an open stage without a place in the order: a CRM may have more stages
 * than anybody configured, and a deal in one of them is neither won nor lost.
 *
 * @param open names of the open stages, earliest first
 * @param won names of the stages that mean "won"
 * @param lost names of the stages that mean "lost"
 */
public record DealStages(List<String> open, List<String> won, List<String> lost) {

    /** The default ladder: meeting, demo, offer, negotiation; closed by {@code won} and {@code lost}. */
    public static final DealStages DEFAULT =
            new DealStages(List.of("meeting", "demo", "offer", "negotiation"), List.of("won"), List.of("lost"));

    /** Checks that no name stands twice; the lists are copied. */
    public DealStages {
        open = List.copyOf(open);
        won = List.copyOf(won);
        lost = List.copyOf(lost);
        long distinct =
                Stream.of(open, won, lost).flatMap(List::stream).distinct().count();
        if (distinct != open.size() + won.size() + lost.size()) {
            throw new IllegalArgumentException(
                    "A stage name stands twice in open %s, won %s, lost %s; each may stand once"
                            .formatted(open, won, lost));
        }
    }

    /** What moving into the stage does to a deal; null (no stage said) and unknown names leave it open. */
    public Deal.Outcome outcomeOf(String stage) {
        if (stage == null) {
            return Deal.Outcome.OPEN;
        }
        if (won.contains(stage)) {
            return Deal.Outcome.WON;
        }
        return lost.contains(stage) ? Deal.Outcome.LOST : Deal.Outcome.OPEN;
    }
}
