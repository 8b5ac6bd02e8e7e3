package io.leadpulse.schemas.config;

import io.leadpulse.domain.calendar.WorkingInterval;
import io.leadpulse.domain.calendar.WorkingWeek;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the working hours of a week: intervals by weekday; a weekday that is not named is free. */
final class WorkingHours {

    /** Monday to Friday, 9 to 18. */
    static final WorkingWeek DEFAULT = WorkingWeek.on(
            List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY),
            WorkingInterval.ofHours(9, 18));

    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)");
    private static final String TIME_ALLOWED = "a time from \"00:00\" to \"24:00\"";

    private WorkingHours() {}

    /** The week of the section {@code working_hours}; the fallback if it is not given or wrong. */
    static WorkingWeek read(Section parent, WorkingWeek fallback) {
        if (!parent.gives("working_hours")) {
            return fallback;
        }
        int before = parent.problems().size();
        Section week = parent.section("working_hours");
        Map<DayOfWeek, List<WorkingInterval>> intervals = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek weekday : DayOfWeek.values()) {
            intervals.put(weekday, intervals(week, weekday.name().toLowerCase(Locale.ROOT)));
        }
        week.end();
        if (parent.problems().size() > before) {
            return fallback;
        }
        WorkingWeek read = WorkingWeek.of(intervals);
        if (read.isEmpty()) {
            parent.refuse("working_hours", "at least one working interval in the week");
        }
        return read;
    }

    private static List<WorkingInterval> intervals(Section week, String weekday) {
        List<WorkingInterval> intervals = new ArrayList<>();
        int endMinute = 0;
        for (Section section : week.sections(weekday)) {
            section.require("from", TIME_ALLOWED);
            section.require("to", TIME_ALLOWED);
            Integer from = section.scalar("from", null, TIME_ALLOWED, WorkingHours::minuteOfDay);
            Integer to = section.scalar("to", null, TIME_ALLOWED, WorkingHours::minuteOfDay);
            section.end();
            if (from == null || to == null) {
                continue;
            }
            if (from >= to) {
                section.refuse("to", "later than from (a shift over midnight stands on both days)");
                continue;
            }
            if (from < endMinute) {
                section.refuse("from", "not before the end of the interval above it");
            }
            endMinute = to;
            intervals.add(new WorkingInterval(from, to));
        }
        return intervals;
    }

    private static Integer minuteOfDay(ConfigNode node) {
        if (node.text().equals("24:00")) {
            return WorkingInterval.MINUTES_OF_DAY;
        }
        Matcher time = TIME.matcher(node.text());
        if (!node.is(ConfigNode.Kind.TEXT) || !time.matches()) {
            throw new Section.Refused();
        }
        return Integer.parseInt(time.group(1)) * 60 + Integer.parseInt(time.group(2));
    }
}
