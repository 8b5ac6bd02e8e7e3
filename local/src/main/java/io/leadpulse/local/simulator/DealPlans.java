package io.leadpulse.local.simulator;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All deals that are closed within the 90 days or still open at their end. They are planned backwards from the day on which
 * they are won or lost, so that what a day sold can be told exactly: the wins of a month are the cause, the deals their
 * consequence.
 */
final class DealPlans {
    /** How many days of history there are. */
    static final int DAYS = 90;
    /** Wins and losses of a month of 22 working days; 119 of 330 opportunities are won. */
    private static final double WON_A_DAY = 119 / 22.0;

    private static final double LOST_A_DAY = 211 / 22.0;
    /** First three days of a month .7, last three 1.6: so much more than even in sum. */
    private static final double MONTH_SHAPE_MEAN = 22.9 / 22;

    private static final double[] WEEKDAYS = {.90, 1.10, 1.15, 1.10, .75};
    /** Share of wins by hour from 9 on; the last is outside working hours. */
    private static final double[] HOURS = {3, 9, 13, 7, 8, 14, 16, 17, 11, 2};

    private static final int DAYS_AHEAD = 110;
    private static final double AMOUNT_SIGMA = .55;
    /** Median working days in each stage, and their spread. */
    private static final double[] STAGE_DAYS = {4, 3, 5, 4};

    private static final double STAGE_SIGMA = .45;
    /** Limits of the stages in working days, near which a deal that is going to be lost lingers. */
    private static final double[] LIMIT_DAYS = {7, 7, 10, 14};
    /** A deal that is going to be lost lingers in its last stage. */
    private static final double LINGERS = 3.4;

    private static final double LINGERS_AT_MOST_LIMITS = 1.95;
    /** Of lost deals: in which stage. */
    private static final double[] LOST_IN = {99, 59, 27, 26};

    private static final double UNPLANNED = .12;
    /** No other day sold more than this, in euros, so that the mistyped one was the best. */
    private static final long MOST_OF_A_DAY = 27_500;

    private static final long MEAN_WON = 324_275 / 119;
    private static final long LEAST_AMOUNT = 200;
    /** Of 20 wins 11 are of Books, 6 of Desk, 3 of Field. */
    private static final int PRODUCT_CYCLE = 20;

    /** Yesterday: when and for how much. 90 % of the goal at 16:10, the last one at 17:48; 15,240 in all. */
    private static final Object[][] YESTERDAY = {
        {LocalTime.of(9, 41), 1_480L},
        {LocalTime.of(10, 36), 2_900L},
        {LocalTime.of(11, 22), 1_250L},
        {LocalTime.of(11, 52), 3_420L},
        {LocalTime.of(14, 7), 1_640L},
        {LocalTime.of(15, 18), 2_310L},
        {LocalTime.of(16, 10), 1_550L},
        {LocalTime.of(17, 48), 690L}
    };
    /** Today: minutes before live, and for how much; 4,800 in all. */
    private static final long[][] TODAY = {{188, 1_450}, {112, 2_350}, {47, 1_000}};

    /** The mistyped deal: 18,400 instead of 1,840. */
    private static final long TYPED = 18_400;

    private static final long MEANT = 1_840;
    private static final long OTHERS_OF_TYPED_DAY = 13_200;
    private static final int TYPED_DAYS_BEFORE = 6;

    /** Darya's pile: working days in "offer" and euros. The first turns critical at its beat. */
    private static final double[][] PILE = {
        {15, 11_800},
        {17, 2_600},
        {18.5, 5_900},
        {20, 3_300},
        {21.5, 8_400},
        {23, 4_100},
        {24.5, 7_200},
        {26, 2_000},
        {27.5, 6_300},
        {29, 4_600},
        {31, 5_200}
    };
    /** So many of Darya's open offers move. */
    private static final int DARYA_MOVING = 8;

