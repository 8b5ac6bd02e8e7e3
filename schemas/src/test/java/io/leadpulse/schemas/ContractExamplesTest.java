package io.leadpulse.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.schemas.event.DecodeSettings;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of all inputs pass, or fail, both the schema and the decoder. */
class ContractExamplesTest {
    private static final EventDecoder DECODER =
            new EventDecoder(DecodeSettings.of("EUR"), Contracts.configurationBySchema());

    /** What no schema can say: the company's currency, its decimals, the calendar, halves of surrogate pairs, blanks, itself. */
    private static final Set<String> ONLY_THE_DECODER_REFUSES = Set.of(
            "call--before-1970--invalid_time",
            "campaign_spend--of-a-run-that-ends-before-it-begins--invalid_value",
            "call--with-half-a-surrogate-pair--invalid_value",
            "deal_won--in-foreign-currency--foreign_currency",
            "deal_won--of-more-than-the-bound--invalid_amount",
            "deal_won--of-no-lead--no_lead",
            "deal_won--with-impossible-day--invalid_time",
            "deal_won--with-three-decimals--invalid_amount",
            "lead_merged--into-itself--invalid_value",
            "page--with-bad-received-at--invalid_time");

    static Stream<Contracts.Example> valid() {
        return Contracts.INPUTS.stream().flatMap(topic -> Contracts.examples(topic, "valid").stream());
    }

    static Stream<Contracts.Example> invalid() {
        return Contracts.INPUTS.stream().flatMap(topic -> Contracts.examples(topic, "invalid").stream());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidExamplePassesSchemaAndDecoder(Contracts.Example example) {
        assertThat(Contracts.problems(example.topic(), example.json())).isEmpty();

        Decoded decoded = DECODER.decode(example.record());
        assertThat(decoded.deadLetter()).isNull();
        assertThat(decoded.isConfiguration()).isEqualTo(Topics.CONFIGURATION.contains(example.topic()));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidExampleIsRefusedForTheReasonInItsName(Contracts.Example example) {
        Decoded decoded = DECODER.decode(example.record());

        assertThat(decoded.deadLetter()).as("dead letter").isNotNull();
        assertThat(decoded.deadLetter().reason().wireName()).isEqualTo(example.reason());
    }

    @Test
    void theSchemaRefusesWhatTheDecoderRefusesButWhatNoSchemaCanSay() {
        Set<String> acceptedBySchema = invalid()
                .filter(example -> Contracts.accepts(example.topic(), example.json()))
                .map(Contracts.Example::name)
                .filter(name -> !name.contains("leap-second"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(acceptedBySchema).containsExactlyInAnyOrderElementsOf(ONLY_THE_DECODER_REFUSES);
    }

    @Test
    void everyKindOfActivityAndCompanyEventHasValidAndInvalidExamples() {
        for (String validity : List.of("valid", "invalid")) {
            assertThat(kindsOf(Topics.ACTIVITIES, validity)).containsAll(kinds(false));
            assertThat(kindsOf(Topics.COMPANY_EVENTS, validity)).containsAll(kinds(true));
            assertThat(kindsOf(Topics.BEHAVIOUR, validity))
                    .contains("identify", "page", "screen", "track", "group", "alias");
        }
    }

    @Test
    void everyKindOfBehaviourIsReadFromSomeExample() {
        Set<EventKind> read = Contracts.examples(Topics.BEHAVIOUR, "valid").stream()
                .map(example -> DECODER.decode(example.record()).event().kind())
                .collect(Collectors.toSet());

        assertThat(read)
                .containsAll(Arrays.stream(EventKind.values())
                        .filter(kind -> kind.stream() == EventKind.Stream.BEHAVIOUR)
                        .toList());
    }

    @Test
    void everyReasonThatAFieldCanHaveStandsInSomeExample() {
        Set<String> reasons = invalid().map(Contracts.Example::reason).collect(Collectors.toSet());

        assertThat(reasons)
                .containsExactlyInAnyOrder(
                        Reason.MISSING_FIELD.wireName(),
                        Reason.WRONG_TYPE.wireName(),
                        Reason.INVALID_VALUE.wireName(),
                        Reason.INVALID_TIME.wireName(),
                        Reason.INVALID_AMOUNT.wireName(),
                        Reason.FOREIGN_CURRENCY.wireName(),
                        Reason.UNKNOWN_KIND.wireName(),
                        Reason.NO_LEAD.wireName());
    }

    @Test
    void theSchemasNameExactlyTheKindsThatAreRead() {
        assertThat(enumOf(Topics.ACTIVITIES, "kind")).containsExactlyElementsOf(kinds(false));
        assertThat(enumOf(Topics.COMPANY_EVENTS, "kind")).containsExactlyElementsOf(kinds(true));
    }

    @Test
    void theSchemaOfDeadLettersNamesExactlyTheReasons() {
        assertThat(enumOf(Topics.DEAD_LETTERS, "reason"))
                .containsExactlyElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::wireName).toList());
    }

    private static List<String> kinds(boolean ofCompany) {
        return Arrays.stream(EventKind.values())
                .filter(kind -> (kind.stream() == EventKind.Stream.COMPANY) == ofCompany)
                .map(EventKind::wireName)
                .toList();
    }

    private static Set<String> kindsOf(String topic, String validity) {
        return Contracts.examples(topic, validity).stream()
                .map(Contracts.Example::kind)
                .collect(Collectors.toSet());
    }

    private static List<String> enumOf(String topic, String property) {
        JsonNode names =
                Contracts.schema(topic).path("properties").path(property).path("enum");
        return names.valueStream().map(JsonNode::textValue).toList();
    }
}
