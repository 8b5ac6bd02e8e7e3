package io.leadpulse.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leadpulse.local.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingReaderTest {
    private static final String EVENT = "{kind: call, id: '${n}', time: '${t}', fields: {lead: '${n}'}}";

    @TempDir
    private Path folder;

    @Test
    void allErrorsAreToldAtOnceWithKeyValueAndWhatIsAllowed() {
        assertThat(errors("""
                        source: a/b
                        zone: Europe/Atlantis
                        currency: DOLLAR
                        charset: utf-nine
                        delimiter: ";;"
                        times: [dd.QQQQQQ.yyyy]
                        decimal: "5"
                        colour: red
                        events:
                          - kind: deal_dreamt
                            when: {done: true}
                            id: ${n
                            fields:
                              lead: {from: "${n}", values: {a: [b]}}
                              leed: x
                              amount: {from: "${n}", zone: UTC}
                          - kind: deal_won
                            id: x
                            time: {from: "${t}", times: [bb bb]}
                            fields: {lead: x}
                        """))
                .satisfiesExactlyInAnyOrder(
                        error -> assertThat(error).startsWith("source: \"a/b\"; allowed: a name without"),
                        error -> assertThat(error).startsWith("zone: \"Europe/Atlantis\"; allowed: an IANA zone"),
                        error -> assertThat(error).startsWith("currency: \"DOLLAR\"; allowed: an ISO 4217 code"),
                        error -> assertThat(error).startsWith("charset: \"utf-nine\"; allowed: a charset"),
                        error -> assertThat(error).startsWith("delimiter: \";;\"; allowed: one character"),
                        error -> assertThat(error).startsWith("times: \"dd.QQQQQQ.yyyy\"; allowed: iso, epoch_seconds"),
                        error -> assertThat(error).startsWith("decimal: \"5\"; allowed: one character, no digit"),
                        error -> assertThat(error).startsWith("colour: \"red\"; allowed: one of the keys source, zone"),
                        error -> assertThat(error)
                                .startsWith("events[0].kind: \"deal_dreamt\"; allowed: lead_created, lead_updated"),
                        error -> assertThat(error)
                                .startsWith("events[0].when.done: \"true\"; allowed: a text; write it in quotes"),
                        error -> assertThat(error).startsWith("events[0].id: \"${n\"; allowed: a text in which"),
                        error -> assertThat(error).startsWith("events[0].time is missing; allowed: a text in which"),
                        error -> assertThat(error)
                                .startsWith("events[0].fields.lead.values.a: \"[\"b\"]\"; allowed: a text"),
                        error -> assertThat(error)
                                .startsWith("events[0].fields.leed: \"x\"; allowed: one of the fields lead, deal"),
                        error -> assertThat(error)
                                .startsWith("events[0].fields.amount.zone: \"UTC\"; allowed: nothing; only times"),
                        error -> assertThat(error)
                                .isEqualTo("events[1].id: \"x\"; allowed: a text in which ${column} stands for a cell;"
                                        + " no two events of a source have the same id"),
                        error -> assertThat(error).startsWith("events[1].time.times: \"bb bb\"; allowed: iso"),
                        error -> assertThat(error)
                                .startsWith("events[1].fields.deal is missing; allowed: a value; deal_won needs it"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'[1, 2]'                                | the file: \"\"; allowed: keys and values, such as source: my-crm",
                "'source: s'                             | events is missing; allowed: a list of at least one event",
                "'{source: s, events: []}'               | events: \"[]\"; allowed: a list of at least one event",
                "'{source: s, events: [x]}'              | events[0]: \"x\"; allowed: kind, when, unless, id, time, fields, attributes",
                "'{source: s, quote: \",\", events: [E]}' | quote: \",\"; allowed: another character than the delimiter",
                "'{source: s, thousands: \".\", events: [E]}' | thousands: \".\"; allowed: one character, no digit and not the decimal mark, or \"\" for none",
                "'{source: s, zone: 1, events: [E]}'     | zone: \"1\"; allowed: a text; write it in quotes",
                "'{source: s, locale: [], events: [E]}'  | locale: \"[]\"; allowed: a text; write it in quotes",
                "'{events: [E]}'                         | source is missing; allowed: a name without \"/\"",
            })
    void oneErrorIsToldAlone(String yaml, String error) {
        assertThat(errors(yaml.replace("E]", EVENT + "]"))).containsExactly(error);
    }

    @Test
    void whatIsNoYamlAndWhatSaysAKeyTwiceIsRefusedWithItsLine() {
        assertThat(errors("source: s\nevents: [\n")).singleElement().asString().startsWith("no YAML: ");
        assertThat(errors("source: s\nsource: t\n"))
                .singleElement()
                .asString()
                .startsWith("no YAML: Duplicate field 'source'")
                .endsWith("(line 2)");
        assertThat(errors("source: s\n\n\n\tzone: UTC\n"))
                .singleElement()
                .asString()
                .endsWith("(line 4)");
        assertThatThrownBy(() -> MappingReader.read(folder.resolve("none.yaml")))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith("no such file: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{from: x}",
                "'a:b'",
                "7",
                "{from: a, values: {a: b}}",
                "{from: a, values: {b: c}, otherwise: d}",
            })
    void anIdThatEveryRowWouldHaveIsRefused(String id) {
        assertThat(errors("{source: s, events: [" + EVENT.replace("'${n}', time", id + ", time") + "]}"))
                .singleElement()
                .asString()
                .startsWith("events[0].id: \"")
                .endsWith("; no two events of a source have the same id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'${n}'", "'x:${#line}'", "{from: '${n}', values: {a: b}}", "'${#file}'"})
    void anIdThatDependsOnTheRowIsTaken(String id) throws IOException {
        Path file = Files.writeString(
                folder.resolve("m.yaml"),
                "{source: s, events: [" + EVENT.replace("'${n}', time", id + ", time") + "]}");

        assertThat(MappingReader.read(file).events()).hasSize(1);
    }

    @Test
    void theExamplesAreValid() throws IOException {
        try (var files = Files.list(DataSets.projectRoot().resolve("docs/examples"))) {
            List<Path> mappings = files.filter(file -> file.toString().endsWith(".mapping.yaml"))
                    .toList();
            assertThat(mappings).hasSizeGreaterThanOrEqualTo(2);
            for (Path mapping : mappings) {
                assertThat(MappingReader.read(mapping).events()).isNotEmpty();
            }
        }
    }

    private List<String> errors(String yaml) {
        Path file = folder.resolve("m.yaml");
        UnusableInputException thrown = catchThrowableOfType(UnusableInputException.class, () -> {
            Files.writeString(file, yaml);
            MappingReader.read(file);
        });
        assertThat(thrown).as("no error in %s", yaml).isNotNull();
        return thrown.getMessage()
                .lines()
                .map(line -> line.substring((file + ": ").length()))
                .toList();
    }
}
