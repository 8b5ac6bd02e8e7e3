package io.leadpulse.schemas.config;

import io.leadpulse.domain.calendar.Absence;
import io.leadpulse.domain.calendar.WorkingWeek;
import java.time.ZoneId;
import java.util.List;

/**
 * What holds of a rep from a time on, until his next record.
 *
 * @param id rep
 * @param effectiveFromMillis epoch milliseconds; {@link Long#MIN_VALUE} if it always held
 * @param name name to show; null when not given
 * @param team his team; null when he has none
 * @param manager who leads the team, by name or id; null when not given
 * @param active false from the day on which he leaves
 * @param deputy the rep who is told while he is away; null when not given
 * @param zone his zone; null for the company's
 * @param workingWeek his working hours; null for the company's
 * @param absences time away
 * @param products products that he sells; empty for all
 * @param email where his alerts are sent; null when not given
 * @param teamLead the rep who is told of what is unowned, critical or not handled in his team; null when not given
 */
public record RepRecord(
        String id,
        long effectiveFromMillis,
        String name,
        String team,
        String manager,
        boolean active,
        String deputy,
        ZoneId zone,
        WorkingWeek workingWeek,
        List<Absence> absences,
        List<String> products,
        String email,
        String teamLead) {

    public RepRecord {
        absences = List.copyOf(absences);
        products = List.copyOf(products);
    }
}
