package io.leadpulse.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2024-05-31,                     2024-05-31T00:00:00+02:00",
        "2024-05-31 14:05,               2024-05-31T14:05:00+02:00",
        "2024-05-31T14:05:09,            2024-05-31T14:05:09+02:00",
        "2024-05-31 14:05:09.980402,     2024-05-31T14:05:09.980402+02:00",
        "2024-01-31T14:05:09Z,           2024-01-31T14:05:09Z",
        "2024-01-31T14:05:09-0330,       2024-01-31T14:05:09-03:30",
    })
    void isoTimesAreReadInTheZone(String text, String expected) {
        assertThat(TimeFormat.rfc3339(TimeFormat.iso(BERLIN).parse(text))).isEqualTo(expected);
    }

    @Test
    void aSkippedHourMovesOnAndADoubledOneIsTheEarlier() {
        assertThat(TimeFormat.rfc3339(TimeFormat.iso(BERLIN).parse("2024-03-31T02:30")))
                .isEqualTo("2024-03-31T03:30:00+02:00");
        assertThat(TimeFormat.rfc3339(TimeFormat.iso(BERLIN).parse("2024-10-27T02:30")))
                .isEqualTo("2024-10-27T02:30:00+02:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-30",
                "2024-13-01",
                "2024-5-1",
                "24:00",
                "soon",
                "",
                "0017-03-01",
                "1969-12-31",
                "2200-01-01",
                "+99999-01-01",
                "2024-05-31T25:00",
                "2024-05-31  14:05",
                "2024-05-31T14:05:00+99:00"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> TimeFormat.iso(BERLIN).parse(text))
                .isInstanceOf(DateTimeException.class)
                .hasMessage("\"" + text + "\" is no time; allowed: iso, years 1970 to 2199");
    }

    @Test
    void severalFormatsAreTriedInOrder() {
        TimeFormat format =
                TimeFormat.of(List.of("dd.MM.yyyy HH:mm", "d. MMMM yyyy", "epoch_millis"), BERLIN, Locale.GERMAN);

        assertThat(TimeFormat.rfc3339(format.parse("03.04.2024 05:06"))).isEqualTo("2024-04-03T05:06:00+02:00");
        assertThat(TimeFormat.rfc3339(format.parse("3. März 2024"))).isEqualTo("2024-03-03T00:00:00+01:00");
        assertThat(TimeFormat.rfc3339(format.parse("1700000000001"))).isEqualTo("2023-11-14T23:13:20.001+01:00");
        assertThatThrownBy(() -> format.parse("31.02.2024 00:00")).isInstanceOf(DateTimeException.class);
    }

    @Test
    void epochSecondsAreReadAndAbsurdOnesRefused() {
        TimeFormat format = TimeFormat.of(List.of("epoch_seconds"), BERLIN, Locale.ROOT);

        assertThat(TimeFormat.rfc3339(format.parse("1700000000"))).isEqualTo("2023-11-14T23:13:20+01:00");
        assertThatThrownBy(() -> format.parse("999999999999999999999")).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> format.parse("9223372036854775807")).isInstanceOf(DateTimeException.class);
    }
}
