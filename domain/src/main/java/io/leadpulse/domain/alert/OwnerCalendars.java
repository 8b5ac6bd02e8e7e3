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

    /** The calendars through which a clock runs as the owner changes; before the first owner it is the company's. */
    default List<CalendarSpan> along(List<Ownership> owners) {
        List<CalendarSpan> spans = new ArrayList<>(owners.size() + 1);
        spans.add(new CalendarSpan(Long.MIN_VALUE, of(null)));
        for (Ownership each : owners) {
            spans.add(new CalendarSpan(each.fromMillis(), of(each.owner())));
        }
        return spans;
    }
}
