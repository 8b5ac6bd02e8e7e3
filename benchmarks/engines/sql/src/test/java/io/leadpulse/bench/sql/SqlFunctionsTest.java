package io.leadpulse.bench.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.api.dataview.ListView;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** The functions for one key, without a cluster. */
class SqlFunctionsTest {
    private static final long MONDAY_NINE = millis("2026-02-02T08:00:00Z");
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final BusinessHours HOURS =
            new BusinessHours(ZoneId.of("Europe/Berlin"), Set.of(LocalDate.of(2026, 4, 3)));

    private final FakeTime time = new FakeTime();
    private final List<Row> said = new ArrayList<>();

    @Test
    void timesAreReadWithAnyOffset() {
        InstantMillisFunction instant = new InstantMillisFunction();

        assertThat(instant.eval("2026-02-02T09:00:00+01:00")).isEqualTo(MONDAY_NINE);
        assertThat(instant.eval("2026-02-02T08:00:00.250Z")).isEqualTo(MONDAY_NINE + 250);
        assertThat(instant.eval("yesterday")).isNull();
        assertThat(instant.eval(null)).isNull();
    }

    @Test
    void aDevicesClockIsCorrected() {
        TrackedMillisFunction tracked = new TrackedMillisFunction();

        assertThat(tracked.eval("2026-02-02T07:00:00Z", "2026-02-02T07:00:05Z", "2026-02-02T08:00:05Z", null))
                .isEqualTo(MONDAY_NINE);
        assertThat(tracked.eval("2026-02-02T07:00:00Z", null, null, "2026-02-02T08:00:00Z"))
                .isEqualTo(MONDAY_NINE);
        assertThat(tracked.eval("broken", "2026-02-02T07:00:05Z", "2026-02-02T08:00:05Z", "2026-02-02T08:00:00Z"))
                .isNull();
    }

    @Test
    void aLateIdentificationGivesActsToAnother() throws Exception {
        IdentifyFunction identify = collecting(new IdentifyFunction());
        ListView<IdentifyFunction.Act> acts = new ListView<>();
        MapView<Long, String> identified = new MapView<>();

        identify.eval(time, acts, identified, webAct(1, MONDAY_NINE + DAY, "L1"));
        identify.eval(time, acts, identified, webAct(2, MONDAY_NINE + 2 * DAY, null));
        identify.eval(time, acts, identified, webAct(3, MONDAY_NINE + DAY + 1, "L2"));

        assertThat(said)
                .extracting(Row::getKind, row -> row.getField(0), row -> row.getField(6))
                .containsExactly(
                        tuple(RowKind.INSERT, "L1", 1L),
                        tuple(RowKind.INSERT, "L1", 2L),
                        tuple(RowKind.DELETE, "L1", 2L),
                        tuple(RowKind.INSERT, "L2", 2L),
                        tuple(RowKind.INSERT, "L2", 3L));
    }

    @Test
    void whoIsNotIdentifiedWithinThirtyDaysIsHeldForSixty() throws Exception {
        IdentifyFunction identify = collecting(new IdentifyFunction());
        ListView<IdentifyFunction.Act> acts = new ListView<>();
        MapView<Long, String> identified = new MapView<>();

        identify.eval(time, acts, identified, webAct(1, MONDAY_NINE, null));
        identify.eval(time, acts, identified, webAct(2, MONDAY_NINE + 1, null));
        assertThat(said).isEmpty();
        identify.eval(time, acts, identified, webAct(3, MONDAY_NINE + 1 + 30 * DAY, "L1"));
        assertThat(said).extracting(row -> row.getField(6)).containsExactly(2L, 3L);
        assertThat(time.unnamed).containsExactly(MONDAY_NINE + 60 * DAY, MONDAY_NINE + 1 + 60 * DAY);

        said.clear();
        time.firedMillis = MONDAY_NINE + 60 * DAY;
        identify.onTimer(time, acts, identified);
        time.firedMillis = MONDAY_NINE + 1 + 60 * DAY;
        identify.onTimer(time, acts, identified);
        assertThat(said)
                .extracting(row -> row.getField(0), row -> row.getField(6))
                .containsExactly(tuple(null, 1L));
    }

