package io.leadpulse.bench.micro;

import io.leadpulse.domain.calendar.BusinessCalendar;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Working time between two instants, and when so many business days have passed, from any time of a day. */
@State(Scope.Thread)
public class CalendarBenchmark {
    private static final long BUSINESS_DAY_MILLIS = 9 * 3_600_000L;
    private static final long MILLI_DAYS = 1_000;
    private static final int DAY_MINUTES = 24 * 60;

    /** Over what the days pass. */
    @Param({"WEEK", "WEEKEND", "HOLIDAY", "DAYLIGHT_SAVING", "QUARTER"})
    public Stretch over;

    private BusinessCalendar calendar;
    private long[] fromMillis;
    private long[] toMillis;
    private long limitMilliDays;
    private int at;

    /** Days of the company, with a due time that was counted by hand. */
    public enum Stretch {
        /** Monday to Wednesday. */
        WEEK("2026-02-09T10:30", 2, "2026-02-11T10:30"),
        /** Friday to Tuesday. */
        WEEKEND("2026-02-13T10:30", 2, "2026-02-17T10:30"),
        /** From Thursday over Good Friday and the weekend to Tuesday. */
        HOLIDAY("2026-04-02T10:30", 2, "2026-04-07T10:30"),
        /** Friday to Tuesday; on Sunday clocks go forward. */
        DAYLIGHT_SAVING("2026-03-27T10:30", 2, "2026-03-31T10:30"),
        /** Twelve weekends, a holiday, and clocks that go forward. */
        QUARTER("2026-01-05T10:30", 60, "2026-03-31T10:30");

        private final LocalDateTime from;
        private final int days;
        private final LocalDateTime due;

        Stretch(String from, int days, String due) {
            this.from = LocalDateTime.parse(from);
            this.days = days;
            this.due = LocalDateTime.parse(due);
        }
    }

    @Setup
    public void prepare() {
        calendar = Task.DIRECTORY.companyCalendar();
        limitMilliDays = over.days * MILLI_DAYS;
        long from = millis(over.from);
        Task.require(
                calendar.dueAfterBusinessDays(from, limitMilliDays) == millis(over.due), "when it is due, " + over);
        SplittableRandom random = new SplittableRandom(Task.SPEC.seed());
        fromMillis = new long[Inputs.COUNT];
        toMillis = new long[Inputs.COUNT];
        for (int i = 0; i < Inputs.COUNT; i++) {
            fromMillis[i] = millis(over.from.toLocalDate().atStartOfDay().plusMinutes(random.nextInt(DAY_MINUTES)));
            toMillis[i] = calendar.dueAfterBusinessDays(fromMillis[i], limitMilliDays);
            // All working days of this company have nine hours.
            Task.require(
                    calendar.businessMillisBetween(fromMillis[i], toMillis[i]) == over.days * BUSINESS_DAY_MILLIS,
                    "the working time of " + over);
        }
    }

    private static long millis(LocalDateTime local) {
        return local.atZone(ZoneId.of("Europe/Berlin")).toInstant().toEpochMilli();
    }

    @Benchmark
    public long workingTime() {
        int next = at++ & (Inputs.COUNT - 1);
        return calendar.businessMillisBetween(fromMillis[next], toMillis[next]);
    }

    @Benchmark
    public double businessDays() {
        int next = at++ & (Inputs.COUNT - 1);
        return calendar.businessDaysBetween(fromMillis[next], toMillis[next]);
    }

    @Benchmark
    public long dueAfterBusinessDays() {
        return calendar.dueAfterBusinessDays(fromMillis[at++ & (Inputs.COUNT - 1)], limitMilliDays);
    }
}
