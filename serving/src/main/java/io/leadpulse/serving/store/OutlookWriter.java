package io.leadpulse.serving.store;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.pipeline.Forecast;
import io.leadpulse.domain.pipeline.ForecastAccuracy;
import io.leadpulse.domain.rate.ChangeEffect;
import io.leadpulse.domain.rate.ChangeWindows;
import io.leadpulse.domain.rate.Interval;
import io.leadpulse.domain.rate.Rate;
import io.leadpulse.schemas.config.LeadpulseConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Writes what follows from the tables as time passes: the forecast of the present month and quarter, how near earlier
 * forecasts came, and what changes of process did.
 *
 * <p>A forecast is written anew until its day is over, and stands as it was said from then on: of all that is in the
 * tables it alone cannot be rebuilt from the results, and a correction of the past does not touch it.
 */
final class OutlookWriter {
    /** Periods that are long enough to be forecast from deals. */
    private static final List<PeriodKind> FORECAST = List.of(PeriodKind.MONTH, PeriodKind.QUARTER);
    /** The day of this and the 89 before. */
    private static final int TRAILING_DAYS = 90;

    private final DataSource database;
    private final BusinessCalendar calendar;
    private final PeriodCalendar periods;
    private final Clock clock;

    OutlookWriter(DataSource database, LeadpulseConfig config, Clock clock) {
        this.database = database;
        this.calendar = config.companyCalendar();
        this.periods = config.periodCalendar();
        this.clock = clock;
    }

