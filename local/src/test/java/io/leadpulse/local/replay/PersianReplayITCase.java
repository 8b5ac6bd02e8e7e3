package io.leadpulse.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import io.leadpulse.local.DataSets;
import io.leadpulse.schemas.Topics;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A look-alike of a public CRM's sales, in dollars, counted by a company in Iran, in rials and by Persian months; the sums are
 * reckoned again here with ICU4J.
 */
class PersianReplayITCase {
    private static final String COMPANY = """
            company:
              zone: Asia/Tehran
              currency: IRR
              display_unit: {name: toman, worth: 10}
              months: persian
              week_start: saturday
            exchange_rates:
              - {currency: USD, from: 2016-01-01, rate: 31000}
              - {currency: USD, from: 2017-07-01, rate: 32500.123}
            """;
    private static final Instant SECOND_RATE = Instant.parse("2017-06-30T19:30:00Z");
    private static final List<String> MONTHS = List.of(
            "Farvardin",
            "Ordibehesht",
            "Khordad",
            "Tir",
            "Mordad",
            "Shahrivar",
            "Mehr",
            "Aban",
            "Azar",
            "Dey",
            "Bahman",
            "Esfand");

    @TempDir
    private Path folder;

    private record Month(String label, BigDecimal won) {}

    @Test
    void monthsAndYearsOfRialsAreThoseOfIcu() throws Exception {
        List<String> lines = Files.readAllLines(DataSets.lookalike("maven_crm.golden.ndjson"));
        ReplayRun run = new ReplayRun(folder).config(COMPANY);
        ReplaySummary summary = run.lines(lines);
        assertThat(summary.balance().get("balanced").asBoolean()).isTrue();
        assertThat(summary.balance().get("dead_lettered")).isEmpty();

        Map<String, Month> expectedMonths = new TreeMap<>();
        Map<String, BigDecimal> expectedYears = new TreeMap<>();
        for (String line : lines) {
            JsonNode value = new ObjectMapper().readTree(line).get("value");
            if (value.path("kind").asText().equals("deal_won")) {
                Instant time = Instant.parse(value.get("time").asText());
                Calendar day =
                        Calendar.getInstance(TimeZone.getTimeZone("Asia/Tehran"), new ULocale("en@calendar=persian"));
                day.setTimeInMillis(time.toEpochMilli());
                int year = day.get(Calendar.YEAR);
                int month = day.get(Calendar.MONTH);
                BigDecimal rials = new BigDecimal(value.get("amount").asText())
                        .multiply(new BigDecimal(time.isBefore(SECOND_RATE) ? "31000" : "32500.123"))
                        .setScale(2, RoundingMode.HALF_EVEN);
                expectedMonths.merge(
                        String.format(Locale.ROOT, "%d-%02d", year, month + 1),
                        new Month(MONTHS.get(month) + " " + year, rials),
                        (one, other) -> new Month(one.label(), one.won().add(other.won())));
                expectedYears.merge(String.valueOf(year), rials, BigDecimal::add);
            }
        }
        Map<String, Month> months = new TreeMap<>();
        Map<String, BigDecimal> years = new TreeMap<>();
        for (JsonNode progress : run.values(Topics.PROGRESS).values()) {
            if (progress.get("scope").asText().equals("company")
                    && progress.get("won_count").asInt() > 0) {
                BigDecimal won = new BigDecimal(progress.get("won_amount").asText());
                String period = progress.get("period").asText();
                switch (progress.get("period_kind").asText()) {
                    case "month" ->
                        months.put(period, new Month(progress.get("label").asText(), won));
                    case "year" -> years.put(period, won);
                    default -> assertThat(progress.get("currency").asText()).isEqualTo("IRR");
                }
            }
        }
        assertThat(expectedMonths).hasSizeGreaterThan(10).containsKeys("1395-09", "1396-10");
        assertThat(months).isEqualTo(expectedMonths);
        assertThat(years).isEqualTo(expectedYears).containsOnlyKeys("1395", "1396");
    }
}
