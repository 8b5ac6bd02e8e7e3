package io.leadpulse.domain.lead;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.CalendarSpan;
import io.leadpulse.domain.campaign.Touch;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.measure.Dimension;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.organisation.Organisation;
import io.leadpulse.domain.score.Band;
import io.leadpulse.domain.stage.LeadStages;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one lead adds to the rollups about the way to a purchase and after: how far it came, of which cohort, how long it
 * stayed where, what helped when it was stuck, and what became of it in nurture and as a customer.
 *
 * <p>A cohort is made of the leads created on a day. All of a cohort's numbers are credited to the first owner, who has
 * most of them a few minutes after their creation, and to his team then, so that numerators and denominators speak of the
 * same leads.
 */
final class PipelineMeasures {
    private static final String NO_DIMENSION = "";
    private static final long DAY_MILLIS = 86_400_000L;
    private static final int[] NURTURE_DAYS = {30, 90};
    private static final int SALES_QUALIFIED_DAYS = 30;
    private static final int SOLD_DAYS = 90;
    private static final int SILENT_DAYS = 90;
    private static final String QUALIFIED = "qualified";
    /** Of things that are, not were: the owner and team of now. */
    private static final long NOW = Long.MAX_VALUE;

    private final LeadPolicy policy;
    private final Organisation organisation;

    PipelineMeasures(LeadPolicy policy) {
        this.policy = policy;
        this.organisation = policy.organisation();
    }

    /** Adds everything that this lead contributes. */
    void contribute(LeadView lead, Contributions to) {
        contributeFunnel(lead, to);
        contributeStages(lead, to);
        contributeStuck(Stuck.of(lead, policy), to);
        contributeAftercare(lead, Aftercare.of(lead), to);
    }

    /** Adds how far it came. */
    void contributeFunnel(LeadView lead, Contributions to) {
        if (lead.facts().isEmpty()) {
            return;
        }
        LeadMilestones milestones = lead.milestones();
        long createdMillis = milestones.createdMillis();
        int day = organisation.epochDayOf(createdMillis);
        String owner = null;
        long ownedMillis = createdMillis;
        for (Ownership each : lead.owners()) {
            if (each.owner() != null) {
                owner = each.owner();
                ownedMillis = Math.max(createdMillis, each.fromMillis());
                break;
            }
        }
        Credit cohort = new Credit(owner, ownedMillis, to);
        String direction = lead.contacts().origin().name().toLowerCase(Locale.ROOT);
        Funnel funnel = Funnel.of(lead, policy.dealStages());
        for (String step : funnel.reached()) {
            cohort.add(Measure.FUNNEL_REACHED, Dimension.of(step, direction), day, 1);
        }
        List<String> taken = funnel.taken();
        for (int i = 0; i < taken.size(); i++) {
            String dimension = Dimension.of(taken.get(i), direction);
            cohort.add(Measure.FUNNEL_STRICT, dimension, day, 1);
            if (i + 1 < taken.size()) {
                cohort.add(Measure.FUNNEL_STRICT_MOVED, dimension, day, 1);
            }
        }
        if (funnel.isLost()) {
            String dimension = Dimension.of(funnel.last(), direction, firstCampaign(lead), funnel.lostReason());
            cohort.add(Measure.FUNNEL_LOST, dimension, day, 1);
        }
        if (isWithin(createdMillis, milestones.salesQualifiedMillis(), SALES_QUALIFIED_DAYS)) {
            cohort.add(Measure.COHORT_SALES_QUALIFIED_WITHIN_30_DAYS, direction, day, 1);
        }
        if (isWithin(createdMillis, milestones.firstSaleMillis(), SOLD_DAYS)) {
            cohort.add(Measure.COHORT_SOLD_WITHIN_90_DAYS, direction, day, 1);
        }
        if (milestones.firstSaleMillis() != Fact.NO_TIME) {
            long soldMillis = milestones.firstSaleMillis();
            new Credit(lead.ownerAt(soldMillis), soldMillis, to)
                    .add(
                            Measure.LEAD_TO_SALE_MILLIS,
                            NO_DIMENSION,
                            organisation.epochDayOf(soldMillis),
                            soldMillis - createdMillis);
        }
    }

    private static boolean isWithin(long fromMillis, long atMillis, int days) {
        return atMillis != Fact.NO_TIME && atMillis - fromMillis <= days * DAY_MILLIS;
    }

