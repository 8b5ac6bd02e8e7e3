package io.leadpulse.domain.alert;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.CalendarSpan;
import io.leadpulse.domain.deal.Ownership;
import java.util.ArrayList;
import java.util.List;

/** In whose working time a clock runs. */
@FunctionalInterface
public interface OwnerCalendars {

    /**
     * The calendar of an owner.
     *
     * @param ownerOrNull rep id; null, or a rep that the directory does not know, means the company's calendar
     */
    BusinessCalendar of(String ownerOrNull);

    /** The calendars through which a clock runs as the owner changes; the first owner's rules before he owned it too. */
    default List<CalendarSpan> along(List<Ownership> owners) {
        if (owners.isEmpty()) {
            return List.of(new CalendarSpan(Long.MIN_VALUE, of(null)));
        }
        List<CalendarSpan> spans = new ArrayList<>(owners.size());
        for (Ownership each : owners) {
            spans.add(new CalendarSpan(each.fromMillis(), of(each.owner())));
        }
        return spans;
    }
}