    /** Writes everything as of now, in one transaction. */
    void write() throws SQLException {
        long nowMillis = clock.millis();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (PeriodKind kind : FORECAST) {
                forecast(connection, periods.periodOf(kind, calendar.epochDay(nowMillis)), nowMillis);
            }
            accuracy(connection, nowMillis);
            effects(connection, nowMillis);
            connection.commit();
        }
    }

    private void forecast(Connection connection, Period period, long nowMillis) throws SQLException {
        LocalDate today = LocalDate.ofEpochDay(calendar.epochDay(nowMillis));
        LocalDate from = LocalDate.ofEpochDay(period.startEpochDay());
        LocalDate until = LocalDate.ofEpochDay(period.endEpochDayExclusive());
        Map<String, Forecast> forecasts = won(connection, from, until);
        Map<String, Rate> byStage = wonOfStages(connection, today);
        String due = "select owner, team, stage, amount_minor from leadpulse.deal"
                + " where state = 'open' and expected_close >= ? and expected_close < ?";
        try (PreparedStatement select = connection.prepareStatement(due)) {
            select.setObject(1, from);
            select.setObject(2, until);
            try (ResultSet deal = select.executeQuery()) {
                while (deal.next()) {
                    Long amountMinor = deal.getObject("amount_minor", Long.class);
                    String stage = deal.getString("stage");
                    Rate rate = stage == null ? Rate.NONE : byStage.getOrDefault(stage, Rate.NONE);
                    Double probability = rate.ranked().value();
                    for (String scope : scopes(deal.getString("owner"), deal.getString("team"))) {
                        forecasts.compute(scope, (key, before) -> (before == null ? Forecast.ofWon(0) : before)
                                .plus(amountMinor, probability));
                    }
                }
            }
        }
        write(connection, period, forecasts, today, nowMillis);
    }

    private static List<String> scopes(String owner, String team) {
        List<String> scopes = new ArrayList<>(List.of(Scope.COMPANY));
        if (owner != null) {
            scopes.add(Scope.rep(owner));
        }
        if (team != null) {
            scopes.add(Scope.team(team));
        }
        return scopes;
    }

    /** What is won in the period, of every scope that has won something; the company always. */
    private static Map<String, Forecast> won(Connection connection, LocalDate from, LocalDate until)
            throws SQLException {
        Map<String, Forecast> won = new TreeMap<>(Map.of(Scope.COMPANY, Forecast.ofWon(0)));
        String sums = "select scope, sum(value)::bigint from leadpulse.rollup_day"
                + " where measure = ? and dimension = '' and day >= ? and day < ? group by scope";
        try (PreparedStatement select = connection.prepareStatement(sums)) {
            select.setString(1, Measure.WON_AMOUNT.wireName());
            select.setObject(2, from);
            select.setObject(3, until);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    won.put(row.getString(1), Forecast.ofWon(row.getLong(2)));
                }
            }
        }
        return won;
    }

    /** Of the company's deals closed in the last 90 days that had been in a stage, those that were won. */
    private static Map<String, Rate> wonOfStages(Connection connection, LocalDate today) throws SQLException {
        String sums = "select dimension, sum(value) filter (where measure = ?)::bigint, sum(value)::bigint"
                + " from leadpulse.rollup_day where scope = ? and measure in (?, ?) and day > ? and day <= ?"
                + " group by dimension";
        Map<String, Rate> rates = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sums)) {
            select.setString(1, Measure.WON_AFTER_STAGE.wireName());
            select.setString(2, Scope.COMPANY);
            select.setString(3, Measure.WON_AFTER_STAGE.wireName());
            select.setString(4, Measure.LOST_AFTER_STAGE.wireName());
            select.setObject(5, today.minusDays(TRAILING_DAYS));
            select.setObject(6, today);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rates.put(row.getString(1), new Rate(row.getLong(2), row.getLong(3)));
                }
            }
        }
        return rates;
    }

    private void write(
            Connection connection, Period period, Map<String, Forecast> forecasts, LocalDate today, long nowMillis)
            throws SQLException {
        double position = calendar.position(period, nowMillis).orElse(0);
        try (PreparedStatement write =
                connection.prepareStatement("insert into leadpulse.forecast values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (scope, period_kind, starts_on, said_on) do update set"
                        + " ends_before = excluded.ends_before, position = excluded.position,"
                        + " won_minor = excluded.won_minor, weighted_minor = excluded.weighted_minor,"
                        + " weighted_deals = excluded.weighted_deals, unweighted_deals = excluded.unweighted_deals,"
                        + " said_at = excluded.said_at")) {
            for (Map.Entry<String, Forecast> each : forecasts.entrySet()) {
                Forecast forecast = each.getValue();
                write.setString(1, each.getKey());
                write.setString(2, period.kind().wireName());
                write.setObject(3, LocalDate.ofEpochDay(period.startEpochDay()));
                write.setObject(4, today);
                write.setObject(5, LocalDate.ofEpochDay(period.endEpochDayExclusive()));
                write.setDouble(6, position);
                write.setLong(7, forecast.wonMinor());
                write.setLong(8, forecast.weightedOpenMinor());
                write.setLong(9, forecast.weightedDeals());
                write.setLong(10, forecast.unweightedDeals());
                write.setObject(11, time(nowMillis));
                write.addBatch();
            }
            write.executeBatch();
        }
    }

    /** The first forecast of the second half of each period that is over, against what was won as it stands now. */
    private void accuracy(Connection connection, long nowMillis) throws SQLException {
        LocalDate today = LocalDate.ofEpochDay(calendar.epochDay(nowMillis));
        Map<List<String>, List<ForecastAccuracy.Past>> past = new HashMap<>();
        String said = "select scope, period_kind, forecast_minor, ends_before,"
                + " (select coalesce(sum(value), 0)::bigint from leadpulse.rollup_day r where r.scope = f.scope"
                + "  and r.measure = ? and r.dimension = '' and r.day >= f.starts_on and r.day < f.ends_before)"
                + " from (select distinct on (scope, period_kind, starts_on) scope, period_kind, starts_on, ends_before,"
                + "  won_minor + weighted_minor as forecast_minor from leadpulse.forecast where position >= 0.5"
                + "  and position < 1 order by scope, period_kind, starts_on, said_on) f";
        try (PreparedStatement select = connection.prepareStatement(said)) {
            select.setString(1, Measure.WON_AMOUNT.wireName());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (!row.getObject(4, LocalDate.class).isAfter(today)) {
                        past.computeIfAbsent(List.of(row.getString(1), row.getString(2)), key -> new ArrayList<>())
                                .add(new ForecastAccuracy.Past(row.getLong(3), row.getLong(5)));
                    }
                }
            }
        }
        for (PeriodKind kind : FORECAST) {
            past.putIfAbsent(List.of(Scope.COMPANY, kind.wireName()), List.of());
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from leadpulse.forecast_accuracy");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into leadpulse.forecast_accuracy values (?, ?, ?, ?, ?, ?, ?)")) {
            delete.executeUpdate();
            for (Map.Entry<List<String>, List<ForecastAccuracy.Past>> each : past.entrySet()) {
                ForecastAccuracy accuracy = ForecastAccuracy.of(each.getValue());
                insert.setString(1, each.getKey().get(0));
                insert.setString(2, each.getKey().get(1));
                insert.setInt(3, accuracy.periods());
                insert.setObject(4, accuracy.accuracy().value());
                insert.setObject(5, accuracy.bias().value());
                insert.setString(6, text(accuracy.accuracy().lack()));
                insert.setObject(7, time(nowMillis));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void effects(Connection connection, long nowMillis) throws SQLException {
        record Change(String id, long atMillis, String rate) {}
        List<Change> changes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select id, at, rate from leadpulse.annotation where rate is not null order by at, id");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                changes.add(new Change(
                        row.getString(1),
                        row.getObject(2, OffsetDateTime.class).toInstant().toEpochMilli(),
                        row.getString(3)));
            }
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from leadpulse.change_effect");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into leadpulse.change_effect values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            delete.executeUpdate();
            for (Change change : changes) {
                Optional<NamedRate> named = NamedRate.of(change.rate());
                Optional<ChangeWindows> windows = ChangeWindows.of(calendar, change.atMillis());
                Rate before = Rate.NONE;
                Rate after = Rate.NONE;
                Double difference = null;
                Interval interval = null;
                String needs;
                if (named.isEmpty()) {
                    needs = "a rate that is known: " + NamedRate.names();
                } else if (windows.isEmpty()) {
                    needs = "20 business days before and after";
                } else {
                    ChangeWindows of = windows.get();
                    before = rate(
                            connection,
                            named.get(),
                            of.beforeFromEpochDay(),
                            of.beforeToEpochDayExclusive(),
                            nowMillis);
                    after = rate(
                            connection, named.get(), of.afterFromEpochDay(), of.afterToEpochDayExclusive(), nowMillis);
                    ChangeEffect effect =
                            ChangeEffect.of(calendar, of, named.get().maturity(), nowMillis, before, after);
                    difference = effect.difference().value();
                    interval = effect.difference().interval();
                    needs = text(effect.difference().lack());
                }
                insert.setString(1, change.id());
                insert.setString(2, change.rate());
                insert.setLong(3, before.numerator());
                insert.setLong(4, before.denominator());
                insert.setLong(5, after.numerator());
                insert.setLong(6, after.denominator());
                insert.setObject(7, difference);
                insert.setObject(8, interval == null ? null : (Double) interval.lower());
                insert.setObject(9, interval == null ? null : (Double) interval.upper());
                insert.setString(10, needs);
                insert.setObject(11, time(nowMillis));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The company's rate of the cases of these days, as far as all cases of a day are old enough. */
    private Rate rate(Connection connection, NamedRate rate, long fromDay, long untilDay, long nowMillis)
            throws SQLException {
        long mature = fromDay;
        while (mature < untilDay && rate.maturity().isMature(calendar.startOfDayMillis(mature + 1) - 1, nowMillis)) {
            mature++;
        }
        long reached = 0;
        long cases = 0;
        String sums = "select measure, dimension, sum(value)::bigint from leadpulse.rollup_day"
                + " where scope = ? and day >= ? and day < ? group by measure, dimension";
        try (PreparedStatement select = connection.prepareStatement(sums)) {
            select.setString(1, Scope.COMPANY);
            select.setObject(2, LocalDate.ofEpochDay(fromDay));
            select.setObject(3, LocalDate.ofEpochDay(mature));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    reached += sum(rate.reached(), row);
                    cases += sum(rate.cases(), row);
                }
            }
        }
        return new Rate(Math.min(reached, cases), cases);
    }

    private static long sum(List<NamedRate.Part> parts, ResultSet row) throws SQLException {
        String measure = row.getString(1);
        String dimension = row.getString(2);
        return parts.stream().anyMatch(part -> part.takes(measure, dimension)) ? row.getLong(3) : 0;
    }

    private static String text(Lack lack) {
        return lack == null ? null : lack.text();
    }

    private static OffsetDateTime time(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }
}