    private static final int LIKE_DAYS = 8;
    private static final int TOMAS_WON = 13;
    private static final int TOMAS_LOST = 12;
    private static final int SAMIR_WON = 6;
    private static final int[] SAMIR_LOST = {8, 15, 2, 1};
    private static final int SAMIR_WITHIN_DAYS = 55;
    private static final long HISTORY_GAP_BEFORE = 5 * 60_000L;
    private static final long HISTORY_GAP_AFTER = 20 * 60_000L;
    private static final long FIVE_MINUTES = 5 * 60_000L;
    /** All wins of the like days are a multiple of this, so that 36 % of them is one of tens. */
    private static final long LIKE_DAYS_STEP = 250;
    /** What is usually won by the time at which live begins. */
    private static final double USUAL_SHARE = .36;

    /** Numbers of the deals that the live beats need; the first is the next free one. */
    static final int WON_AT_70 = 9_001;

    static final int WON_AT_200 = 9_002;
    static final int BACK_DATED_AT_540 = 9_003;
    static final int FALLING_OFF_AT_420 = 9_004;
    static final int DARYAS_LARGEST = 9_010;
    static final int MISTYPED = 9_030;

    private final long seed;
    private final SimulatedCompany company;
    private final WorkTime work;
    private final long liveStart;
    private final long historyEnd;
    private final List<DealPlan> plans = new ArrayList<>();
    private final List<Product> wonLots = new ArrayList<>();
    private final List<Product> lostLots = new ArrayList<>();
    private int lotsDrawn;
    private int nextNumber = 1;

    DealPlans(long seed, SimulatedCompany company) {
        this.seed = seed;
        this.company = company;
        this.work = company.work();
        this.liveStart = company.startMillis();
        this.historyEnd = liveStart - SimulatedHistory.QUIET.toMillis();
    }

    /** All deals. */
    List<DealPlan> all() {
        if (plans.isEmpty()) {
            planDays();
            capDays();
            bringToMean();
            capDays();
            shapeLikeDays();
            assignField();
            plans.forEach(this::assign);
            plans.forEach(this::planStages);
            settleSpecialReps();
            addScripted();
        }
        return plans;
    }

    private long today() {
        return company.today();
    }

    private void planDays() {
        for (long day = today() - DAYS; day <= today() + DAYS_AHEAD; day++) {
            Dice dice = Dice.of(seed, "day", day - today());
            if (day == today() - 1) {
                for (Object[] each : YESTERDAY) {
                    scriptedWin(work.at(day, (LocalTime) each[0]), (Long) each[1]);
                }
            } else if (day == today()) {
                for (long[] each : TODAY) {
                    scriptedWin(Math.max(liveStart - each[0] * 60_000, work.at(day, LocalTime.MIDNIGHT)), each[1]);
                }
            } else if (work.works(day)) {
                long won = dice.near(WON_A_DAY / MONTH_SHAPE_MEAN * factor(day));
                for (int i = 0; i < won; i++) {
                    win(day, dice);
                }
            }
            if (work.works(day)) {
                int lost = dice.near(LOST_A_DAY / MONTH_SHAPE_MEAN * factor(day));
                for (int i = 0; i < lost; i++) {
                    lose(day, dice);
                }
            }
        }
        typedDay();
    }

    private double factor(long day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        long firstOfMonth = date.withDayOfMonth(1).toEpochDay();
        long firstOfNext = date.withDayOfMonth(1).plusMonths(1).toEpochDay();
        long before = workdays(firstOfMonth, day);
        long after = workdays(day + 1, firstOfNext);
        double ofMonth = before < 3 ? .7 : after < 3 ? 1.6 : 1;
        return WEEKDAYS[work.placeInWeek(day)] * ofMonth;
    }

    private long workdays(long from, long to) {
        long count = 0;
        for (long day = from; day < to; day++) {
            count += work.works(day) ? 1 : 0;
        }
        return count;
    }

    private DealPlan plan(Product product, long amount, boolean won, long closed) {
        DealPlan plan = new DealPlan(nextNumber++);
        plan.product = product;
        plan.amount = amount;
        plan.won = won;
        plan.closed = closed;
        plan.lastStage = DealPlan.NEGOTIATION;
        plans.add(plan);
        return plan;
    }

    private void scriptedWin(long millis, long amount) {
        plan(Product.usualFor(amount), amount, true, millis);
    }

