package io.leadpulse.domain.measure;

import io.leadpulse.domain.organisation.Organisation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * A company in New York. Ann is in team north, from 2025-03-10 on in team south; Bob is in team south; nobody else is in
 * a team.
 */
public final class NewYorkCompany implements Organisation {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final long ANN_MOVES_MILLIS = millis("2025-03-10T04:00:00Z");

    /** Epoch milliseconds of a time such as {@code 2025-03-03T10:00:00Z}. */
    public static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    /** Epoch day of a day such as {@code 2025-03-03}. */
    public static int day(String day) {
        return (int) LocalDate.parse(day).toEpochDay();
    }

    @Override
    public String teamOf(String rep, long atMillis) {
        return switch (rep) {
            case "ann" -> atMillis < ANN_MOVES_MILLIS ? "north" : "south";
            case "bob" -> "south";
            default -> null;
        };
    }

    @Override
    public int epochDayOf(long timeMillis) {
        return (int) at(timeMillis).toLocalDate().toEpochDay();
    }

    @Override
    public int minuteOfDayOf(long timeMillis) {
        return at(timeMillis).getHour() * 60 + at(timeMillis).getMinute();
    }

    @Override
    public long slotStartMillis(int epochDay, int slot) {
        return LocalDate.ofEpochDay(epochDay)
                .atTime(slot * 5 / 60, slot * 5 % 60)
                .atZone(ZONE)
                .toInstant()
                .toEpochMilli();
    }

    private static ZonedDateTime at(long timeMillis) {
        return Instant.ofEpochMilli(timeMillis).atZone(ZONE);
    }
}
