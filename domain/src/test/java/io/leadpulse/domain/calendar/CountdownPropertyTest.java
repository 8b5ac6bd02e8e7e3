package io.leadpulse.domain.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is left of business days is exact, whether the lengths of the days have a small common denominator or not. */
class CountdownPropertyTest {
    private static final long HOUR = 3_600_000;

    /** What a day offers. */
    record Part(long availableMillis, long dayMillis) {}

    @Property(tries = 500, seed = "20261122")
    void takesWhatIsLeftOfDaysOfAnyLengths(@ForAll("limits") long limitMilliDays, @ForAll("oddDays") List<Part> parts) {
        takesWhatIsLeft(limitMilliDays, parts);
    }

    @Property(tries = 500, seed = "20261122")
    void takesWhatIsLeftOfDaysOfFewLengths(
            @ForAll("limits") long limitMilliDays, @ForAll("usualDays") List<Part> parts) {
        takesWhatIsLeft(limitMilliDays, parts);
    }

    private static void takesWhatIsLeft(long limitMilliDays, List<Part> parts) {
        Countdown countdown = Countdown.ofMilliDays(limitMilliDays);
        BigInteger left = BigInteger.valueOf(limitMilliDays);
        BigInteger of = BigInteger.valueOf(1_000);
        for (Part part : parts) {
            BigInteger day = BigInteger.valueOf(part.dayMillis());
            BigInteger[] needed = left.multiply(day).divideAndRemainder(of);
            long neededMillis = needed[0].longValueExact() + needed[1].signum();
            boolean isReached = neededMillis <= part.availableMillis();

            assertThat(countdown.take(part.availableMillis(), part.dayMillis()))
                    .as("%d thousandths, %s", limitMilliDays, parts)
                    .isEqualTo(isReached ? neededMillis : Countdown.NOT_REACHED);
            if (isReached) {
                return;
            }
            left = left.multiply(day).subtract(of.multiply(BigInteger.valueOf(part.availableMillis())));
            of = of.multiply(day);
        }
    }

    @Provide
    Arbitrary<Long> limits() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(1, 12_000),
                Arbitraries.longs().between(1, 12).map(days -> days * 1_000));
    }

    @Provide
    Arbitrary<List<Part>> oddDays() {
        return parts(Arbitraries.longs().between(1, 25 * HOUR));
    }

    @Provide
    Arbitrary<List<Part>> usualDays() {
        return parts(Arbitraries.of(8 * HOUR, 9 * HOUR, 9 * HOUR, 4 * HOUR + HOUR / 2));
    }

    /** Parts of days and whole ones; more of them than most of the limits last. */
    private static Arbitrary<List<Part>> parts(Arbitrary<Long> days) {
        return Combinators.combine(days, Arbitraries.doubles().between(0, 1.5))
                .as((day, share) -> new Part(Math.max(1, Math.min(day, Math.round(day * share))), day))
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }
}