    /** The campaign that campaigns are judged by, so that what was lost of its leads can be held against what came of them. */
    private static String firstCampaign(LeadView lead) {
        Touch first = lead.touches().first();
        return first == null ? null : first.campaign();
    }

    /** Adds how long it and its deals stayed where. */
    void contributeStages(LeadView lead, Contributions to) {
        contributeStages(lead.stays(), lead.owners(), to);
        for (Deal deal : lead.deals()) {
            if (!deal.deleted()) {
                contributeStages(deal.stays(), deal.owners(), to);
            }
        }
    }

    private void contributeStages(List<Stay> stays, List<Ownership> owners, Contributions to) {
        Map<String, Double> days = new TreeMap<>();
        Map<String, Long> leftMillis = new TreeMap<>();
        List<CalendarSpan> spans = null;
        for (Stay stay : stays) {
            if (!stay.isOpen() && !stay.stage().equals(LeadStages.NEW)) {
                spans = spans == null ? policy.calendars().along(owners) : spans;
                double stayed = BusinessCalendar.businessDaysBetween(spans, stay.enteredMillis(), stay.leftMillis());
                days.merge(stay.stage(), stayed, Double::sum);
                leftMillis.put(stay.stage(), stay.leftMillis());
            }
        }
        days.forEach((stage, stayed) -> {
            long lastMillis = leftMillis.get(stage);
            int pane = Measure.histogramPane(organisation.epochDayOf(lastMillis), Math.round(stayed * DAY_MILLIS));
            new Credit(Ownership.at(owners, lastMillis), lastMillis, to)
                    .add(Measure.STAGE_BUSINESS_HISTOGRAM, stage, pane, 1);
        });
    }

    /** Adds what helped when it was stuck. */
    void contributeStuck(List<Stuck> all, Contributions to) {
        for (Stuck stuck : all) {
            Credit credit = new Credit(stuck.owner(), stuck.raisedMillis(), to);
            int day = organisation.epochDayOf(stuck.raisedMillis());
            credit.add(Measure.STUCK_ENDED, Dimension.of(stuck.stage(), stuck.before(), stuck.end()), day, 1);
            for (String act : stuck.acts()) {
                credit.add(Measure.STUCK_ENDED_BY_ACT, Dimension.of(stuck.stage(), act, stuck.end()), day, 1);
            }
        }
    }

    /** Adds what became of it when it was not worked on, or had bought. */
    void contributeAftercare(LeadView lead, Aftercare aftercare, Contributions to) {
        contributeNurture(lead, aftercare, to);
        contributeTurnedDown(lead, aftercare, to);
        contributeCustomer(lead, aftercare, to);
    }

    private void contributeNurture(LeadView lead, Aftercare aftercare, Contributions to) {
        for (Aftercare.Touch touch : aftercare.touches()) {
            String who = touch.actor() == null ? lead.ownerAt(touch.timeMillis()) : touch.actor();
            Credit credit = new Credit(who, touch.timeMillis(), to);
            int day = organisation.epochDayOf(touch.timeMillis());
            credit.add(Measure.NURTURE_TOUCHES, touch.method(), day, 1);
            credit.add(Measure.NURTURE_RESPONSES, touch.method(), day, touch.isAnswered() ? 1 : 0);
        }
        for (Aftercare.Nurture stay : aftercare.nurture()) {
            Credit credit = new Credit(lead.ownerAt(stay.fromMillis()), stay.fromMillis(), to);
            int day = organisation.epochDayOf(stay.fromMillis());
            credit.add(Measure.NURTURE_ENTERED, NO_DIMENSION, day, 1);
            for (int days : NURTURE_DAYS) {
                long untilMillis = stay.fromMillis() + days * DAY_MILLIS;
                credit.add(
                        Measure.NURTURE_ENTERED,
                        "warmed_" + days,
                        day,
                        warms(lead, stay.fromMillis(), untilMillis) ? 1 : 0);
                credit.add(
                        Measure.NURTURE_ENTERED,
                        "sales_qualified_" + days,
                        day,
                        isSalesQualified(lead, stay.fromMillis(), untilMillis) ? 1 : 0);
            }
            if (stay.lasts()) {
                contributeInNurture(lead, stay, aftercare.touches(), to);
            }
        }
    }

