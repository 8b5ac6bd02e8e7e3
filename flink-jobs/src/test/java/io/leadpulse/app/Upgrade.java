package io.leadpulse.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The engine of today goes on from what a release has left, and beside it one that does everything from the beginning.
 *
 * @param uninterrupted what lasts of everything that the second one said
 * @param differences where release and today together said something else, a few sentences
 * @param today the states of the second one at the place of the savepoint
 */
record Upgrade(Map<String, JsonNode> uninterrupted, List<String> differences, Map<String, SavepointState> today) {
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final int SHOWN = 20;

    /** Runs both, one after the other on one broker. */
    static Upgrade run(GoldenRelease release, Path folder) throws Exception {
        GoldenRun run = new GoldenRun(release.config());
        try {
            run.send(release.before());
            run.start(folder.resolve("uninterrupted"));
            run.awaitFates();
            Map<String, SavepointState> today = SavepointReader.states(run.job().savepoint(folder.resolve("today")));
            run.send(release.after());
            run.awaitFates();
            run.send(release.end());
            run.awaitFates();
            // It is told of at a later checkpoint than they are: by then all that follows from them was said, too.
            run.send(release.last());
            run.awaitLast();
            run.awaitQuiet(GoldenRun.ALL_IS_SAID);
            run.stop();
            Map<String, JsonNode> uninterrupted = new TreeMap<>(run.results());

            run.forget();
            run.startFrom(release.savepoint(), folder.resolve("restored"));
            List<String> differences = List.of("nothing was said");
            long start = System.nanoTime();
            // Sums are said a moment after the fates of what they are made of.
            while (!(differences.isEmpty() && run.hasFates()) && System.nanoTime() - start < DEADLINE.toNanos()) {
                run.readOn();
                differences = differences(release.results(), run.results(), uninterrupted);
            }
            return new Upgrade(uninterrupted, differences, today);
        } finally {
            run.end();
        }
    }

    private static List<String> differences(
            Map<String, JsonNode> released, Map<String, JsonNode> restored, Map<String, JsonNode> uninterrupted) {
        Instant end = Instant.parse(uninterrupted
                .get(GoldenRun.FATES)
                .get("sources")
                .get(Topics.ACTIVITIES)
                .get("last_event_at")
                .asText());
        Map<String, JsonNode> together = new TreeMap<>(released);
        together.putAll(restored);
        Map<String, JsonNode> got = lasting(together, end);
        Map<String, JsonNode> expected = lasting(uninterrupted, end);
        TreeSet<String> keys = new TreeSet<>(got.keySet());
        keys.addAll(expected.keySet());
        List<String> differences = new ArrayList<>(toldAnew(released, restored));
        for (String key : keys) {
            if (!isSame(got.get(key), expected.get(key), restored.containsKey(key))) {
                differences.add("%s: %s; uninterrupted: %s".formatted(key, got.get(key), expected.get(key)));
            }
        }
        int count = differences.size();
        if (count > SHOWN) {
            differences = new ArrayList<>(differences.subList(0, SHOWN));
            differences.add("%d differences of %d results".formatted(count, keys.size()));
        }
        return differences;
    }

    /**
     * Alerts of scopes that the release has told and today tells again as if it had not. They cannot be compared with
     * another run: whether a milestone is told, and with which numbers, is a matter of when the engine looked.
     */
    private static List<String> toldAnew(Map<String, JsonNode> released, Map<String, JsonNode> restored) {
        List<String> anew = new ArrayList<>();
        released.forEach((key, told) -> {
            JsonNode again = restored.get(key);
            if (isOfScope(key, told)
                    && again != null
                    && !again.at("/transitions/0").equals(told.at("/transitions/0"))) {
                anew.add("%s was told: %s; and is told anew: %s".formatted(key, told, again));
            }
        });
        return anew;
    }

    private static boolean isOfScope(String key, JsonNode value) {
        return key.startsWith(Topics.ALERTS) && !value.hasNonNull("lead");
    }

    /** What the release itself said may lack what a later one says beside it. */
    private static boolean isSame(JsonNode got, JsonNode expected, boolean isOfToday) {
        if (got == null || expected == null) {
            return false;
        }
        return isOfToday ? got.equals(expected) : StateJson.contains(expected, got);
    }

    /** Without what is a matter of when the engine looked, rather than of the input. */
    private static Map<String, JsonNode> lasting(Map<String, JsonNode> results, Instant end) {
        Map<String, JsonNode> lasting = new TreeMap<>();
        results.forEach((key, value) -> {
            String topic = key.substring(0, key.indexOf(' '));
            if (lasts(topic, value)) {
                ObjectNode copy = value.deepCopy();
                if (topic.equals(Topics.PROGRESS) && !isCurrent(value, end)) {
                    // A period's goals are judged at the time at which they were said.
                    copy.remove(List.of("goals", "needs"));
                }
                lasting.put(key, copy);
            }
        });
        return lasting;
    }

    private static boolean isCurrent(JsonNode progress, Instant end) {
        boolean hasBegun = !progress.hasNonNull("start")
                || !end.isBefore(Instant.parse(progress.get("start").asText()));
        boolean hasEnded = progress.hasNonNull("end")
                && !end.isBefore(Instant.parse(progress.get("end").asText()));
        return hasBegun && !hasEnded;
    }

    private static boolean lasts(String topic, JsonNode value) {
        return switch (topic) {
            // Sums and counts that came back to nothing, or were said of a period while it was the current one.
            case Topics.ROLLUPS -> value.get("value").asLong() != 0;
            case Topics.DWELL -> value.get("count").asLong() != 0;
            case Topics.PROGRESS ->
                value.get("won_count").asLong() != 0
                        || value.get("lost_count").asLong() != 0
                        || value.get("opened_count").asLong() != 0;
            // Given or told, and taken back as more became known.
            case Topics.LEDGER -> value.path("withdrawn").isNull();
            case Topics.ALERTS -> !value.get("state").asText().equals("withdrawn") && value.hasNonNull("lead");
            default -> true;
        };
    }
}
