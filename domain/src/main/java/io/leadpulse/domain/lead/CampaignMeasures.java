package io.leadpulse.domain.lead;

import io.leadpulse.domain.campaign.Arrival;
import io.leadpulse.domain.campaign.LandingPage;
import io.leadpulse.domain.campaign.QualificationAge;
import io.leadpulse.domain.campaign.Touch;
import io.leadpulse.domain.campaign.Touches;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.Deal.Outcome;
import io.leadpulse.domain.deal.Refund;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.organisation.Organisation;
import io.leadpulse.domain.score.ScoreCard;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What one lead adds to the sums of where it came from: by first touch to the campaign and the channel, by last touch to
 * scopes of their own, and to the first page, form and asset.
 *
 * <p>All of it stands on the day of the touch, as a cohort, and counts only what became of the lead at or after it: what
 * it was before, no campaign made of it.
 */
final class CampaignMeasures {
    private static final String NO_DIMENSION = "";
    private static final Set<EventKind> MAIL_ACTS =
            EnumSet.of(EventKind.EMAIL_OPENED, EventKind.EMAIL_CLICKED, EventKind.EMAIL_REPLIED, EventKind.SMS_REPLIED);
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final double MILLI_POINTS = 1_000;
    private static final int SLOT_MINUTES = 5;

    private final Organisation organisation;

    CampaignMeasures(Organisation organisation) {
        this.organisation = organisation;
    }

    /** Adds everything that this lead contributes. */
    void contribute(LeadView lead, Contributions to) {
        for (Fact fact : lead.facts()) {
            contributeFact(fact, to);
        }
        contributeTouches(lead, to);
    }

    /** Adds what one of its facts gives, whatever the others are. */
    void contributeFact(Fact fact, Contributions to) {
        if (fact.automatic() && isActOfLead(fact.kind())) {
            int day = organisation.epochDayOf(fact.timeMillis());
            to.add(Scope.COMPANY, Measure.AUTOMATIC_ACTS, fact.kind().wireName(), day, 1);
        } else if (fact.isOfForm()) {
            int day = organisation.epochDayOf(fact.timeMillis());
            to.add(Scope.form(fact.asset()), Measure.LEAD_FORM_ACTS, fact.kind().wireName(), day, 1);
        }
    }

    /** Adds what became of the lead since it came by a campaign, page, form or asset. */
    void contributeTouches(LeadView lead, Contributions to) {
        Touches touches = lead.touches();
        Touch first = touches.first();
        if (first != null) {
            Cohort cohort = new Cohort(lead, first.timeMillis(), to);
            cohort.addAll(Scope.campaign(first.campaign()));
            cohort.addSlot(Scope.campaign(first.campaign()));
            if (first.channel() != null) {
                cohort.addAll(Scope.channel(first.channel()));
                cohort.addSlot(Scope.channel(first.channel()));
                cohort.addJudged(Scope.channel(first.channel()), first.campaign());
            }
        }
        Touch last = touches.last();
        if (last != null) {
            Cohort cohort = new Cohort(lead, last.timeMillis(), to);
            cohort.addOutcome(Scope.lastCampaign(last.campaign()));
            if (last.channel() != null) {
                cohort.addOutcome(Scope.lastChannel(last.channel()));
            }
        }
        Arrival landing = touches.landing();
        if (landing != null) {
            contributeArrival(lead, landing, Scope.landing(LandingPage.of(landing.name())), to);
        }
        Arrival form = touches.form();
        if (form != null) {
            contributeArrival(lead, form, Scope.form(form.name()), to);
        }
        Arrival asset = touches.asset();
        if (asset != null) {
            contributeArrival(lead, asset, Scope.asset(asset.name()), to);
        }
    }

    private void contributeArrival(LeadView lead, Arrival arrival, String scope, Contributions to) {
        Cohort cohort = new Cohort(lead, arrival.timeMillis(), to);
        cohort.addAll(scope);
        cohort.addSlot(scope);
    }

    private static boolean isActOfLead(EventKind kind) {
        return kind.stream() == EventKind.Stream.BEHAVIOUR || MAIL_ACTS.contains(kind);
    }

    /** What became of a lead since a touch. */
    private final class Cohort {
        private final LeadView lead;
        private final long touchedMillis;
        private final int day;
        private final Contributions to;

        private Cohort(LeadView lead, long touchedMillis, Contributions to) {
            this.lead = lead;
            this.touchedMillis = touchedMillis;
            this.day = organisation.epochDayOf(touchedMillis);
            this.to = to;
        }

