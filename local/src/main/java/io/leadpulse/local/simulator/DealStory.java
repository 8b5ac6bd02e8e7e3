package io.leadpulse.local.simulator;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;

/** A deal from its opening on: what is planned and done for it, its stages, its end. */
final class DealStory {
    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;
    /** What is noted at a win for those who come after the salesperson. */
    private static final List<String> PROMISED = List.of(
            "promised: training in the first week",
            "promised: import of the old data",
            "promised: this price for two years");

    private static final List<String> LOST_BECAUSE =
            List.of("price", "no budget", "competitor", "no answer", "timing", "missing feature");
    private static final int SMS_BEFORE = 30;
    private static final double NO_SHOW_BEFORE = .24;
    private static final double NO_SHOW_SINCE = .13;
    private static final double NEVER_HELD = .4;
    private static final double DEMO_NOT_HELD = .2;
    private static final int USUAL_DAYS_TO_CLOSE = 26;
    private static final int PUSHED_DAYS = 45;
    private static final double NOT_PUSHED = .04;
    /** Working days between two contacts. */
    private static final double CADENCE = 3;

    private static final double DARYAS_CADENCE = 2;
    private static final double TOMAS_CADENCE = 5.5;
    private static final int FIRST_NO_SHOW_BEFORE = 6;
    /** Live nobody does what was planned, so that nothing falls due for a while. */
    private static final long NOTHING_DUE = 120 * MINUTE;

    /** Tasks that are forgotten, and so overdue while the deal is open; not Darya's. */
    private static final double FORGOTTEN = .008;

    private final SimulatedCompany company;
    private final WorkTime work;
    private final Journal journal;
    private final Contacts contacts;
    private final long end;

    DealStory(SimulatedCompany company, Journal journal, Contacts contacts) {
        this.company = company;
        this.work = company.work();
        this.journal = journal;
        this.contacts = contacts;
        this.end = company.startMillis() - SimulatedHistory.QUIET.toMillis();
    }

    /** Tells all of it; the lead's own beginning stands before it. */
    void tell(DealPlan plan, Dice dice) {
        open(plan, dice);
        for (int stage = DealPlan.MEETING; stage <= plan.lastStage; stage++) {
            long entered = plan.entered[stage];
            long left = stage == plan.lastStage ? plan.closed : plan.entered[stage + 1];
            if (entered > end) {
                return;
            }
            if (stage > DealPlan.MEETING) {
                enter(plan, stage, entered);
            }
            stay(plan, stage, entered, left, dice);
        }
        close(plan, dice);
    }

    private void open(DealPlan plan, Dice dice) {
        long guessed = Math.round(plan.amount * dice.between(.85, 1.25) / 10) * 10;
        act("deal_opened", plan, plan.opened())
                .put("owner", company.acting(plan.rep, plan.opened()))
                .put("stage", DealPlan.STAGES[DealPlan.MEETING])
                .put("product", plan.product.title())
                .put("expected_close", day(plan.opened() + USUAL_DAYS_TO_CLOSE * DAY))
                .euros(guessed)
                .add();
        long joined = company.jonahJoinedMillis();
        if (plan.rep.equals(SimulatedCompany.JONAH) && plan.opened() < joined && plan.closed > joined) {
            act("deal_updated", plan, joined + 9 * 60 * MINUTE + dice.between(0L, MINUTE * 60))
                    .put("owner", plan.rep)
                    .add();
        }
        push(plan, dice);
    }

    private void push(DealPlan plan, Dice dice) {
        long expected = plan.opened() + USUAL_DAYS_TO_CLOSE * DAY;
        while (expected - DAY < Math.min(plan.closed, end) && (!dice.chance(NOT_PUSHED) || inPile(plan))) {
            long next = expected + PUSHED_DAYS * DAY;
            act("deal_updated", plan, expected - DAY)
                    .put("expected_close", day(next))
                    .add();
            expected = next;
        }
    }

