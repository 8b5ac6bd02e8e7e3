package io.leadpulse.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.Contracts;
import io.leadpulse.schemas.Topics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the configuration topics pass, or fail, the check as they do the schema. */
class RecordExamplesTest {

    private static final RecordCheck CHECK = new RecordCheck("", List.of());

    static Stream<Contracts.Example> valid() {
        return examples("valid");
    }

    static Stream<Contracts.Example> invalid() {
        return examples("invalid");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidExampleIsTaken(Contracts.Example example) {
        assertThat(CHECK.problem(example.topic(), example.json())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidExampleIsRefused(Contracts.Example example) {
        assertThat(CHECK.problem(example.topic(), example.json())).isPresent();
    }

    private static Stream<Contracts.Example> examples(String validity) {
        return Topics.CONFIGURATION.stream().sorted().flatMap(topic -> Contracts.examples(topic, validity).stream());
    }
}