    private void win(long day, Dice dice) {
        Product product = nextProduct(true);
        plan(product, amount(product, dice), true, closing(day, dice));
    }

    private void lose(long day, Dice dice) {
        Product product = nextProduct(false);
        DealPlan plan = plan(product, amount(product, dice), false, closing(day, dice));
        plan.lastStage = dice.index(LOST_IN);
    }

    /** Products in the shares of the story, in an order of chance: by lots without putting them back. */
    private Product nextProduct(boolean won) {
        List<Product> lots = won ? wonLots : lostLots;
        if (lots.isEmpty()) {
            for (Product product : Product.values()) {
                for (int i = 0; i < Math.round(product.shareOfWins() * PRODUCT_CYCLE); i++) {
                    lots.add(product);
                }
            }
            Dice.of(seed, won ? "won-lots" : "lost-lots", lotsDrawn++).shuffle(lots);
        }
        return lots.remove(lots.size() - 1);
    }

    private static long amount(Product product, Dice dice) {
        return Math.max(LEAST_AMOUNT, tens(dice.logNormalOfMean(product.meanAmount(), AMOUNT_SIGMA)));
    }

    private static long tens(double amount) {
        return Math.round(amount / 10) * 10;
    }

    /** A time of day at which deals are closed; never around that of live's beginning on the days that today is compared with. */
    private long closing(long day, Dice dice) {
        while (true) {
            int hour = 9 + dice.index(HOURS);
            long millis = work.at(day, LocalTime.of(hour, 0)) + dice.between(0L, 3_600_000L);
            if (day == today() || !isLikeDay(day) || !isInGap(day, millis)) {
                return millis;
            }
        }
    }

    private boolean isLikeDay(long day) {
        long before = today() - day;
        return before > 0 && before % 7 == 0 && before <= 7L * LIKE_DAYS;
    }

    private long usualStart(long day) {
        return work.at(day, work.time(liveStart));
    }

    private boolean isInGap(long day, long millis) {
        long start = usualStart(day) - HISTORY_GAP_BEFORE;
        return millis >= start - start % FIVE_MINUTES && millis < usualStart(day) + HISTORY_GAP_AFTER;
    }

    /** The best day of the quarter, thanks to a mistyped amount. */
    private void typedDay() {
        long day = today() - TYPED_DAYS_BEFORE;
        List<DealPlan> wins = wins(plan -> work.day(plan.closed) == day);
        if (!wins.isEmpty()) {
            scaleTo(wins, OTHERS_OF_TYPED_DAY);
        }
        DealPlan typed = scripted(MISTYPED, Product.BOOKS, SimulatedCompany.LENA, MEANT);
        typed.typedAmount = TYPED;
        typed.won = true;
        typed.closed = work.at(day, LocalTime.of(15, 12));
        plans.add(typed);
    }

    private static DealPlan scripted(int number, Product product, String rep, long amount) {
        DealPlan plan = new DealPlan(number);
        plan.product = product;
        plan.rep = rep;
        plan.amount = amount;
        plan.lastStage = DealPlan.NEGOTIATION;
        return plan;
    }

    private List<DealPlan> wins(Predicate<DealPlan> which) {
        return plans.stream()
                .filter(plan -> plan.won && plan.number < WON_AT_70 && which.test(plan))
                .toList();
    }

    /** Makes the amounts sum up to a multiple of ten, each about as large as before. */
    private static void scaleTo(List<DealPlan> wins, long sum) {
        double factor = (double) sum / sum(wins);
        long rest = sum;
        DealPlan largest = wins.get(0);
        for (DealPlan win : wins) {
            win.amount = Math.max(10, tens(win.amount * factor));
            rest -= win.amount;
            largest = win.amount > largest.amount ? win : largest;
        }
        largest.amount += rest;
    }

    private static long sum(List<DealPlan> wins) {
        return wins.stream().mapToLong(plan -> plan.amount).sum();
    }