    private void contributeInNurture(
            LeadView lead, Aftercare.Nurture stay, List<Aftercare.Touch> touches, Contributions to) {
        String method = NO_DIMENSION;
        long lastMillis = stay.fromMillis();
        for (Aftercare.Touch touch : touches) {
            if (touch.timeMillis() >= stay.fromMillis()) {
                method = touch.method();
                lastMillis = touch.timeMillis();
            }
        }
        Credit credit = new Credit(lead.ownerAt(NOW), NOW, to);
        credit.add(Measure.IN_NURTURE, method, 0, 1);
        credit.add(Measure.IN_NURTURE_BY_LAST_TOUCH, NO_DIMENSION, organisation.epochDayOf(lastMillis), 1);
    }

    /** Whether an act brought it into a warmer band than it was in at the beginning. */
    private static boolean warms(LeadView lead, long fromMillis, long untilMillis) {
        Band before = null;
        for (Fact fact : lead.facts()) {
            if (fact.timeMillis() > fromMillis && fact.timeMillis() <= untilMillis) {
                before = before == null ? lead.score().band(fromMillis) : before;
                if (lead.score().band(fact.timeMillis()).compareTo(before) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSalesQualified(LeadView lead, long fromMillis, long untilMillis) {
        for (Fact fact : lead.facts()) {
            boolean qualifies = fact.kind() == EventKind.LEAD_STATUS_CHANGED
                    && fact.status() != null
                    && fact.status().toLowerCase(Locale.ROOT).equals(QUALIFIED);
            if (qualifies && fact.timeMillis() > fromMillis && fact.timeMillis() <= untilMillis) {
                return true;
            }
        }
        return lead.deals().stream()
                .anyMatch(deal ->
                        !deal.deleted() && deal.openedMillis() > fromMillis && deal.openedMillis() <= untilMillis);
    }

    private void contributeTurnedDown(LeadView lead, Aftercare aftercare, Contributions to) {
        for (Aftercare.TurnedDown each : aftercare.turnedDown()) {
            String reason = each.reason() == null ? NO_DIMENSION : each.reason();
            new Credit(lead.ownerAt(each.timeMillis()), each.timeMillis(), to)
                    .add(Measure.DISQUALIFIED, reason, organisation.epochDayOf(each.timeMillis()), 1);
            if (each.backMillis() != Fact.NO_TIME) {
                new Credit(lead.ownerAt(each.backMillis()), each.backMillis(), to)
                        .add(Measure.DISQUALIFIED_BACK, reason, organisation.epochDayOf(each.backMillis()), 1);
            }
        }
    }

    private void contributeCustomer(LeadView lead, Aftercare aftercare, Contributions to) {
        List<Deal> purchases = aftercare.purchases();
        for (int i = 1; i < purchases.size(); i++) {
            Deal deal = purchases.get(i);
            Credit won = new Credit(deal.ownerAt(deal.closedMillis()), deal.closedMillis(), to);
            int day = organisation.epochDayOf(deal.closedMillis());
            won.add(Measure.REPEAT_WON_COUNT, NO_DIMENSION, day, 1);
            won.add(Measure.REPEAT_WON_AMOUNT, NO_DIMENSION, day, deal.amountMinor() == null ? 0 : deal.amountMinor());
        }
        List<Long> signs = aftercare.signs();
        if (signs.isEmpty()) {
            return;
        }
        new Credit(lead.ownerAt(NOW), NOW, to)
                .add(
                        Measure.CUSTOMERS_BY_LAST_SIGN,
                        NO_DIMENSION,
                        organisation.epochDayOf(signs.get(signs.size() - 1)),
                        1);
        for (int i = 1; i < signs.size(); i++) {
            if (signs.get(i) - signs.get(i - 1) >= SILENT_DAYS * DAY_MILLIS) {
                new Credit(lead.ownerAt(signs.get(i)), signs.get(i), to)
                        .add(Measure.CUSTOMERS_RENEWED, NO_DIMENSION, organisation.epochDayOf(signs.get(i)), 1);
            }
        }
    }

    /** Credits the company, a rep and the team that he was in at a time. */
    private final class Credit {
        private final String rep;
        private final String team;
        private final Contributions to;

        private Credit(String rep, long atMillis, Contributions to) {
            this.rep = rep;
            this.team = rep == null ? null : organisation.teamOf(rep, atMillis);
            this.to = to;
        }

        private void add(Measure measure, String dimension, int pane, long value) {
            to.add(Scope.COMPANY, measure, dimension, pane, value);
            if (rep != null) {
                to.add(Scope.rep(rep), measure, dimension, pane, value);
            }
            if (team != null) {
                to.add(Scope.team(team), measure, dimension, pane, value);
            }
        }
    }
}
