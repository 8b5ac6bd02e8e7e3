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

    /**
     * The calendars of an owner by time, where his working hours change; one for all time unless overridden.
     *
     * @return in order of time, at least one; the first also holds for everything before it
     */
    default List<CalendarSpan> spansOf(String ownerOrNull) {
        return List.of(new CalendarSpan(Long.MIN_VALUE, of(ownerOrNull)));
    }

    /** The calendars through which a clock runs as the owner changes; before the first owner it is the company's. */
    default List<CalendarSpan> along(List<Ownership> owners) {
        List<CalendarSpan> spans = new ArrayList<>(owners.size() + 1);
        spans.add(new CalendarSpan(Long.MIN_VALUE, of(null)));
        for (int i = 0; i < owners.size(); i++) {
            long fromMillis = owners.get(i).fromMillis();
            long untilMillis = i + 1 < owners.size() ? owners.get(i + 1).fromMillis() : Long.MAX_VALUE;
            List<CalendarSpan> own = spansOf(owners.get(i).owner());
            CalendarSpan first = own.get(0);
            List<CalendarSpan> later = new ArrayList<>();
            for (CalendarSpan span : own) {
                if (span.fromMillis() <= fromMillis) {
                    first = span;
                } else if (span.fromMillis() < untilMillis) {
                    later.add(span);
                }
            }
            spans.add(new CalendarSpan(fromMillis, first.calendar()));
            spans.addAll(later);
        }
        return spans;
    }
}
