package io.leadpulse.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a replay.
 *
 * @param lines lines read
 * @param asOf the time as of which the results speak
 * @param continuedFrom the checkpoint that the run went on from; null when it began at the beginning
 * @param took how long the engine ran
 * @param keysByTopic number of keys by result topic
 * @param balance the fate of every record, as in {@code engine.conservation.v1}
 * @param total the company's progress over all time, as in {@code sales.progress.v1}; null without any sale
 */
public record ReplaySummary(
        long lines,
        Instant asOf,
        String continuedFrom,
        Duration took,
        Map<String, Long> keysByTopic,
        JsonNode balance,
        JsonNode total) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOREIGN_CURRENCY = Reason.FOREIGN_CURRENCY.wireName();
    private static final String COMPANY_TOTAL = "{\"key\":\"company|total|total\"";

    static ReplaySummary read(
            Path out, long lines, Instant asOf, String continuedFrom, Duration took, Map<String, Long> keysByTopic)
            throws IOException {
        return new ReplaySummary(
                lines,
                asOf,
                continuedFrom,
                took,
                keysByTopic,
                valueOf(out, Topics.CONSERVATION, "{"),
                valueOf(out, Topics.PROGRESS, COMPANY_TOTAL));
    }

    private static JsonNode valueOf(Path out, String topic, String beginning) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(out.resolve(topic + ".ndjson"), StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(beginning)) {
                    return JSON.readTree(line).get("value");
                }
            }
        }
        return null;
    }

    /** Prints it as a table. */
    public void print(PrintStream to) {
        double seconds = took.toMillis() / 1000.0;
        row(to, "records in", balance.path("in").asLong());
        row(to, "  counted", balance.path("counted").asLong());
        row(to, "  configuration", balance.path("configuration").asLong());
        row(to, "  duplicate", balance.path("duplicate").asLong());
        row(to, "  superseded", balance.path("superseded").asLong());
        row(to, "  held", balance.path("held").asLong());
        balance.path("dead_lettered")
                .properties()
                .forEach(reason -> row(
                        to,
                        "  dead letter: " + reason.getKey(),
                        reason.getValue().asLong()));
        to.printf(
                "  %-32s %s%n",
                "in = sum of its fates", balance.path("balanced").asBoolean() ? "yes" : "NO");
        if (total != null) {
            row(to, "deals opened", total.path("opened_count").asLong());
            row(to, "deals won", total.path("won_count").asLong());
            row(to, "deals lost", total.path("lost_count").asLong());
            to.printf(
                    "%-34s %s %s%n",
                    "amount won",
                    total.path("won_amount").asText(),
                    total.path("currency").asText());
            decimal(to, "win rate, %", total.path("win_rate").path("value"), 100);
            decimal(to, "mean sales cycle, days", total.path("cycle").path("mean_days"), 1);
        }
        keysByTopic.forEach((topic, keys) -> row(to, topic, keys));
        if (balance.path("dead_lettered").has(FOREIGN_CURRENCY)) {
            to.println("hint: amounts in another currency than company.currency of --config are dead letters,"
                    + " unless its exchange_rates have a rate of their time");
        }
        if (continuedFrom != null) {
            to.printf("%-34s %s%n", "continued from checkpoint", continuedFrom);
        }
        to.printf(
                Locale.ROOT,
                "replayed: %d events in %.1f s (%.0f a second), as of %s%n",
                lines,
                seconds,
                seconds > 0 ? lines / seconds : 0,
                asOf);
    }

    private static void row(PrintStream to, String name, long number) {
        to.printf(Locale.ROOT, "%-34s %,d%n", name, number);
    }

    private static void decimal(PrintStream to, String name, JsonNode value, int factor) {
        to.printf(
                Locale.ROOT,
                "%-34s %s%n",
                name,
                value.isNumber() ? String.format(Locale.ROOT, "%.6f", value.asDouble() * factor) : "no value");
    }
}
