package io.leadpulse.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.stage.StageDwell;
import io.leadpulse.domain.stage.StageLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A real change log with known answers: dwell and stuck alerts of 1,990 deals. Without the data ({@code ../shared/data}
 * beside the project, or {@code -Dleadpulse.data=DIR}) the tests are skipped.
 */
class PipedriveChangelogTest {

    private static final double DAY_MILLIS = 86_400_000.0;
    private static final long WEEKDAY_LIMIT_7 = 7_000;
    private static final long WEEKDAY_LIMIT_14 = 14_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final BusinessCalendar WEEKDAYS = new BusinessCalendar(
            ZoneOffset.UTC, WorkingWeek.wholeDays(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)), Set.of());

    private static List<Deal> deals;

    @BeforeAll
    static void readDeals() throws IOException {
        Path file = file();
        if (!Files.exists(file)) {
            return;
        }
        Map<String, List<DealEvent>> events = new LinkedHashMap<>();
        Set<String> created = new HashSet<>();
        Set<String> reused = new HashSet<>();
        List<String> lines = Files.readAllLines(file);
        for (int line = 1; line < lines.size(); line++) {
            String[] cells = lines.get(line).split(",", -1);
            if (cells[2].equals("add_time") && !created.add(cells[0])) {
                reused.add(cells[0]);
            }
            events.computeIfAbsent(cells[0], id -> new ArrayList<>()).add(event(line, cells));
        }
        assertThat(reused).hasSize(5);
        events.keySet().removeAll(reused);
        deals = new ArrayList<>();
        events.forEach((id, ofDeal) -> deals.add(DealBook.resolve(id, ofDeal, DealStages.DEFAULT)));
    }

    @BeforeEach
    void skipWithoutData() {
        assumeTrue(deals != null, () -> "Skipped, no real data: " + file() + " is not there");
    }

    @Test
    void dwellOfEveryStageEqualsTheKnownMeans() {
        Map<String, Long> counts = new TreeMap<>();
        Map<String, Long> sums = new TreeMap<>();
        for (Deal deal : deals) {
            StageDwell.closedMillisByStage(deal.stays()).forEach((stage, millis) -> {
                counts.merge(stage, 1L, Long::sum);
                sums.merge(stage, millis, Long::sum);
            });
        }
        Map<String, Double> means = new TreeMap<>();
        counts.forEach((stage, n) -> means.put(stage, sums.get(stage) / DAY_MILLIS / n));

        assertThat(counts.values()).containsExactly(1990L, 1474L, 1300L, 1082L, 892L, 738L, 586L, 476L, 322L);
        double[] known = {15.4849, 15.4274, 15.6285, 15.8041, 15.7691, 15.5014, 15.4915, 15.8424, 15.3789};
        for (int stage = 1; stage <= known.length; stage++) {
            assertThat(means.get(Integer.toString(stage)))
                    .as("mean days in stage %d", stage)
                    .isCloseTo(known[stage - 1], within(0.0001));
        }
    }

    @Test
    void sevenBusinessDaysGiveTheKnownAlerts() {
        List<Alert> alerts = stuck(WEEKDAY_LIMIT_7);

        assertThat(count(alerts, AlertState.RAISED)).isEqualTo(6_043);
        assertThat(count(alerts, AlertState.ESCALATED)).isEqualTo(4_626);
        assertThat(count(alerts, AlertState.RESOLVED)).isEqualTo(6_043);
    }

    @Test
    void fourteenBusinessDaysGiveTheKnownAlerts() {
        List<Alert> alerts = stuck(WEEKDAY_LIMIT_14);

        assertThat(count(alerts, AlertState.RAISED)).isEqualTo(3_170);
        assertThat(count(alerts, AlertState.ESCALATED)).isEqualTo(202);
        assertThat(count(alerts, AlertState.RESOLVED)).isEqualTo(3_170);
    }

    private static List<Alert> stuck(long limitMilliDays) {
        List<Alert> alerts = new ArrayList<>();
        for (Deal deal : deals) {
            alerts.addAll(
                    StuckClock.ofDeal(deal, owner -> WEEKDAYS, StageLimits.uniform(limitMilliDays)::of, List.of()));
        }
        assertThat(alerts.stream().map(Alert::id)).doesNotHaveDuplicates();
        return alerts;
    }

    private static long count(List<Alert> alerts, AlertState kind) {
        return alerts.stream()
                .flatMap(alert -> alert.transitions().stream())
                .filter(step -> step.kind() == kind)
                .count();
    }

    private static DealEvent event(int line, String[] cells) {
        EventKind kind =
                switch (cells[2]) {
                    case "add_time" -> EventKind.DEAL_OPENED;
                    case "user_id" -> EventKind.DEAL_UPDATED;
                    case "stage_id" -> EventKind.DEAL_STAGE_CHANGED;
                    case "lost_reason" -> EventKind.DEAL_LOST;
                    default -> throw new IllegalArgumentException("Line " + (line + 1) + ": unknown field " + cells[2]);
                };
        return new DealEvent(
                line,
                "deal_changes.csv/" + line,
                LocalDateTime.parse(cells[1], TIME).toInstant(ZoneOffset.UTC).toEpochMilli(),
                kind,
                0,
                line,
                "deal:" + cells[0],
                kind == EventKind.DEAL_UPDATED ? cells[3] : null,
                kind == EventKind.DEAL_STAGE_CHANGED ? cells[3] : null,
                kind == EventKind.DEAL_LOST ? cells[3] : null,
                null,
                null,
                null,
                null);
    }

    private static Path file() {
        return dataDirectory().resolve("pipedrive_changelog").resolve("deal_changes.csv");
    }

    /** Beside the topmost directory above this module that has a build. */
    private static Path dataDirectory() {
        String given = System.getProperty("leadpulse.data");
        if (given != null) {
            return Path.of(given);
        }
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && Files.exists(root.getParent().resolve("pom.xml"))) {
            root = root.getParent();
        }
        return root.resolveSibling("shared").resolve("data");
    }
}
