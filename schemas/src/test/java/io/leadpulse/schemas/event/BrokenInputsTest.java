package io.leadpulse.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.Fact;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenInputsTest {
    private static final EventDecoder DECODER = new EventDecoder(
            DecodeSettings.of("EUR").withReferenceMillis(BrokenInputs.AS_OF_MILLIS),
            (topic, value) -> Optional.empty());

    static List<BrokenInputs.BrokenInput> inputs() {
        return BrokenInputs.all();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aBrokenRecordBecomesADeadLetterWithItsReasonAndItsBytes(BrokenInputs.BrokenInput input) {
        if (input.record() != null) {
            DeadLetter letter = DECODER.decode(input.record()).deadLetter();
            assertThat(letter).isNotNull();
            assertThat(letter.reason()).isEqualTo(input.reason());
            assertThat(letter.record()).isSameAs(input.record());
            assertThat(letter.message()).isNotBlank().hasSizeLessThan(300);
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aBrokenLineBecomesTheSame(BrokenInputs.BrokenInput input) {
        DeadLetter letter = ReplayLine.read("broken.ndjson", 3, 17, input.line())
                .decode(DECODER)
                .deadLetter();

        assertThat(letter).isNotNull();
        assertThat(letter.reason()).isEqualTo(input.reason());
        RawRecord record = letter.record();
        if (input.record() == null) {
            assertThat(record.id()).isEqualTo("broken.ndjson/3/17");
            assertThat(record.value()).isEqualTo(input.line());
            assertThat(record.timestampMillis()).isEqualTo(Fact.NO_TIME);
        } else {
            assertThat(record.id()).isEqualTo(input.record().id() + "/3/17");
            assertThat(record.value()).isEqualTo(input.record().value());
        }
    }

    @Test
    void theCorpusHasEveryReasonThatDecodingCanGive() {
        Set<Reason> reasons = BrokenInputs.all().stream()
                .map(BrokenInputs.BrokenInput::reason)
                .collect(Collectors.toSet());

        assertThat(reasons).isEqualTo(EnumSet.complementOf(EnumSet.of(Reason.TOO_MANY, Reason.HELD_DROPPED)));
    }

    @Test
    void namesAreUniqueAndTheCorpusIsAlwaysTheSame() {
        assertThat(BrokenInputs.all())
                .extracting(BrokenInputs.BrokenInput::name)
                .doesNotHaveDuplicates();
        assertThat(BrokenInputs.file()).isEqualTo(BrokenInputs.file());
    }
}
