package io.leadpulse.domain.campaign;

import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.rate.Interval;
import io.leadpulse.domain.rate.Rate;

/**
 * Whether a campaign is poor: even its upper Wilson 95 % bound is below half of what its channel usually has.
 *
 * <p>It compares within the channel, in the channel's window ({@link QualificationWindows}): a fair is not judged by what
 * search adverts do, nor after a day. Not poor is not good: the interval may just be wide.
 *
 * @param qualified qualified within the window, of the campaign's mature leads
 * @param usual the same of the channel's other campaigns
 * @param poor whether it is to be told
 * @param lack what the judgement needs; null if it can be made
 */
public record CampaignJudgement(Rate qualified, Rate usual, boolean poor, Lack lack) {

    /** No campaign is judged by fewer mature leads. */
    public static final int MIN_MATURE_LEADS = 30;

    /** Poor is below this part of the usual rate. */
    public static final double POOR_PART = 0.5;

    /**
     * Judges a campaign.
     *
     * @param qualified of its mature leads, those that qualified within the channel's window
     * @param usual the same of the channel without this campaign: with it, a campaign large enough to be a disaster would
     *     pull down what it is measured by
     */
    public static CampaignJudgement of(Rate qualified, Rate usual) {
        Lack lack = Lack.unless(LackKind.TOO_FEW_MATURE_LEADS, qualified.denominator(), MIN_MATURE_LEADS);
        if (lack == null && !isUsual(usual.numerator(), usual.denominator())) {
            lack = Lack.of(LackKind.NO_USUAL_RATE);
        }
        boolean isPoor = lack == null && isPoor(upper(qualified), usual.numerator(), usual.denominator());
        return new CampaignJudgement(qualified, usual, isPoor, lack);
    }

    /** The upper bound of a rate with cases. */
    static double upper(Rate qualified) {
        return qualified.interval().map(Interval::upper).orElseThrow();
    }

    /** Whether a rate can be called usual: of a handful, one that qualified would make every other campaign poor. */
    static boolean isUsual(long qualified, long leads) {
        return qualified > 0 && leads >= MIN_MATURE_LEADS;
    }

    /** Whether an upper bound is poor beside what is usual. */
    static boolean isPoor(double upper, long usualQualified, long usualLeads) {
        return upper < POOR_PART * usualQualified / usualLeads;
    }
}
