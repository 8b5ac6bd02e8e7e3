package io.leadpulse.domain.alert;

import io.leadpulse.domain.contact.ContactRules;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.ExpectedClose;
import io.leadpulse.domain.deal.OpenSpan;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.score.Band;
import io.leadpulse.domain.score.ScoreCard;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * About to fall off: one alert per sign and occurrence, raised when the sign comes while there is something to lose: the
 * lead is worked on, and was warm or hot in the last 30 days or has an open deal. Resolved when the sign ends, or nobody
 * works on the lead any more. A pure function of the facts; the alerts are whole lives, cut at the watermark by
 * {@link AlertLife#asOf}.
 *
 * @param lead the lead
 * @param facts its facts in {@link Fact#CANONICAL_ORDER}
 * @param owners its owners in order of time
 * @param stays its stays in derived stages
 * @param deals its deals
 * @param score its score
 * @param learnt what was learnt from other leads
 * @param zone the company's zone
 */
public record FallOffClock(
        String lead,
        List<Fact> facts,
        List<Ownership> owners,
        List<Stay> stays,
        List<Deal> deals,
        ScoreCard score,
        LearntTimeline learnt,
        ZoneId zone) {

    /** In so many days of 24 hours the raw score halves. */
    public static final int HALVED_DAYS = 10;

    /** Whoever was warm or hot within so many days of 24 hours can still fall off. */
    public static final int WARM_DAYS = 30;

    /** On so many days after the tenth without a positive act it is judged whether the score has halved. */
    private static final int JUDGED_DAYS = 30;

    private static final int TOO_OFTEN = 2;
    private static final double TOLERANCE = 1e-9;
    private static final char ABOUT = '/';

    /** The sign of an alert, by {@link Alert#about()}. */
    public static FallOffSign signOf(Alert alert) {
        int end = alert.about().indexOf(ABOUT);
        String name = end < 0 ? alert.about() : alert.about().substring(0, end);
        return FallOffSign.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The act that goes with losing, of which an alert tells; null if it tells of something else. */
    public static String actOf(Alert alert) {
        int end = alert.about().indexOf(ABOUT);
        return end < 0 ? null : alert.about().substring(end + 1);
    }

    /**
     * All alerts.
     *
     * @param nowMillis what was learnt to hold from later on is not known yet, epoch milliseconds
     */
    public List<Alert> alerts(long nowMillis) {
        List<Alert> alerts = new ArrayList<>();
        signsOfActs(alerts);
        for (Deal deal : deals) {
            if (!deal.deleted()) {
                pushed(deal, alerts);
                deal.stays().forEach(stay -> silent(deal, stay, nowMillis, alerts));
            }
        }
        stays.forEach(stay -> silent(null, stay, nowMillis, alerts));
        halved(alerts);
        return alerts;
    }

    /**
     * Signs that one fact gives: unsubscribed and acts that go with losing stand until the lead turns to us, or both take
     * part in a contact; a second meeting that was missed or declined stands until one is held.
     */
    private void signsOfActs(List<Alert> alerts) {
        Fact unsubscribed = null;
        Fact lossAct = null;
        Fact missed = null;
        int misses = 0;
        boolean anyLossAct = learnt.namesLossActs();
        for (Fact fact : facts) {
            if (ContactRules.isTwoWay(fact) || ContactRules.isInboundMessage(fact)) {
                add(alerts, FallOffSign.UNSUBSCRIBED, unsubscribed, fact.timeMillis());
                add(alerts, FallOffSign.LOSS_ACT, lossAct, fact.timeMillis());
                unsubscribed = null;
                lossAct = null;
            }
            if (fact.kind() == EventKind.MEETING_COMPLETED || fact.kind() == EventKind.DEMO_HELD) {
                add(alerts, FallOffSign.MISSED_TWICE, missed, fact.timeMillis());
                missed = null;
                misses = 0;
            } else if (fact.kind() == EventKind.MEETING_NO_SHOW || fact.kind() == EventKind.MEETING_DECLINED) {
                misses++;
                missed = misses == TOO_OFTEN ? fact : missed;
            } else if (fact.kind() == EventKind.EMAIL_UNSUBSCRIBED && unsubscribed == null) {
                unsubscribed = fact;
            }
            if (anyLossAct
                    && lossAct == null
                    && !fact.automatic()
                    && learnt.at(fact.timeMillis()).warnsOfLoss(fact.kind())) {
                lossAct = fact;
            }
        }
        add(alerts, FallOffSign.UNSUBSCRIBED, unsubscribed, AlertLife.NEVER);
        add(alerts, FallOffSign.LOSS_ACT, lossAct, AlertLife.NEVER);
        add(alerts, FallOffSign.MISSED_TWICE, missed, AlertLife.NEVER);
    }

    private void add(List<Alert> alerts, FallOffSign sign, Fact fact, long untilMillis) {
        if (fact == null) {
            return;
        }
        String about = sign == FallOffSign.LOSS_ACT
                ? sign.wireName() + ABOUT + fact.kind().wireName()
                : sign.wireName();
        add(alerts, null, null, about, fact.timeMillis(), 0, fact.timeMillis(), untilMillis);
    }

    /** Put off twice stands while the deal is open. */
    private void pushed(Deal deal, List<Alert> alerts) {
        List<ExpectedClose> expected = deal.expectedCloses();
        int pushes = 0;
        for (int i = 1; i < expected.size(); i++) {
            if (expected.get(i).epochDay() > expected.get(i - 1).epochDay()) {
                pushes++;
            }
            if (pushes == TOO_OFTEN) {
                long pushedMillis = expected.get(i).fromMillis();
                for (OpenSpan open : deal.openSpans()) {
                    if (open.untilMillis() > pushedMillis) {
                        add(
                                alerts,
                                deal,
                                null,
                                FallOffSign.PUSHED_TWICE.wireName(),
                                pushedMillis,
                                0,
                                Math.max(pushedMillis, open.fromMillis()),
                                open.untilMillis());
                    }
                }
                return;
            }
        }
    }

    /**
     * The limit by which a silence became a sign stays its limit, whatever is learnt later: who was told is not told
     * otherwise while it goes on. It stands until something is heard of the lead, or the stage is left.
     */
    private void silent(Deal deal, Stay stay, long nowMillis, List<Alert> alerts) {
        for (long[] silence : Silences.of(stay, facts)) {
            Long limitMillis = learnt.silenceMillis(stay.stage(), silence[0], silence[1], nowMillis);
            if (limitMillis == null) {
                continue;
            }
            add(
                    alerts,
                    deal,
                    stay.stage(),
                    FallOffSign.SILENT.wireName(),
                    silence[0],
                    limitMillis,
                    silence[0] + limitMillis,
                    silence[1]);
        }
    }

    /**
     * Halved: judged at the beginning of each day of the company, from the tenth day without a positive act for
     * {@link #JUDGED_DAYS} days; stands until the next positive act.
     */
    private void halved(List<Alert> alerts) {
        if (!score.canHalveWithin(HALVED_DAYS * ScoreCard.DAY_MILLIS)) {
            return;
        }
        List<long[]> worked = LeadClocks.worked(stays, deals);
        List<Long> acts = score.positiveActsMillis();
        for (int i = 0; i < acts.size(); i++) {
            long actMillis = acts.get(i);
            long untilMillis = i + 1 < acts.size() ? acts.get(i + 1) : AlertLife.NEVER;
            long tenDaysMillis = actMillis + HALVED_DAYS * ScoreCard.DAY_MILLIS;
            if (untilMillis <= tenDaysMillis) {
                continue;
            }
            LocalDate day = Instant.ofEpochMilli(tenDaysMillis).atZone(zone).toLocalDate();
            for (int judged = 0; judged <= JUDGED_DAYS; judged++) {
                long atMillis =
                        day.plusDays(judged).atStartOfDay(zone).toInstant().toEpochMilli();
                if (atMillis >= untilMillis) {
                    break;
                }
                boolean mayFallOff = atMillis >= tenDaysMillis && workedUntil(worked, atMillis) != Fact.NO_TIME;
                if (mayFallOff && isHalved(atMillis) && isAtStake(atMillis)) {
                    add(alerts, null, null, FallOffSign.SCORE_HALVED.wireName(), actMillis, 0, atMillis, untilMillis);
                    break;
                }
            }
        }
    }

    private boolean isHalved(long atMillis) {
        double before = score.raw(atMillis - HALVED_DAYS * ScoreCard.DAY_MILLIS);
        return before > TOLERANCE && score.raw(atMillis) <= before / 2 + TOLERANCE;
    }

    private void add(
            List<Alert> alerts,
            Deal deal,
            String stage,
            String about,
            long sinceMillis,
            long limitMillis,
            long signMillis,
            long untilMillis) {
        if (signMillis >= untilMillis) {
            return;
        }
        long workedUntilMillis = workedUntil(LeadClocks.worked(stays, deals), signMillis);
        if (workedUntilMillis == Fact.NO_TIME || !isAtStake(signMillis)) {
            return;
        }
        AlertLife life = new AlertLife(Math.min(untilMillis, workedUntilMillis));
        life.raise(signMillis);
        Alert alert = life.alert(
                idOf(deal, stage, about, sinceMillis, signMillis),
                lead,
                deal == null ? null : deal.id(),
                AlertCause.FALL_OFF,
                stage,
                about,
                sinceMillis,
                0,
                limitMillis,
                signMillis,
                deal == null ? owners : deal.owners());
        if (alert != null) {
            alerts.add(alert);
        }
    }

    /**
     * By what it is since, as that of a stay by its entry: what is learnt daily moves the moment of a sign, and one silence is
     * one alert. But a deal that is opened anew after it was put off twice has one for each time that it is open.
     */
    private String idOf(Deal deal, String stage, String about, long sinceMillis, long signMillis) {
        return Alert.hashOf(
                lead,
                deal == null ? "" : deal.id(),
                AlertCause.FALL_OFF.name(),
                about,
                stage == null ? "" : stage,
                Long.toString(sinceMillis),
                about.equals(FallOffSign.PUSHED_TWICE.wireName()) ? Long.toString(signMillis) : "");
    }

    /** Until when somebody works on the lead, of the time that holds a moment; {@link Fact#NO_TIME} if nobody does then. */
    private static long workedUntil(List<long[]> worked, long atMillis) {
        for (long[] span : worked) {
            if (span[0] <= atMillis && atMillis < span[1]) {
                return span[1];
            }
        }
        return Fact.NO_TIME;
    }

    /** Whether there is something to lose: an open deal, or a lead that was warm or hot lately. */
    private boolean isAtStake(long atMillis) {
        for (Deal deal : deals) {
            if (!deal.deleted()) {
                for (OpenSpan open : deal.openSpans()) {
                    if (open.contains(atMillis)) {
                        return true;
                    }
                }
            }
        }
        long millis = atMillis - WARM_DAYS * ScoreCard.DAY_MILLIS + 1;
        while (millis <= atMillis) {
            if (score.band(millis) != Band.COLD) {
                return true;
            }
            millis = score.nextBandChangeAfter(millis);
        }
        return false;
    }
}
