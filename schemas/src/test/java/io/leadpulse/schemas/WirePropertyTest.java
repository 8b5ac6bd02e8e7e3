package io.leadpulse.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Times and amounts against the JDK's own reading. */
class WirePropertyTest {

    @Property(tries = 300, seed = "20261122")
    void timesAreReadAsTheJdkReadsThem(
            @ForAll @LongRange(min = 100_000_000, max = 7_258_000_000_000L) long millis,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
        OffsetDateTime time = Instant.ofEpochMilli(millis).atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
        String text = time.toString();
        // The JDK leaves out seconds that are 0.
        String whole = time.getSecond() == 0 && time.getNano() == 0 ? text.replaceFirst("(T..:..)", "$1:00") : text;

        assertThat(Rfc3339.millis(whole)).isEqualTo(millis);
        assertThat(Rfc3339.millis(Rfc3339.text(millis))).isEqualTo(millis);
    }

    /** The definition, unit by unit and byte by byte. */
    @Property(tries = 300, seed = "20261122")
    void hashesAreThoseOfFowlerNollAndVoOverBytes(@ForAll String text) {
        long hash = 0xcbf29ce484222325L;
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            hash = (hash ^ (unit & 0xff)) * 0x100000001b3L;
            hash = (hash ^ (unit >>> 8)) * 0x100000001b3L;
        }

        assertThat(Hash64.of(text)).isEqualTo(Hash64.mix(hash));
    }

    @Property(tries = 300, seed = "20261122")
    void amountsAreReadAsWritten(
            @ForAll @LongRange(min = 0, max = MinorUnits.MAX) long minor,
            @ForAll @IntRange(min = 0, max = 4) int digits) {
        assertThat(MinorUnits.parse(MinorUnits.text(minor, digits), digits)).hasValue(minor);
        assertThat(MinorUnits.text(-minor, digits))
                .isEqualTo(BigDecimal.valueOf(-minor, digits).toPlainString());
    }
}
