package io.leadpulse.local.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.schemas.Topics;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What must be the same however often and at whatever times the engine published: results without what differs by design
 * between one that publishes as it goes and one that publishes once, at the end. The same rules go over both sides.
 */
final class LastingResults {
    static final List<String> TOPICS = List.of(
            Topics.ROLLUPS,
            Topics.PROGRESS,
            Topics.DWELL,
            Topics.LEDGER,
            Topics.ALERTS,
            Topics.PROFILES,
            Topics.CONSERVATION);

    /** A live profile was said at its latest change, and its score decays from then on. */
    private static final List<String> DECAYING =
            List.of("score", "raw_score", "band", "fit", "interest", "groups", "momentum_24h", "momentum_7d");

    /** So many days the course of a day is kept apart. */
    private static final int FIVE_MINUTE_DAYS = 160;

    private static final int SHOWN = 20;

    private final LocalDate keptFrom;

    /** Of a history that ends at this time; company days are those of UTC. */
    LastingResults(Instant end) {
        keptFrom = LocalDate.ofInstant(end, ZoneOffset.UTC).minusDays(FIVE_MINUTE_DAYS);
    }

    /** What of a topic's values lasts. */
    Map<String, JsonNode> of(String topic, Map<String, JsonNode> values) {
        Map<String, JsonNode> lasting = new HashMap<>();
        values.forEach((key, value) -> {
            if (lasts(topic, value)) {
                ObjectNode copy = value.deepCopy();
                // When it was said: each time anew, or once.
                copy.remove("as_of");
                if (topic.equals(Topics.PROFILES)) {
                    copy.remove(DECAYING);
                    // Points by product decay alike, so that their order stays.
                    copy.path("product_interest").forEach(each -> ((ObjectNode) each).remove("points"));
                } else if (topic.equals(Topics.PROGRESS)) {
                    // A period's goals are judged at the time at which they were said.
                    copy.remove(List.of("goals", "needs"));
                } else if (topic.equals(Topics.CONSERVATION)) {
                    // How each topic goes is known only where there are topics.
                    copy.remove("sources");
                }
                lasting.put(key, copy);
            }
        });
        return lasting;
    }

    /** How the two sides differ, a few sentences; empty when they do not. */
    static List<String> differences(String topic, Map<String, JsonNode> live, Map<String, JsonNode> replayed) {
        List<String> differences = new ArrayList<>();
        Set<String> keys = new HashSet<>(live.keySet());
        keys.addAll(replayed.keySet());
        int count = 0;
        for (String key : keys) {
            if (!Objects.equals(live.get(key), replayed.get(key))) {
                count++;
                if (count <= SHOWN) {
                    differences.add(
                            "%s %s: live %s, replayed %s".formatted(topic, key, live.get(key), replayed.get(key)));
                }
            }
        }
        if (count > SHOWN) {
            differences.add("%s: %d differences of %d keys".formatted(topic, count, keys.size()));
        }
        return differences;
    }

    private boolean lasts(String topic, JsonNode value) {
        return switch (topic) {
            case Topics.ROLLUPS -> sumLasts(value);
            case Topics.PROGRESS -> progressLasts(value);
            // What came back to nothing is said as it goes; at the end it is not worth a word.
            case Topics.DWELL -> value.get("count").asLong() != 0;
            // Points that were given and taken back as more became known.
            case Topics.LEDGER -> value.path("withdrawn").isNull();
            // Told and taken back as more became known. Those of scopes are judged at times that a replay does not see.
            case Topics.ALERTS -> !value.get("state").asText().equals("withdrawn") && value.hasNonNull("lead");
            default -> true;
        };
    }

    /** Live says a sum that came back to 0; and it said the course of days that by the end are too old for that. */
    private boolean sumLasts(JsonNode sum) {
        boolean isTooOld = sum.get("measure").asText().equals(Measure.WON_AMOUNT_FIVE_MINUTES.wireName())
                && LocalDate.parse(sum.get("pane").asText().substring(0, "2017-01-01".length()))
                        .isBefore(keptFrom);
        return sum.get("value").asLong() != 0 && !isTooOld;
    }

    /** Live says each period that was current, with nothing in it too; and the trailing days as of the last change. */
    private static boolean progressLasts(JsonNode progress) {
        boolean isTrailing = progress.get("period_kind").asText().equals("trailing_90_days");
        boolean isEmpty = progress.get("won_count").asLong() == 0
                && progress.get("lost_count").asLong() == 0
                && progress.get("opened_count").asLong() == 0
                && progress.get("won_amount").decimalValue().signum() == 0;
        return !isTrailing && !isEmpty;
    }
}
