package io.leadpulse.domain.lead;

import io.leadpulse.domain.campaign.Arrival;
import io.leadpulse.domain.campaign.Touch;
import io.leadpulse.domain.campaign.Touches;
import io.leadpulse.domain.contact.ContactHistory;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.score.ScoreCard;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a lead adds to the rollups as a whole: what it has become, how far it came, and since which touch. Kept apart by what it
 * depends on: of two views of a lead only that is computed of which something can be other, and the later view takes over the
 * rest from the earlier one. Each part is computed when it is first asked for.
 */
final class WholeContributions {
    /** Without any of these, and without a deal, nothing becomes of a lead that is not worked on. */
    private static final Set<EventKind> OF_AFTERCARE =
            EnumSet.of(EventKind.NURTURE_TOUCH, EventKind.LEAD_STATUS_CHANGED, EventKind.LEAD_REJECTED);

    private final LeadView lead;
    private Contributions progress;
    private Contributions stages;
    private List<Stuck> stuck;
    private Contributions ofStuck;
    private Aftercare aftercare;
    private Contributions ofAftercare;
    private Contributions touches;

    WholeContributions(LeadView lead) {
        this.lead = lead;
    }

    /**
     * Adds what it gives now less what it gave.
     *
     * @param before the same lead earlier, read by the same book
     * @param areOthersTheSame whether its owners and deals are
     * @param different the facts that came, went or are other; in no order
     */
    void addChange(WholeContributions before, boolean areOthersTheSame, List<Fact> different, Contributions to) {
        boolean arePlacesTheSame = areOthersTheSame && lead.stays().equals(before.lead.stays());
        boolean isBecomeTheSame = lead.milestones().equals(before.lead.milestones());
        if (arePlacesTheSame && isBecomeTheSame && isWayTheSame(before.lead)) {
            progress = before.progress;
        } else {
            to.add(progress(), before.progress());
        }
        if (arePlacesTheSame) {
            stages = before.stages;
        } else {
            to.add(stages(), before.stages());
        }
        if (arePlacesTheSame && isPlannedTheSame(before.lead) && before.stuck().isEmpty()) {
            stuck = before.stuck;
        } else {
            to.add(ofStuck(), before.ofStuck());
        }
        if (areOthersTheSame && before.aftercare().isNothing() && !isAnyOfAftercare(different)) {
            aftercare = before.aftercare;
        } else {
            to.add(ofAftercare(), before.ofAftercare());
        }
        if (areOthersTheSame && isBecomeTheSame && areTouchesTheSame(before.lead, different)) {
            touches = before.touches;
        } else {
            to.add(touches(), before.touches());
        }
    }

    /** Of what the way to a purchase is read from all that is neither a milestone, nor an owner, a deal or a stay. */
    private boolean isWayTheSame(LeadView before) {
        ContactHistory now = lead.contacts();
        ContactHistory then = before.contacts();
        return lead.facts().isEmpty() == before.facts().isEmpty()
                && now.origin() == then.origin()
                && now.firstContactMillis() == then.firstContactMillis()
                && now.firstContactStartMillis() == then.firstContactStartMillis()
                && Objects.equals(lead.touches().first(), before.touches().first())
                // Nobody is late before the first contact, as far as sums are concerned.
                && (now.firstContactMillis() == Fact.NO_TIME
                        || lead.lateFirstContacts().equals(before.lateFirstContacts()));
    }

    private boolean isPlannedTheSame(LeadView before) {
        return lead.contacts().planned().equals(before.contacts().planned());
    }

    private static boolean isAnyOfAftercare(List<Fact> different) {
        for (Fact fact : different) {
            if (OF_AFTERCARE.contains(fact.kind())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a touch still stands for what it stood for, and nothing is other by when scores after it are compared. */
    private boolean areTouchesTheSame(LeadView before, List<Fact> different) {
        Touches now = lead.touches();
        if (!now.equals(before.touches())) {
            return false;
        }
        Touch first = now.first();
        long comparedMillis = Math.max(
                first == null ? Fact.NO_TIME : scoredUntil(first.timeMillis()),
                Math.max(scoredUntil(now.landing()), Math.max(scoredUntil(now.form()), scoredUntil(now.asset()))));
        for (Fact fact : different) {
            if (fact.timeMillis() <= comparedMillis) {
                return false;
            }
        }
        return true;
    }

    private static long scoredUntil(Arrival arrivalOrNull) {
        return arrivalOrNull == null ? Fact.NO_TIME : scoredUntil(arrivalOrNull.timeMillis());
    }

    private static long scoredUntil(long touchedMillis) {
        return touchedMillis + ScoreCard.DAY_MILLIS;
    }

    private Contributions progress() {
        if (progress == null) {
            progress = new Contributions();
            lead.book().leadMeasures().contributeLead(lead, progress);
            lead.book().pipelineMeasures().contributeFunnel(lead, progress);
        }
        return progress;
    }

    private Contributions stages() {
        if (stages == null) {
            stages = new Contributions();
            lead.book().pipelineMeasures().contributeStages(lead, stages);
        }
        return stages;
    }

    private List<Stuck> stuck() {
        if (stuck == null) {
            stuck = Stuck.of(lead, lead.book().policy());
        }
        return stuck;
    }

    private Contributions ofStuck() {
        if (ofStuck == null) {
            ofStuck = new Contributions();
            lead.book().pipelineMeasures().contributeStuck(stuck(), ofStuck);
        }
        return ofStuck;
    }

    private Aftercare aftercare() {
        if (aftercare == null) {
            aftercare = Aftercare.of(lead);
        }
        return aftercare;
    }

    private Contributions ofAftercare() {
        if (ofAftercare == null) {
            ofAftercare = new Contributions();
            lead.book().pipelineMeasures().contributeAftercare(lead, aftercare(), ofAftercare);
        }
        return ofAftercare;
    }

    private Contributions touches() {
        if (touches == null) {
            touches = new Contributions();
            lead.book().campaignMeasures().contributeTouches(lead, touches);
        }
        return touches;
    }
}