    @Test
    void theBandChangesWhenPointsHaveDecayed() {
        ScoreFunction score = collecting(new ScoreFunction());
        Sums sums = new Sums();

        score.eval(time, sums, act(RowKind.INSERT, 50, MONDAY_NINE));
        assertThat(said.get(0)).isEqualTo(Row.of(MONDAY_NINE, 50.0, "warm"));
        // 50 decays to 30 in 14 days times log2(50/30).
        long changeMillis = time.named.get("band change");
        assertThat((double) changeMillis)
                .isCloseTo(MONDAY_NINE + 14 * DAY * Math.log(50 / 30.0) / Math.log(2), within(10.0));

        time.firedMillis = changeMillis;
        score.onTimer(time, sums);
        assertThat(said.get(1).getField(2)).isEqualTo("cold");
        assertThat(time.named).isEmpty();

        score.eval(time, sums, act(RowKind.INSERT, 10, MONDAY_NINE - 14 * DAY));
        score.eval(time, sums, act(RowKind.DELETE, 50, MONDAY_NINE));
        assertThat(said.get(3).<Double>getFieldAs(1)).isCloseTo(5, within(1e-12));
    }

    @Test
    void aClockThatJumpsOverTwoBandsEndsInTheSecond() {
        ScoreFunction score = collecting(new ScoreFunction());
        Sums sums = new Sums();
        score.eval(time, sums, act(RowKind.INSERT, 80, MONDAY_NINE));

        // 80 decays to 70 in some three days, to 30 in some twenty.
        time.firedMillis = time.named.remove("band change");
        time.watermarkMillis = MONDAY_NINE + 28 * DAY;
        score.onTimer(time, sums);

        assertThat(said).last().isEqualTo(Row.of(MONDAY_NINE + 28 * DAY, 20.0, "cold"));
        assertThat(time.named).isEmpty();
    }

    @Test
    void anAlertIsRaisedInTimeAndWithdrawnByALateFact() throws Exception {
        StageClocksFunction clocks = collecting(new StageClocksFunction(HOURS));
        ListView<StageClocksFunction.Step> steps = new ListView<>();
        MapView<String, StageClocksFunction.Alert> told = new MapView<>();
        // Seven business days after Monday at nine end on Tuesday of the week after next at closing time.
        long raisedMillis = millis("2026-02-10T17:00:00Z");

        clocks.eval(time, steps, told, step(MONDAY_NINE, "demo", "R1"));
        assertThat(said).isEmpty();
        assertThat(time.unnamed).containsExactly(raisedMillis);

        time.watermarkMillis = raisedMillis;
        clocks.onTimer(time, steps, told);
        assertThat(said).containsExactly(Row.of("demo", MONDAY_NINE, "R1", raisedMillis, null, null));

        said.clear();
        clocks.eval(time, steps, told, step(MONDAY_NINE + DAY, "offer", null));
        assertThat(said).containsExactly(Row.of("demo", MONDAY_NINE, null, null, null, null));
    }

    @Test
    void businessTimeLeavesOutNightsWeekendsAndHolidays() {
        assertThat(HOURS.due(millis("2026-04-02T15:00:00Z"), 1)).isEqualTo(millis("2026-04-06T15:00:00Z"));
        assertThat(HOURS.due(millis("2026-02-07T12:00:00Z"), 1.5)).isEqualTo(millis("2026-02-10T12:30:00Z"));
    }

    @Test
    void repsAreRowsOfSql() throws Exception {
        Task task = Task.of("""
                company: {zone: Europe/Berlin}
                reps:
                  - {id: R1, team: north}
                  - {id: R2, team: "l'est"}
                """);

        assertThat(task.reps()).isEqualTo("('R1', 'north'), ('R2', 'l''est')");
    }

    private <T extends ProcessTableFunction<Row>> T collecting(T function) {
        function.setCollector(new Collector<>() {
            @Override
            public void collect(Row row) {
                said.add(row);
            }

            @Override
            public void close() {}
        });
        return function;
    }

    private static Row webAct(long offset, long millis, String named) {
        Row row = Row.withNames();
        row.setField("named", named);
        row.setField("millis", millis);
        row.setField("rule", "page_view");
        row.setField("asset", null);
        row.setField("product", null);
        row.setField("record_partition", 0);
        row.setField("record_offset", offset);
        return row;
    }

    private static Row act(RowKind kind, int points, long millis) {
        Row row = Row.withNames(kind);
        row.setField("points", points);
        row.setField("part", "engagement");
        row.setField("millis", millis);
        return row;
    }

    private static Row step(long millis, String stage, String owner) {
        Row row = Row.withNames();
        row.setField("millis", millis);
        row.setField("closing", false);
        row.setField("stage", stage);
        row.setField("owner", owner);
        return row;
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
