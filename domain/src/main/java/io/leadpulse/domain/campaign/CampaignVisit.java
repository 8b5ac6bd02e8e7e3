package io.leadpulse.domain.campaign;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.identity.Visitor;
import io.leadpulse.domain.identity.VisitorRecord;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.organisation.Organisation;
import java.util.Set;

/**
 * That one visitor came by a campaign, or by a channel: once, on the day of the first of his acts that names it, however many
 * there are. He is identified when any of them belongs to a lead. What machines did is no visit.
 *
 * <p>Of events that have left the visitor's records the earliest is remembered, so he is not counted again when he comes back.
 * Flat because it is also Flink state.
 *
 * @param leftMillis time of the earliest event that has left, epoch milliseconds; {@link Fact#NO_TIME} while none has
 * @param leftIdentified whether one that has left belongs to a lead
 * @param saidMillis the first event as the sums have it; {@link Fact#NO_TIME} when they have none
 * @param saidIdentified whether the sums have him as identified
 */
public record CampaignVisit(long leftMillis, boolean leftIdentified, long saidMillis, boolean saidIdentified) {
    /** Of a campaign that the visitor has not come by. */
    public static final CampaignVisit NONE = new CampaignVisit(Fact.NO_TIME, false, Fact.NO_TIME, false);

    /**
     * Visitors from which on a campaign or channel is said of which nothing else is known: no lead, no money, nobody identified.
     * Anybody can make up a name.
     */
    public static final int MIN_VISITORS = 10;

    private static final String NO_DIMENSION = "";

    /** The keys for which an act of a visitor counts; none for one that names no campaign. */
    public static Set<String> scopesOf(Fact fact) {
        if (fact.automatic() || fact.campaign() == null) {
            return Set.of();
        }
        return fact.channel() == null
                ? Set.of(Scope.campaign(fact.campaign()))
                : Set.of(Scope.campaign(fact.campaign()), Scope.channel(fact.channel()));
    }

    /** The visit when an event has left the visitor's records. */
    public CampaignVisit left(VisitorRecord record) {
        return new CampaignVisit(
                earlier(leftMillis, record.timeMillis()),
                leftIdentified || record.owner() != null,
                saidMillis,
                saidIdentified);
    }

    /** The visit as it is to be said now. */
    public CampaignVisit said(String scope, Visitor visitor) {
        long firstMillis = leftMillis;
        boolean identified = leftIdentified;
        for (VisitorRecord record : visitor.records()) {
            if (scopesOf(record.fact()).contains(scope)) {
                firstMillis = earlier(firstMillis, record.timeMillis());
                identified |= record.owner() != null;
            }
        }
        return new CampaignVisit(leftMillis, leftIdentified, firstMillis, identified);
    }

    /** Whether there is nothing to remember. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** What the sums have of it. */
    public void contribute(String scope, Organisation organisation, Contributions to) {
        if (saidMillis != Fact.NO_TIME) {
            int day = organisation.epochDayOf(saidMillis);
            to.add(scope, Measure.VISITORS, NO_DIMENSION, day, 1);
            to.add(scope, Measure.VISITORS_IDENTIFIED, NO_DIMENSION, day, saidIdentified ? 1 : 0);
        }
    }

    private static long earlier(long millisOrNone, long millis) {
        return millisOrNone == Fact.NO_TIME ? millis : Math.min(millisOrNone, millis);
    }
}
