package io.leadpulse.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.schemas.event.DecodeSettings;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.ReplayLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What was released is accepted for ever: the schemas only widen, and old records are always read. */
class SchemaCompatibilityTest {
    private static final Path RELEASED = Path.of("src", "test", "resources", "released", "1");

    private static final String SCHEMA =
            "{'type':'object','required':['a'],'properties':{'a':{'type':['string','null'],"
                    + "'maxLength':5},'kind':{'enum':['x','y']},'n':{'type':'integer','minimum':0},"
                    + "'r':{'$ref':'#/$defs/d'}},'allOf':[{'if':{'properties':{'kind':{'const':'x'}}},'then':{'required':['n']}}],"
                    + "'$defs':{'d':{'type':'string'}}}";

    static Stream<String> topics() {
        return Stream.concat(Contracts.INPUTS.stream(), Contracts.RESULTS.stream());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theSchemaOfATopicAcceptsWhatTheReleasedOneAccepted(String topic) throws IOException {
        JsonNode released = Contracts.json(Files.readAllBytes(RELEASED.resolve(topic + ".schema.json")));

        assertThat(SchemaCompatibility.problems(released, Contracts.schema(topic)))
                .isEmpty();
    }

    @Test
    void everyRecordThatWasEverValidIsStillRead() throws IOException {
        EventDecoder decoder = new EventDecoder(DecodeSettings.of("EUR"), Contracts.configurationBySchema());
        List<String> lines = Files.readAllLines(RELEASED.resolve("examples.ndjson"));

        assertThat(lines).hasSizeGreaterThan(80);
        for (int at = 0; at < lines.size(); at++) {
            byte[] line = lines.get(at).getBytes(StandardCharsets.UTF_8);
            assertThat(ReplayLine.read("examples.ndjson", 0, at + 1L, line)
                            .decode(decoder)
                            .deadLetter())
                    .as(lines.get(at))
                    .isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'required':['a'] ; 'required':['a','n'] ; /required: n is newly required",
                "'n':{'type':'integer','minimum':0}, ; '' ; /properties/n is removed",
                "['x','y'] ; ['x'] ; /properties/kind/enum: y is no longer allowed",
                "['string','null'] ; 'string' ; /properties/a/type: null is no longer allowed",
                "'maxLength':5 ; 'maxLength':4 ; /properties/a/maxLength is lower",
                "'maxLength':5 ; 'maxLength':5,'minLength':1 ; /properties/a/minLength is higher",
                "'maxLength':5 ; 'maxLength':5,'pattern':'x' ; /properties/a/pattern is new or changed",
                "'minimum':0 ; 'minimum':1 ; /properties/n/minimum is higher",
                "'d':{'type':'string'} ; 'd':{'type':'number'} ; /properties/r/type: string is no longer allowed",
                "'then':{'required':['n']} ; 'then':{'required':['r']} ; /allOf has a new or changed condition",
                "'type':'object', ; 'type':'object','additionalProperties':false, ; /additionalProperties is new"
            })
    void aNarrowerSchemaIsFound(String before, String now, String problem) {
        String changed = SCHEMA.replace(before.strip(), now.strip().equals("''") ? "" : now.strip());
        assertThat(changed).isNotEqualTo(SCHEMA);

        assertThat(SchemaCompatibility.problems(json(SCHEMA), json(changed))).contains(problem.strip());
    }

    @Test
    void aWiderSchemaIsCompatible() {
        String wider = SCHEMA.replace("['x','y']", "['x','y','z']")
                .replace("'maxLength':5", "'maxLength':6")
                .replace("'required':['a'],'properties':{", "'properties':{'new':{'type':'string'},")
                .replace(
                        "'allOf':[",
                        "'allOf':[{'if':{'properties':{'kind':{'const':'z'}}},'then':{'required':['a']}},");

        assertThat(SchemaCompatibility.problems(json(SCHEMA), json(wider))).isEmpty();
    }

    private static JsonNode json(String text) {
        return Contracts.json(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
