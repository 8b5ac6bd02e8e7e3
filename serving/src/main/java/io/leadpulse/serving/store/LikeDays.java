package io.leadpulse.serving.store;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.pipeline.GrowthToDate;
import io.leadpulse.schemas.config.LeadpulseConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;

/**
 * Writes which days of the month before the days of a month are compared with, as {@link GrowthToDate} does: boards know
 * neither the company's months nor its holidays. This month and the next, so that nothing is missing as a month begins.
 */
final class LikeDays {
    private static final long NEVER = Long.MIN_VALUE;

    private final DataSource database;
    private final BusinessCalendar calendar;
    private final PeriodCalendar periods;
    private final Clock clock;
    private long writtenEpochDay = NEVER;

    LikeDays(DataSource database, LeadpulseConfig config, Clock clock) {
        this.database = database;
        this.calendar = config.companyCalendar();
        this.periods = config.periodCalendar();
        this.clock = clock;
    }

    /** Replaces what was written on an earlier day; call from time to time. */
    void refresh() throws SQLException {
        long today = calendar.epochDay(clock.millis());
        if (today == writtenEpochDay) {
            return;
        }
        Period month = periods.periodOf(PeriodKind.MONTH, today);
        Period next = periods.periodOf(PeriodKind.MONTH, month.endEpochDayExclusive());
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement delete = connection.prepareStatement("delete from leadpulse.like_day");
                    PreparedStatement insert =
                            connection.prepareStatement("insert into leadpulse.like_day values (?, ?, ?, ?)")) {
                delete.executeUpdate();
                for (Period each : List.of(month, next)) {
                    add(each, insert);
                }
                insert.executeBatch();
            }
            connection.commit();
        }
        writtenEpochDay = today;
    }

    private void add(Period month, PreparedStatement insert) throws SQLException {
        Period before = periods.previous(month);
        for (long day = month.startEpochDay(); day < month.endEpochDayExclusive(); day++) {
            insert.setObject(1, LocalDate.ofEpochDay(day));
            insert.setObject(2, LocalDate.ofEpochDay(month.startEpochDay()));
            insert.setObject(3, LocalDate.ofEpochDay(before.startEpochDay()));
            insert.setObject(4, LocalDate.ofEpochDay(GrowthToDate.likeEndEpochDay(calendar, month, before, day)));
            insert.addBatch();
        }
    }
}
