package io.leadpulse.domain.alert;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.influence.Influence;
import java.util.Map;

/**
 * What was learnt from other leads, as a version of the rules says it. The engine never learns by itself: that would make
 * its alerts depend on more than its input. What rests on too few leads is off, and says what it needs.
 *
 * @param silences by stage
 * @param lossActs by kind of act
 * @param lostLeads leads that were lost in all when this was learnt
 */
public record Learnt(Map<String, Silence> silences, Map<EventKind, LossAct> lossActs, long lostLeads) {

    /** Nothing was learnt. */
    public static final Learnt NOTHING = new Learnt(Map.of(), Map.of(), 0);

    /** A percentile of fewer won leads says nothing. */
    public static final int MIN_WON_LEADS = 20;

    /** Copies the maps. */
    public Learnt {
        silences = Map.copyOf(silences);
        lossActs = Map.copyOf(lossActs);
    }

    /**
     * How long won leads are silent in a stage.
     *
     * @param millis the 75th percentile of their longest silence there, see {@link Silences}, milliseconds of the clock on
     *     the wall; above 0
     * @param wonLeads of how many won leads
     */
    public record Silence(long millis, long wonLeads) {}

    /**
     * How an act goes with losing.
     *
     * @param lift share lost of leads with the act / share lost of all at the same stages, see {@link Influence}
     * @param leads closed leads with the act
     */
    public record LossAct(double lift, long leads) {}

    /** How long a lead may be silent in a stage, milliseconds; null when that is not known. */
    public Long silenceMillis(String stage) {
        Silence silence = silences.get(stage);
        return silence == null || silence.wonLeads() < MIN_WON_LEADS ? null : (Long) silence.millis();
    }

    /** Whether a lead that did this is about to fall off. */
    public boolean warnsOfLoss(EventKind act) {
        LossAct loss = lossActs.get(act);
        return loss != null
                && lostLeads >= Influence.WARNING_MIN_LOST
                && loss.leads() >= Influence.WARNING_MIN_WITH
                && loss.lift() >= Influence.WARNING_LOSS_LIFT;
    }

    /** What it needs before silence in a stage is a sign; null when nothing. */
    public Lack silenceLack(String stage) {
        Silence silence = silences.get(stage);
        return Lack.unless(
                LackKind.TOO_FEW_WON_LEADS_IN_STAGE, silence == null ? 0 : silence.wonLeads(), MIN_WON_LEADS);
    }

    /** What it needs before an act can be a sign; null when nothing. */
    public Lack lossActLack() {
        return Lack.unless(LackKind.TOO_FEW_LOST_LEADS, lostLeads, Influence.WARNING_MIN_LOST);
    }
}
