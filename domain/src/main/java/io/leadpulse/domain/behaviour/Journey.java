package io.leadpulse.domain.behaviour;

import io.leadpulse.domain.contact.ContactRules;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What happened with a lead, in order: touches, messages, stages. A pure function of facts and deals. A touch is told when
 * the campaign or channel is another than that of the touch before, so that forty pages of one visit are one step.
 *
 * @param steps the newest, in order of time
 * @param earlier how many came before these
 */
public record Journey(List<JourneyStep> steps, int earlier) {

    /** Steps that are kept: what somebody reads before a call. */
    public static final int MAX_STEPS = 20;

    /**
     * Reads a lead.
     *
     * @param facts its facts in {@link Fact#CANONICAL_ORDER}, one per id
     * @param stays its stays in derived stages
     * @param deals its deals; deleted ones never were
     * @param atMillis steps later than that are not told
     */
    public static Journey of(List<Fact> facts, List<Stay> stays, List<Deal> deals, long atMillis) {
        List<JourneyStep> steps = new ArrayList<>();
        addFacts(facts, steps);
        stays.forEach(
                stay -> steps.add(new JourneyStep(stay.enteredMillis(), JourneyStep.Type.STAGE, stay.stage(), null)));
        for (Deal deal : deals) {
            if (deal.deleted()) {
                continue;
            }
            deal.stays()
                    .forEach(stay -> steps.add(
                            new JourneyStep(stay.enteredMillis(), JourneyStep.Type.STAGE, stay.stage(), deal.id())));
            if (deal.outcome() != Deal.Outcome.OPEN) {
                steps.add(new JourneyStep(
                        deal.closedMillis(),
                        JourneyStep.Type.STAGE,
                        deal.outcome().name().toLowerCase(Locale.ROOT),
                        deal.id()));
            }
        }
        steps.removeIf(step -> step.atMillis() > atMillis);
        steps.sort(JourneyStep.ORDER);
        int earlier = Math.max(0, steps.size() - MAX_STEPS);
        return new Journey(List.copyOf(steps.subList(earlier, steps.size())), earlier);
    }

    private static void addFacts(List<Fact> facts, List<JourneyStep> steps) {
        String source = null;
        for (Fact fact : facts) {
            String from = fact.campaign() != null ? fact.campaign() : fact.channel();
            boolean touches = !fact.automatic() && from != null && !from.equals(source);
            if (touches) {
                source = from;
            }
            if (touches || (fact.kind() == EventKind.EVENT_VISITED && !fact.automatic())) {
                steps.add(new JourneyStep(
                        fact.timeMillis(),
                        JourneyStep.Type.TOUCH,
                        fact.kind().wireName(),
                        from != null ? from : fact.asset()));
            } else if (isMessage(fact)) {
                steps.add(new JourneyStep(
                        fact.timeMillis(),
                        JourneyStep.Type.MESSAGE,
                        fact.kind().wireName(),
                        fact.product() != null ? fact.product() : fact.asset()));
            }
        }
    }

    private static boolean isMessage(Fact fact) {
        return switch (fact.kind()) {
            case MEETING_SCHEDULED, MEETING_DECLINED, MEETING_CANCELLED, MEETING_NO_SHOW, EMAIL_UNSUBSCRIBED -> true;
            default -> ContactRules.isAttempt(fact) || ContactRules.isInboundMessage(fact);
        };
    }
}