        private void addAll(String scope) {
            addOutcome(scope);
            addAnswer(scope);
            ScoreCard score = lead.score();
            addScore(scope, Measure.TOUCHED_MILLI_SCORE_60_MINUTES, score.score(touchedMillis + HOUR_MILLIS));
            addScore(scope, Measure.TOUCHED_MILLI_SCORE_24_HOURS, score.score(touchedMillis + ScoreCard.DAY_MILLIS));
        }

        private void addScore(String scope, Measure measure, double points) {
            add(scope, measure, NO_DIMENSION, Math.round(points * MILLI_POINTS));
        }

        /** That it came, qualified and bought: what first and last touch are compared by. */
        private void addOutcome(String scope) {
            add(scope, Measure.TOUCHED_LEADS, NO_DIMENSION, 1);
            LeadMilestones reached = lead.milestones();
            if (isSince(reached.marketingQualifiedMillis())) {
                add(scope, Measure.TOUCHED_QUALIFIED, age(reached), 1);
            }
            if (isSince(reached.salesQualifiedMillis())) {
                add(scope, Measure.TOUCHED_SALES_QUALIFIED, NO_DIMENSION, 1);
            }
            for (Deal deal : lead.deals()) {
                if (!deal.deleted() && isSince(deal.openedMillis())) {
                    addDeal(scope, deal);
                }
            }
        }

        private void addDeal(String scope, Deal deal) {
            add(scope, Measure.TOUCHED_OPPORTUNITIES, NO_DIMENSION, 1);
            if (deal.outcome() == Outcome.WON) {
                long revenueMinor = deal.amountMinor() == null ? 0 : deal.amountMinor();
                for (Refund refund : deal.refunds()) {
                    revenueMinor = Math.subtractExact(revenueMinor, refund.amountMinor());
                }
                add(scope, Measure.TOUCHED_WON, NO_DIMENSION, 1);
                add(scope, Measure.TOUCHED_REVENUE, NO_DIMENSION, revenueMinor);
            }
        }

        /** Sales accepts, rejects, or has not answered yet; a rejection that stands is the answer. */
        private void addAnswer(String scope) {
            LeadMilestones reached = lead.milestones();
            if (isSince(reached.rejectedMillis())) {
                String reason = reached.rejectedReason() == null ? NO_DIMENSION : reached.rejectedReason();
                add(scope, Measure.TOUCHED_REJECTED, reason, 1);
            } else if (isSince(reached.acceptedMillis())) {
                add(scope, Measure.TOUCHED_ACCEPTED, NO_DIMENSION, 1);
            }
        }

        private void addSlot(String scope) {
            int slot = day * Measure.SLOTS_PER_DAY + organisation.minuteOfDayOf(touchedMillis) / SLOT_MINUTES;
            to.add(scope, Measure.TOUCHED_LEADS_FIVE_MINUTES, NO_DIMENSION, slot, 1);
            LeadMilestones reached = lead.milestones();
            if (isSince(reached.marketingQualifiedMillis())) {
                long ageMillis = reached.marketingQualifiedMillis() - touchedMillis;
                addWithin(scope, Measure.TOUCHED_QUALIFIED_IN_15_MINUTES, ageMillis, HOUR_MILLIS / 4, slot);
                addWithin(scope, Measure.TOUCHED_QUALIFIED_IN_60_MINUTES, ageMillis, HOUR_MILLIS, slot);
                addWithin(scope, Measure.TOUCHED_QUALIFIED_IN_24_HOURS, ageMillis, ScoreCard.DAY_MILLIS, slot);
            }
        }

        private void addWithin(String scope, Measure measure, long ageMillis, long withinMillis, int slot) {
            if (ageMillis <= withinMillis) {
                to.add(scope, measure, NO_DIMENSION, slot, 1);
            }
        }

        private void addJudged(String channelScope, String campaign) {
            int pane = Measure.fiveSecondsPane(touchedMillis);
            to.add(channelScope, Measure.COHORT_LEADS, campaign, pane, 1);
            LeadMilestones reached = lead.milestones();
            if (isSince(reached.marketingQualifiedMillis())) {
                String dimension = QualificationAge.ofCampaign(age(reached), campaign);
                to.add(channelScope, Measure.COHORT_QUALIFIED, dimension, pane, 1);
            }
        }

        private String age(LeadMilestones reached) {
            return QualificationAge.of(reached.marketingQualifiedMillis() - touchedMillis);
        }

        private boolean isSince(long timeMillis) {
            return timeMillis != Fact.NO_TIME && timeMillis >= touchedMillis;
        }

        private void add(String scope, Measure measure, String dimension, long value) {
            to.add(scope, measure, dimension, day, value);
        }
    }
}