    /**
     * On the eight weekdays like today 36 % of the money was won by this time of day, to the cent, and none around it:
     * so by now 5,580 of today's 15,500 are usual, and stay so for the first beats.
     */
    private void shapeLikeDays() {
        List<DealPlan> all = wins(plan -> isLikeDay(work.day(plan.closed)));
        List<DealPlan> before = all.stream()
                .filter(plan -> plan.closed < usualStart(work.day(plan.closed)))
                .toList();
        List<DealPlan> after = all.stream()
                .filter(plan -> plan.closed >= usualStart(work.day(plan.closed)))
                .toList();
        if (before.isEmpty() || after.isEmpty()) {
            // Live begins before or after all sales of a day; nothing can be told of its course then.
            return;
        }
        long whole = sum(all) / LIKE_DAYS_STEP * LIKE_DAYS_STEP;
        long early = Math.round(whole * USUAL_SHARE);
        scaleTo(before, early);
        scaleTo(after, whole - early);
    }

    /** Chance aside, what is won in the 90 days has the mean of the story: 324,275 of 119 deals. */
    private void bringToMean() {
        List<DealPlan> all = wins(plan -> plan.closed <= historyEnd);
        List<DealPlan> ordinary = all.stream()
                .filter(plan ->
                        work.day(plan.closed) < today() - 1 && work.day(plan.closed) != today() - TYPED_DAYS_BEFORE)
                .toList();
        long wanted = all.size() * MEAN_WON - (sum(all) - sum(ordinary));
        double factor = (double) wanted / sum(ordinary);
        ordinary.forEach(plan -> plan.amount = Math.max(LEAST_AMOUNT, tens(plan.amount * factor)));
    }

    private void capDays() {
        Map<Long, List<DealPlan>> days = new TreeMap<>();
        for (DealPlan win : wins(plan -> true)) {
            days.computeIfAbsent(work.day(win.closed), day -> new ArrayList<>()).add(win);
        }
        days.forEach((day, wins) -> {
            if (sum(wins) > MOST_OF_A_DAY && day < today()) {
                scaleTo(
                        wins,
                        tens(MOST_OF_A_DAY * Dice.of(seed, "cap", day - today()).between(.88, 1)));
            }
        });
    }

    /** Who had which of the large deals: Tomas 13 of 25, Samir 24 demos held of which 9 brought an offer. */
    private void assignField() {
        Dice dice = Dice.of(seed, "field", 0);
        List<DealPlan> won = field(plan -> plan.won);
        dice.shuffle(won);
        take(won, TOMAS_WON, SimulatedCompany.TOMAS, plan -> true);
        take(won, SAMIR_WON, SimulatedCompany.SAMIR, this::isRecent);
        List<DealPlan> lost = field(plan -> !plan.won);
        dice.shuffle(lost);
        take(lost, TOMAS_LOST, SimulatedCompany.TOMAS, plan -> true);
        for (int stage = 0; stage < SAMIR_LOST.length; stage++) {
            for (DealPlan plan : take(lost, SAMIR_LOST[stage], SimulatedCompany.SAMIR, this::isRecent)) {
                plan.lastStage = stage;
            }
        }
    }

    private boolean isRecent(DealPlan plan) {
        return work.day(plan.closed) > today() - SAMIR_WITHIN_DAYS;
    }

    private List<DealPlan> field(Predicate<DealPlan> which) {
        return new ArrayList<>(plans.stream()
                .filter(plan -> plan.rep == null
                        && plan.product == Product.FIELD
                        && plan.closed <= historyEnd
                        && work.day(plan.closed) > today() - DAYS
                        && which.test(plan))
                .toList());
    }

    private static List<DealPlan> take(List<DealPlan> from, int count, String rep, Predicate<DealPlan> which) {
        List<DealPlan> taken = from.stream().filter(which).limit(count).toList();
        taken.forEach(plan -> plan.rep = rep);
        from.removeAll(taken);
        return taken;
    }

    private void assign(DealPlan plan) {
        if (plan.rep == null) {
            boolean past = plan.closed <= historyEnd;
            plan.rep = Reps.draw(company, plan.product, plan.closed, past, Dice.of(seed, "owner", plan.number));
        }
    }

