package io.leadpulse.serving.alert;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.schemas.config.DailyDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * When a daily digest is due and of which days it speaks. A pure function of the time, so a restart changes nothing:
 * every day that is over is in exactly one digest.
 */
final class DigestTimes {

    /** What could not be sent for so long is not sent on this day: in the afternoon it would be old news. */
    static final Duration LATEST = Duration.ofHours(4);

    /** Longer holidays than this are not looked back over. */
    private static final int LONGEST_BREAK_DAYS = 31;

    private final DailyDigest settings;
    private final BusinessCalendar calendar;

    DigestTimes(DailyDigest settings, BusinessCalendar calendar) {
        this.settings = settings;
        this.calendar = calendar;
    }

    /**
     * A digest that is due.
     *
     * @param from the first day of which it speaks
     * @param today the company's day on which it is sent; the day before is the last of which it speaks
     */
    record Occasion(LocalDate from, LocalDate today) {}

    /** What is due at an instant; empty before the time of the day, long after it, and on days off. */
    Optional<Occasion> due(long nowMillis) {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        long todayEpochDay = calendar.epochDay(nowMillis);
        LocalDate today = LocalDate.ofEpochDay(todayEpochDay);
        // A time that the clocks skip is as much later, of one that they show twice it is the first.
        Instant at = today.atTime(settings.at()).atZone(calendar.zone()).toInstant();
        Instant now = Instant.ofEpochMilli(nowMillis);
        if (now.isBefore(at) || !now.isBefore(at.plus(LATEST))) {
            return Optional.empty();
        }
        if (settings.onDaysOff()) {
            return Optional.of(new Occasion(today.minusDays(1), today));
        }
        return isDayOff(todayEpochDay)
                ? Optional.empty()
                : Optional.of(new Occasion(LocalDate.ofEpochDay(workingDayBefore(todayEpochDay)), today));
    }

    private long workingDayBefore(long epochDay) {
        for (long each = epochDay - 1; each >= epochDay - LONGEST_BREAK_DAYS; each--) {
            if (!isDayOff(each)) {
                return each;
            }
        }
        return epochDay - 1;
    }

    private boolean isDayOff(long epochDay) {
        return calendar.businessMillisOfDay(epochDay) == 0;
    }
}