    private void enter(DealPlan plan, int stage, long millis) {
        Journal.Act act = act("deal_stage_changed", plan, millis).put("stage", DealPlan.STAGES[stage]);
        if (stage == DealPlan.OFFER) {
            act.euros(plan.amount);
        }
        act.add();
        if (stage == DealPlan.OFFER) {
            contacts.mail(plan.lead(), plan.rep, millis + 6 * MINUTE, "offer-" + plan.deal());
        }
    }

    private void stay(DealPlan plan, int stage, long entered, long left, Dice dice) {
        if (plan.number == DealPlans.FALLING_OFF_AT_420) {
            missOnce(plan);
            return;
        }
        if (stage == DealPlan.MEETING) {
            meet(plan, entered, left, dice);
        } else if (stage == DealPlan.DEMO) {
            show(plan, entered, left, dice);
        }
        keepInTouch(plan, stage, entered, left, dice);
    }

    /** Always the next task is planned, unless nobody thinks of the deal. */
    private void keepInTouch(DealPlan plan, int stage, long entered, long left, Dice dice) {
        double cadence =
                switch (plan.rep) {
                    case SimulatedCompany.DARYA -> DARYAS_CADENCE;
                    case SimulatedCompany.TOMAS -> TOMAS_CADENCE;
                    default -> CADENCE;
                };
        long at = entered + MINUTE;
        int number = 0;
        while (at < Math.min(left, end)) {
            long next = notSoon(work.plus(at, WorkTime.days(cadence * dice.between(.6, 1.4))));
            boolean ends = next >= left - MINUTE;
            String task = plan.deal() + "-t" + stage + number++;
            // In the last minute of a stage nothing is planned any more.
            if (!plan.unplanned && at < left - MINUTE) {
                act("task_planned", plan, at)
                        .put("asset", task)
                        .time("due", next)
                        .add();
                boolean forgotten = dice.chance(FORGOTTEN) && !plan.rep.equals(SimulatedCompany.DARYA);
                if (!forgotten || left != Long.MAX_VALUE) {
                    act("task_done", plan, ends || forgotten ? left - MINUTE : next - MINUTE)
                            .put("asset", task)
                            .add();
                }
            }
            if (!ends) {
                touch(plan, next, left, dice);
            }
            at = next;
        }
    }

    private long notSoon(long due) {
        return due > end ? Math.max(due, company.startMillis() + NOTHING_DUE) : due;
    }

    private static boolean inPile(DealPlan plan) {
        return plan.number >= DealPlans.DARYAS_LARGEST && plan.number < DealPlans.MISTYPED;
    }

    private void touch(DealPlan plan, long millis, long left, Dice dice) {
        double mails =
                switch (plan.rep) {
                    case SimulatedCompany.DARYA -> .92;
                    case SimulatedCompany.INES -> .25;
                    default -> .5;
                };
        if (inPile(plan)) {
            contacts.mail(plan.lead(), plan.rep, millis, "reminder");
        } else if (dice.chance(mails)) {
            contacts.mailing(
                    plan.lead(), plan.rep, millis, Math.min(left, work.plus(millis, WorkTime.days(1.8))), dice);
        } else {
            contacts.call(plan.lead(), plan.rep, millis, false, dice);
        }
    }

    private void meet(DealPlan plan, long entered, long left, Dice dice) {
        long stay = work.between(entered, left == Long.MAX_VALUE ? entered + 9 * DAY : left);
        String meeting = plan.deal() + "-m";
        long scheduled = work.plus(entered, stay / 20);
        long due = notSoon(work.plus(entered, stay * 11 / 20));
        schedule("meeting_scheduled", plan, meeting, scheduled, due);
        boolean isLost = !plan.won && plan.lastStage == DealPlan.MEETING;
        if (isLost && dice.chance(NEVER_HELD)) {
            boolean declined = dice.chance(.5);
            act(declined ? "meeting_declined" : "meeting_cancelled", plan, due - 40 * MINUTE)
                    .put("asset", meeting)
                    .add();
            return;
        }
        double missed = due >= smsSince() ? NO_SHOW_SINCE : NO_SHOW_BEFORE;
        if (dice.chance(missed)) {
            act("meeting_no_show", plan, due + 15 * MINUTE)
                    .put("asset", meeting)
                    .add();
            due = notSoon(work.plus(entered, stay * 17 / 20));
            schedule("meeting_rescheduled", plan, meeting, work.plus(entered, stay * 12 / 20), due);
        }
        act("meeting_completed", plan, due)
                .put("asset", meeting)
                .put("seconds", dice.between(1_200L, 3_600L))
                .add();
    }

