package io.leadpulse.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.Fact;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T01:00:00+01:00, 0",
        "1970-01-01t00:00:01.5z, 1500",
        "1970-01-01T00:00:00.123999999Z, 123",
        "2000-02-29T12:34:56.789+05:45, 951806996789",
        "2025-03-01T09:00:00-00:00, 1740819600000",
        "2199-12-31T23:59:59.999Z, 7258118399999"
    })
    void aTimeIsReadToTheMillisecond(String text, long millis) {
        assertThat(Rfc3339.millis(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2025-03-01T09:00:00",
                "2025-03-01T09:00Z",
                "2025-03-01T09:00:00+1:00",
                "2025-03-01T09:00:00+0100",
                "2025-03-01T09:00:00+18:01",
                "2025-03-01T09:00:00Z ",
                "2025-03-01T09:00:00.1234567890Z",
                "2025-03-01T09:60:00Z",
                "2025-00-01T09:00:00Z",
                "1970-01-01T00:00:00+00:01",
                "1969-12-31T23:00:00-05:00",
                "2200-01-01T00:00:00Z",
                "2025-03-01T09.00.00Z"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(Rfc3339.millis(text)).isEqualTo(Fact.NO_TIME);
    }

    @Test
    void daysAreThoseOfTheCalendar() {
        assertThat(Rfc3339.epochDay("2024-02-29")).isEqualTo(19_782);
        assertThat(Rfc3339.epochDay("2025-02-29")).isEqualTo(Fact.NO_TIME);
        assertThat(Rfc3339.epochDay("2025-2-01")).isEqualTo(Fact.NO_TIME);
        assertThat(Rfc3339.dayText(19_782)).isEqualTo("2024-02-29");
    }

    @Test
    void everyDayIsThatOfThePlatformAndNoMonthHasMore() {
        for (YearMonth month = YearMonth.of(1970, 1); month.getYear() < 2200; month = month.plusMonths(1)) {
            for (int day = 0; day < 40; day++) {
                long expected = day < 1 || day > month.lengthOfMonth()
                        ? Fact.NO_TIME
                        : month.atDay(day).toEpochDay();
                assertThat(Rfc3339.epochDay(month + (day < 10 ? "-0" : "-") + day))
                        .isEqualTo(expected);
            }
        }
        assertThat(Rfc3339.epochDay("1969-12-31")).isEqualTo(Fact.NO_TIME);
        assertThat(Rfc3339.epochDay("2200-01-01")).isEqualTo(Fact.NO_TIME);
    }

    @Test
    void aTimeIsReadWhereItStandsAmongOtherBytes() {
        byte[] bytes = "12025-03-01T09:00:00.5+01:001Z".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Rfc3339.millis(bytes, 1, bytes.length - 2)).isEqualTo(1_740_816_000_500L);
        assertThat(Rfc3339.millis(bytes, 0, bytes.length - 2)).isEqualTo(Fact.NO_TIME);
        assertThat(Rfc3339.millis(bytes, 1, bytes.length - 1)).isEqualTo(Fact.NO_TIME);
        assertThat(Rfc3339.millis(bytes, 1, bytes.length - 8)).isEqualTo(Fact.NO_TIME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-03-01T09:00:00\u0100",
                "2025-03-01T0\u0661:00:00Z",
                "2025-03-01T09:00:00.\ud83d\ude00Z",
                "\u01322025-03-01T09:00:00Z",
                "2025-03-0\u00b2T09:00:00Z"
            })
    void aCharacterThatIsNotOfTimesMakesNone(String text) {
        assertThat(Rfc3339.millis(text)).isEqualTo(Fact.NO_TIME);
    }

    @Test
    void aTimeIsWrittenAsTheFormatterOfThePlatformDoes() {
        DateTimeFormatter platform = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC);
        Random random = new Random(20_261_122);
        for (int i = 0; i < 20_000; i++) {
            // Some before 1970, some after 2199, most between.
            long millis = random.nextLong(-100_000_000_000L, 7_400_000_000_000L);
            assertThat(Rfc3339.text(millis)).isEqualTo(platform.format(Instant.ofEpochMilli(millis)));
        }
    }

    @Test
    void aTimeIsWrittenInUtcWithMilliseconds() {
        assertThat(Rfc3339.text(951_806_996_789L)).isEqualTo("2000-02-29T06:49:56.789Z");
        assertThat(Rfc3339.text(0)).isEqualTo("1970-01-01T00:00:00.000Z");
    }
}
