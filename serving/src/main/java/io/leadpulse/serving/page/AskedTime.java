package io.leadpulse.serving.page;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Rfc3339;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.OptionalLong;

/** The time that somebody asks for: an instant, a time of day in the company's zone, or a day, which means its end. */
final class AskedTime {
    /** What is taken, for messages. */
    static final String ALLOWED = "a time up to now such as 2025-03-04, 2025-03-04T10:00 or 2025-03-04T10:00:00+01:00";

    private AskedTime() {}

    /**
     * The instant meant, epoch milliseconds; of a day the last one, of today now. Empty if it cannot be read or is later
     * than now.
     */
    static OptionalLong millis(String text, ZoneId zone, long nowMillis) {
        long millis = Rfc3339.millis(text);
        if (millis == Fact.NO_TIME) {
            try {
                if (text.indexOf('T') < 0) {
                    LocalDate day = LocalDate.parse(text);
                    long endMillis =
                            day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli() - 1;
                    boolean begun = day.atStartOfDay(zone).toInstant().toEpochMilli() <= nowMillis;
                    millis = begun ? Math.min(endMillis, nowMillis) : Fact.NO_TIME;
                } else {
                    millis = LocalDateTime.parse(text).atZone(zone).toInstant().toEpochMilli();
                }
            } catch (DateTimeException | ArithmeticException unreadable) {
                return OptionalLong.empty();
            }
        }
        return !Rfc3339.isSensible(millis) || millis > nowMillis ? OptionalLong.empty() : OptionalLong.of(millis);
    }
}
