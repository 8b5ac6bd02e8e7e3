package io.leadpulse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.identity.DealStateSerializer;
import io.leadpulse.identity.VisitorStateSerializer;
import io.leadpulse.lead.LeadState;
import io.leadpulse.lead.LeadStateSerializer;
import io.leadpulse.rollup.PaneKey;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.junit.jupiter.api.Test;

/** What the golden files are compared with, and that a state which is lost, forgotten or unreadable is seen. */
class GoldenStatesTest {
    private static final LeadState LEAD = new LeadState(
            List.of(Fact.of(7, "crm/e-7", 1_000, EventKind.CALL)), List.of(), List.of(), 9, 8, new ConfigVersion(1, 2));

    @Test
    void everyNameOfAStateHasItsSnapshotInTheNewestRelease() throws Exception {
        Set<String> kept = new TreeSet<>();
        for (String state : GoldenRelease.newest().snapshots().keySet()) {
            kept.add(state.substring(state.indexOf('.') + 1));
        }
        for (String state : GoldenRelease.unreleased()) {
            kept.add(state.substring(state.indexOf('.') + 1));
        }
        for (Field field : EngineUids.class.getFields()) {
            // The constants of states are named after their operator's; the replay's own numbers are in no live state.
            boolean isState = field.getName().contains("_")
                    && !Set.of("COMBINED_LEADS", "CONTROL_SOURCE", "DEAD_LETTERS", "MERGED_LEADS", "SEQUENCE_NUMBER")
                            .contains(field.getName());
            if (isState) {
                assertThat(kept).as(field.getName()).contains((String) field.get(null));
            }
        }
    }

    @Test
    void whatIsListedAsUnreleasedIsInNoRelease() throws Exception {
        assertThat(GoldenRelease.newest().snapshots())
                .doesNotContainKeys(GoldenRelease.unreleased().toArray(String[]::new));
    }

    @Test
    void everyStateOfTheNewestReleaseHeldSomething() throws Exception {
        GoldenRelease newest = GoldenRelease.newest();
        for (Map.Entry<String, SavepointState> each :
                SavepointReader.states(newest.savepoint()).entrySet()) {
            SavepointState state = each.getValue();
            // What lives but for a moment, and what a sink has only while results are under way.
            boolean isFleeting = Set.of(EngineUids.ROLLUP_DIRTY, EngineUids.ROLLUP_TIMER, EngineUids.ROLLUP_JUDGE_DAYS)
                            .contains(state.name())
                    || state.kind().equals(SavepointState.TIMERS)
                    || state.operator().startsWith("Sink ")
                    || state.operator().equals(EngineUids.RESULTS);
            if (!isFleeting) {
                assertThat(state.values()).as(each.getKey()).isNotEmpty();
            }
            if (state.isReadable()) {
                assertThat(newest.value(each.getKey())).as(each.getKey()).isNotNull();
            }
        }
    }

    @Test
    void aStateThatDisappearedIsNamedAndANewOneIsAllowed() {
        assertThat(GoldenStates.disappeared(Set.of("leads.lead", "deals.deal"), Set.of("leads.lead", "leads.more")))
                .singleElement()
                .asString()
                .startsWith("deals.deal ")
                .contains("would be lost");
    }

    @Test
    void aNewStateWithoutSnapshotIsNamed() {
        assertThat(GoldenStates.forgotten(Set.of("leads.lead"), Set.of("leads.lead", "leads.more")))
                .singleElement()
                .asString()
                .startsWith("leads.more ");
    }

    @Test
    void aSerializerThatCannotReadIsNamed() throws Exception {
        TypeSerializer<Object> leads = serializer(LeadState.class);

        assertThat(GoldenStates.unreadable(
                        "leads.lead",
                        leads.snapshotConfiguration(),
                        SavepointState.write(leads, LEAD),
                        StateJson.of(LEAD),
                        serializer(PaneKey.class).snapshotConfiguration()))
                .containsExactly("leads.lead cannot be read by today's serializer, not even after migration");
    }

    @Test
    void aValueThatIsReadOtherwiseIsNamed() throws Exception {
        TypeSerializer<Object> leads = serializer(LeadState.class);
        byte[] written = SavepointState.write(leads, LEAD);
        JsonNode said = StateJson.of(LEAD);

        assertThat(GoldenStates.unreadable(
                        "leads.lead", leads.snapshotConfiguration(), written, said, leads.snapshotConfiguration()))
                .isEmpty();
        ((ObjectNode) said.get("facts").get(0)).put("kind", "CALLED");
        assertThat(GoldenStates.unreadable(
                        "leads.lead", leads.snapshotConfiguration(), written, said, leads.snapshotConfiguration()))
                .singleElement()
                .asString()
                .startsWith("leads.lead said ");
    }

    /** Release 1 left these to Flink; later ones write them by hand, and RocksDB writes anew what it restores. */
    @Test
    void whatRelease1LeftToFlinkIsWrittenAnewByHandAndSaysTheSame() throws Exception {
        GoldenRelease first = GoldenRelease.all().get(0);
        Map<String, TypeSerializer<?>> byHand = Map.of(
                "leads.lead", new LeadStateSerializer(),
                "visitors.visitor", new VisitorStateSerializer(),
                "deals.deal", new DealStateSerializer());
        for (Map.Entry<String, TypeSerializer<?>> each : byHand.entrySet()) {
            String state = each.getKey();
            @SuppressWarnings("unchecked")
            TypeSerializerSnapshot<Object> now =
                    (TypeSerializerSnapshot<Object>) each.getValue().snapshotConfiguration();
            TypeSerializerSnapshot<Object> then = first.snapshots().get(state);

            assertThat(now.resolveSchemaCompatibility(then).isCompatibleAfterMigration())
                    .as(state)
                    .isTrue();
            assertThat(GoldenStates.unreadable(state, then, first.value(state), first.said(state), now))
                    .isEmpty();
        }
    }

    @Test
    void moreMayBeSaidButNothingLessAndNothingElse() throws Exception {
        ObjectNode then = (ObjectNode) StateJson.of(LEAD);
        ObjectNode today = then.deepCopy().put("more", "1");

        assertThat(StateJson.contains(today, then)).isTrue();
        assertThat(StateJson.contains(then, today)).isFalse();
        today.put("wakeMillis", "10");
        assertThat(StateJson.contains(today, then)).isFalse();
    }

    @Test
    void whatIsNoStateIsNotCompared() {
        assertThatThrownBy(() -> StateJson.of(Instant.EPOCH)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReleaseIsNeverWrittenAnew() throws Exception {
        Path folder = GoldenRelease.newest().folder();

        assertThatThrownBy(() -> GoldenWriter.write(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("never written anew");
    }

    @SuppressWarnings("unchecked")
    private static TypeSerializer<Object> serializer(Class<?> type) {
        return (TypeSerializer<Object>)
                (TypeSerializer<?>) TypeInformation.of(type).createSerializer(new SerializerConfigImpl());
    }
}
