package io.leadpulse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.alert.AlertCause;
import io.leadpulse.domain.alert.AlertState;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.identity.VisitorState;
import io.leadpulse.lead.LeadState;
import io.leadpulse.lead.LeadStateSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What state is written as is read as what it was, for ever; what is no state is refused, and nobody's affairs are told. */
class StateSerializerTest {
    /** What each form that was ever written looks like. A form that is there is never changed; the next one gets lines of its own. */
    private static final Path GOLDEN = Path.of("src", "test", "resources", "state-forms.txt");

    private static final List<Class<? extends Enum<?>>> ENUMS =
            List.of(EventKind.class, Direction.class, AlertCause.class, AlertState.class, Deal.Outcome.class);

    static Set<String> names() {
        return StateExamples.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isWrittenAsItsFormSaysForEver(String name) throws Exception {
        String golden = golden().get(name + ".1");

        assertThat(HexFormat.of()
                        .formatHex(written(
                                StateExamples.serializer(name),
                                StateExamples.all().get(name))))
                .isEqualTo(golden);
        assertThat(read(StateExamples.serializer(name), HexFormat.of().parseHex(golden)))
                .usingRecursiveComparison()
                .isEqualTo(StateExamples.all().get(name));
    }

    /** State keeps their places. */
    @Test
    void constantsOfEnumsAreOnlyAppended() throws Exception {
        for (Class<? extends Enum<?>> each : ENUMS) {
            List<String> today =
                    Arrays.stream(each.getEnumConstants()).map(Enum::name).toList();
            List<String> then = List.of(golden().get(each.getSimpleName()).split(" ", -1));
            assertThat(today).as(each.getSimpleName()).startsWith(then.toArray(String[]::new));
        }
    }

    /** Compared field by field, and no part of it told. */
    @Property(tries = 300, seed = "20261122", shrinking = ShrinkingMode.OFF)
    void comesOutAsItWentIn(@ForAll long seed) throws Exception {
        RandomStates random = new RandomStates(seed);
        Map<String, Object> values = Map.of(
                "LeadState", random.lead(40),
                "MergedLeadState", random.mergedLead(),
                "VisitorState", random.visitor(),
                "DealState", random.deals());
        for (Map.Entry<String, Object> each : values.entrySet()) {
            Object read = read(
                    StateExamples.serializer(each.getKey()),
                    written(StateExamples.serializer(each.getKey()), each.getValue()));
            assertThat(parts(read).equals(parts(each.getValue())))
                    .as("%s of %d", each.getKey(), seed)
                    .isTrue();
        }
    }

    /** The value in parts that are equal when they say the same, as arrays are not. */
    private static List<?> parts(Object value) {
        if (!(value instanceof VisitorState state)) {
            return List.of(value);
        }
        Map<Long, List<Object>> arrivals = new TreeMap<>();
        state.arrivals().forEach((id, record) -> {
            List<Object> parts = new ArrayList<>(Arrays.asList(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.timestampMillis(),
                    Arrays.toString(record.key()),
                    Arrays.toString(record.value()),
                    record.line()));
            record.headers().forEach(header -> {
                parts.add(header.name());
                parts.add(Arrays.toString(header.value()));
            });
            arrivals.put(id, parts);
        });
        return List.of(state.visitor(), arrivals, state.wakeMillis(), state.measures());
    }

    @Property(tries = 20, seed = "20261122", shrinking = ShrinkingMode.OFF)
    void oneSerializerWritesAndReadsOneAfterTheOther(@ForAll long seed) throws Exception {
        LeadStateSerializer leads = new LeadStateSerializer();
        List<LeadState> values =
                List.of(LeadState.EMPTY, manyFacts(seed, 2_000), new RandomStates(seed).lead(3), LeadState.EMPTY);
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        for (LeadState each : values) {
            leads.serialize(each, bytes);
        }
        DataInputDeserializer all = new DataInputDeserializer(bytes.getCopyOfBuffer());

        for (LeadState each : values) {
            assertThat(leads.deserialize(all).equals(each)).as("of %d", seed).isTrue();
        }
        assertThat(all.available()).isZero();
    }

    private static LeadState manyFacts(long seed, int count) {
        RandomStates random = new RandomStates(seed);
        return new LeadState(
                Stream.generate(random::fact).limit(count).toList(), List.of(), List.of(), 7, 8, ConfigVersion.FILE);
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsCutOffIsRefused(String name) throws Exception {
        byte[] whole =
                written(StateExamples.serializer(name), StateExamples.all().get(name));
        for (int length = 1; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(StateExamples.serializer(name), part))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("A value of state (ends before its \\d+ bytes|is broken at byte .*)");
        }
    }

    /** Also where its length was made to fit. */
    @ParameterizedTest
    @MethodSource("names")
    void whatIsShorterThanItSaysIsRefused(String name) throws Exception {
        byte[] whole =
                written(StateExamples.serializer(name), StateExamples.all().get(name));
        int start = whole[0] < 0 ? 2 : 1;
        for (int length = 1; length < whole.length - start; length++) {
            DataOutputSerializer part = new DataOutputSerializer(64);
            part.write((length & 0x7f) | 0x80);
            part.write(length >> 7);
            part.write(whole, start, length);
            assertThatThrownBy(() -> read(StateExamples.serializer(name), part.getCopyOfBuffer()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("A value of state is broken at byte ");
        }
    }

    /** Whatever became of a byte, it is another value or a failure that says where, and nothing of what stands there. */
    @ParameterizedTest
    @MethodSource("names")
    void garbledBytesAreAnotherValueOrAFailureThatTellsNothing(String name) throws Exception {
        byte[] whole =
                written(StateExamples.serializer(name), StateExamples.all().get(name));
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            for (int other = 1; other < 256; other++) {
                byte[] garbled = whole.clone();
                garbled[at] ^= (byte) other;
                try {
                    read(StateExamples.serializer(name), garbled);
                } catch (IOException e) {
                    refused++;
                    assertThat(e.getMessage())
                            .matches("A value of state [A-Za-z0-9 :;]+")
                            .doesNotContain("L-7", "ann", "crm", "K\u00f6ln", "price");
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aFormOfALaterReleaseIsRefused() throws Exception {
        byte[] later = written(new LeadStateSerializer(), LeadState.EMPTY);
        later[1] = 2;

        assertThatThrownBy(() -> read(new LeadStateSerializer(), later))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("a LeadState of form 2; this release reads forms 1 to 1");
    }

    /** Each thread has its own buffers. */
    @Test
    void duplicatesAreEqualAndApart() {
        for (String name : names()) {
            StateSerializer<Object> serializer = StateExamples.serializer(name);

            assertThat(serializer.duplicate()).isEqualTo(serializer).isNotSameAs(serializer);
        }
    }

    /** Length, form, and the count of each of three lists; then two times, a version, two texts, a time, a number. */
    @Test
    void nothingTakesLittle() throws Exception {
        assertThat(written(new LeadStateSerializer(), LeadState.EMPTY)).hasSizeLessThan(16);
    }

    private static Map<String, String> golden() throws IOException {
        Map<String, String> golden = new TreeMap<>();
        for (String line : Files.readAllLines(GOLDEN)) {
            golden.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
        }
        return golden;
    }

    private static <T> byte[] written(StateSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        serializer.serialize(value, bytes);
        return bytes.getCopyOfBuffer();
    }

    private static <T> T read(StateSerializer<T> serializer, byte[] bytes) throws IOException {
        return serializer.deserialize(new DataInputDeserializer(bytes));
    }
}