    private long smsSince() {
        return work.at(company.today() - SMS_BEFORE, LocalTime.MIDNIGHT);
    }

    private void schedule(String kind, DealPlan plan, String meeting, long millis, long due) {
        act(kind, plan, millis).put("asset", meeting).time("due", due).add();
        if (due >= smsSince() && due - DAY > millis) {
            journal.act("sms_sent", plan.lead(), due - DAY)
                    .put("asset", "reminder-sms")
                    .put("automatic", true)
                    .add();
        }
    }

    private void show(DealPlan plan, long entered, long left, Dice dice) {
        long stay = work.between(entered, left);
        String demo = plan.deal() + "-d";
        long due = notSoon(work.plus(entered, stay * 12 / 20));
        schedule("meeting_scheduled", plan, demo, work.plus(entered, stay / 20), due);
        boolean isLost = !plan.won && plan.lastStage == DealPlan.DEMO;
        if (isLost && !plan.rep.equals(SimulatedCompany.SAMIR) && dice.chance(DEMO_NOT_HELD)) {
            act("meeting_cancelled", plan, due - 60 * MINUTE).put("asset", demo).add();
            return;
        }
        act("demo_held", plan, due)
                .put("asset", demo)
                .put("seconds", dice.between(1_500L, 3_600L))
                .add();
    }

    /** Missed its meeting six days ago; the next one is a few minutes after live begins. */
    private void missOnce(DealPlan plan) {
        long missed = work.at(company.today() - FIRST_NO_SHOW_BEFORE, LocalTime.of(11, 0));
        String meeting = plan.deal() + "-m";
        schedule("meeting_scheduled", plan, meeting, plan.opened() + 20 * MINUTE, missed);
        act("meeting_no_show", plan, missed + 15 * MINUTE).put("asset", meeting).add();
        schedule("meeting_rescheduled", plan, meeting, missed + 50 * MINUTE, company.startMillis() + 400_000);
        contacts.mail(plan.lead(), plan.rep, missed + 55 * MINUTE, "new date");
    }

    private void close(DealPlan plan, Dice dice) {
        if (plan.closed > end) {
            return;
        }
        if (plan.won) {
            won(plan, plan.typedAmount > 0 ? plan.typedAmount : plan.amount).add();
            return;
        }
        act("deal_lost", plan, plan.closed)
                .put("reason", dice.any(LOST_BECAUSE))
                .add();
        journal.act("lead_status_changed", plan.lead(), plan.closed + MINUTE)
                .put("status", "nurture")
                .add();
    }

    /** The win, under an id that a correction can name again. */
    Journal.Act won(DealPlan plan, long amount) {
        return won(journal, plan, plan.closed, amount);
    }

    /** The win in another journal and at another time. */
    static Journal.Act won(Journal journal, DealPlan plan, long millis, long amount) {
        Journal.Act won = journal.act("deal_won", plan.lead(), millis, plan.deal() + "-won")
                .put("deal", plan.deal())
                .put("actor", plan.rep)
                .put("owner", plan.rep)
                .put("product", plan.product.title())
                .euros(amount);
        return plan.number % 3 == 0 ? won.put("reason", PROMISED.get(plan.number / 3 % PROMISED.size())) : won;
    }

    private Journal.Act act(String kind, DealPlan plan, long millis) {
        return journal.act(kind, plan.lead(), millis)
                .put("deal", plan.deal())
                .put("actor", company.acting(plan.rep, millis));
    }

    private String day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(company.zone()).toLocalDate().toString();
    }
}