    /** When the deal entered its stages, backwards from its end. */
    private void planStages(DealPlan plan) {
        Dice dice = Dice.of(seed, "deal", plan.number);
        long at = plan.closed;
        for (int stage = plan.lastStage; stage >= 0; stage--) {
            double days = dice.logNormal(STAGE_DAYS[stage], STAGE_SIGMA);
            if (!plan.won && stage == plan.lastStage) {
                days = dice.logNormal(STAGE_DAYS[stage] * LINGERS, STAGE_SIGMA / 2);
                days = Math.min(days, LIMIT_DAYS[stage] * LINGERS_AT_MOST_LIMITS);
            }
            at = work.minus(at, WorkTime.days(days));
            plan.entered[stage] = at;
        }
        plan.unplanned = dice.chance(UNPLANNED);
    }

    /** What Darya and Samir have open is their story; what chance gave them beyond it others have. */
    private void settleSpecialReps() {
        int moving = 0;
        for (DealPlan plan : plans) {
            if (!plan.isOpenAt(liveStart) || plan.product != Product.DESK) {
                continue;
            }
            boolean young = plan.stageAt(liveStart) == DealPlan.OFFER
                    && work.between(plan.entered[DealPlan.OFFER], liveStart) < WorkTime.days(6)
                    && plan.entered[DealPlan.OFFER] < historyEnd;
            if (young && moving < DARYA_MOVING) {
                plan.rep = SimulatedCompany.DARYA;
                plan.unplanned = false;
                moving++;
            } else if (plan.rep.equals(SimulatedCompany.DARYA) && !movesOnInTime(plan)) {
                plan.rep = SimulatedCompany.MAREK;
            }
        }
        for (DealPlan plan : plans) {
            if (plan.isOpenAt(liveStart)
                    && plan.rep.equals(SimulatedCompany.SAMIR)
                    && plan.stageAt(liveStart) > DealPlan.MEETING) {
                plan.rep = SimulatedCompany.OMAR;
            }
        }
    }

    /** Not in "offer", and so young in its stage that nothing is wrong with it for days. */
    private boolean movesOnInTime(DealPlan plan) {
        int stage = plan.stageAt(liveStart);
        return stage != DealPlan.OFFER
                && work.between(plan.entered[stage], liveStart) < WorkTime.days(LIMIT_DAYS[stage] / 2);
    }

    private void addScripted() {
        for (int i = 0; i < PILE.length; i++) {
            DealPlan plan = scripted(DARYAS_LARGEST + i, Product.DESK, SimulatedCompany.DARYA, (long) PILE[i][1]);
            plan.lastStage = DealPlan.OFFER;
            plan.unplanned = true;
            long critical = i == 0 ? liveStart + LiveScript.CRITICAL_SECOND * 1_000 : liveStart;
            open(plan, DealPlan.OFFER, work.minus(critical, WorkTime.days(PILE[i][0])));
        }
        open(scripted(WON_AT_70, Product.BOOKS, SimulatedCompany.LENA, 1_350), DealPlan.NEGOTIATION, 2.4);
        open(scripted(WON_AT_200, Product.DESK, SimulatedCompany.MAREK, 2_480), DealPlan.NEGOTIATION, 3.1);
        open(scripted(BACK_DATED_AT_540, Product.BOOKS, SimulatedCompany.AISHA, 410), DealPlan.NEGOTIATION, 1.7);
        open(scripted(FALLING_OFF_AT_420, Product.BOOKS, SimulatedCompany.NILS, 1_900), DealPlan.MEETING, 5.2);
    }

    private void open(DealPlan plan, int stage, double daysInStage) {
        open(plan, stage, work.minus(liveStart, WorkTime.days(daysInStage)));
    }

    private void open(DealPlan plan, int stage, long enteredMillis) {
        plan.lastStage = stage;
        plan.closed = Long.MAX_VALUE;
        Dice dice = Dice.of(seed, "deal", plan.number);
        plan.entered[stage] = enteredMillis;
        for (int before = stage - 1; before >= 0; before--) {
            plan.entered[before] =
                    work.minus(plan.entered[before + 1], WorkTime.days(dice.logNormal(STAGE_DAYS[before], .3)));
        }
        plans.add(plan);
    }
}
