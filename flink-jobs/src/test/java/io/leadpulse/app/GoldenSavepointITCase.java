package io.leadpulse.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every release has left in checkpoints can be gone on with: its golden savepoint, its serializer snapshots. The
 * files are committed and never made anew; see {@code src/test/resources/golden/README.md}.
 */
class GoldenSavepointITCase {
    private static final Map<String, Upgrade> UPGRADES = new TreeMap<>();

    @BeforeAll
    static void upgradeFromEveryRelease(@TempDir Path folder) throws Exception {
        for (GoldenRelease release : GoldenRelease.all()) {
            UPGRADES.put(release.number(), Upgrade.run(release, folder.resolve(release.number())));
        }
    }

    static List<GoldenRelease> releases() throws IOException {
        return GoldenRelease.all();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void restoredItGoesOnToTheResultsOfAnUninterruptedRun(GoldenRelease release) {
        Upgrade upgrade = UPGRADES.get(release.number());
        assertThat(upgrade.differences()).isEmpty();
        assertThat(upgrade.uninterrupted().keySet().stream()
                        .map(key -> key.substring(0, key.indexOf(' ')))
                        .distinct())
                .containsExactlyInAnyOrder(
                        Topics.PROFILES,
                        Topics.LEDGER,
                        Topics.ALERTS,
                        Topics.ROLLUPS,
                        Topics.PROGRESS,
                        Topics.DWELL,
                        Topics.DEAD_LETTERS,
                        Topics.CONSERVATION);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void noStateOfItHasDisappeared(GoldenRelease release) throws Exception {
        assertThat(GoldenStates.disappeared(
                        SavepointReader.states(release.savepoint()).keySet(), today().keySet()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void whatItWroteIsReadByTheSerializersOfToday(GoldenRelease release) throws Exception {
        assertThat(release.snapshots()).isNotEmpty();
        assertThat(GoldenStates.unreadable(release, snapshots(today()))).isEmpty();
    }

    @Test
    void everyStateOfTodayIsKeptWithTheNewestRelease() throws Exception {
        Set<String> kept = new TreeSet<>(GoldenRelease.newest().snapshots().keySet());
        kept.addAll(GoldenRelease.unreleased());
        assertThat(GoldenStates.forgotten(kept, today().keySet())).isEmpty();
    }

    /** The states of the job as it is built today, whichever input it got. */
    private static Map<String, SavepointState> today() {
        return UPGRADES.values().iterator().next().today();
    }

    private static Map<String, TypeSerializerSnapshot<Object>> snapshots(Map<String, SavepointState> states) {
        return states.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue()
                .snapshot()));
    }
}
