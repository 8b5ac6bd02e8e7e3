package io.leadpulse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.merge.MergeBook;
import io.leadpulse.lead.LeadInput;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.event.SalesEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Closing a harness may throw anything.
class MergesFunctionTest {
    private KeyedOneInputStreamOperatorTestHarness<String, SalesEvent, LeadInput> merges;

    @BeforeEach
    void open() throws Exception {
        open(null);
    }

    private void open(OperatorSubtaskState from) throws Exception {
        merges = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new MergesFunction(KeyedHarness.DEAD_LETTERS)),
                MergesFunction::key,
                Types.STRING);
        merges.setStateBackend(new EmbeddedRocksDBStateBackend(true));
        if (from != null) {
            merges.initializeState(from);
        }
        merges.open();
    }

    @AfterEach
    void close() throws Exception {
        merges.close();
    }

    @Test
    void bothAreToldWhereTheyStandAndThenTheRecordGoesToItsLead() throws Exception {
        assertThat(send(merged("a", "b", 1, 10))).containsExactly("a under b", "b under b", "+fact a");
    }

    @Test
    void ofAChainAllStandUnderItsEndAndOnlyWhatChangesIsTold() throws Exception {
        send(merged("a", "b", 1, 10));

        assertThat(send(merged("b", "c", 2, 20))).containsExactly("a under c", "b under c", "c under c", "+fact b");
        assertThat(send(merged("d", "c", 3, 30))).containsExactly("d under c", "+fact d");
        assertThat(send(unmerged("b", 4, 40))).containsExactly("a under b", "b under b", "+fact b");
    }

    @Test
    void anOlderRecordThatComesLaterTellsNothingNew() throws Exception {
        send(unmerged("a", 2, 20));
        send(merged("a", "b", 3, 30));

        assertThat(send(merged("a", "c", 1, 10))).containsExactly("+fact a");
        assertThat(send(merged("a", "b", 3, 30))).containsExactly("+fact a");
    }

    @Test
    void aCircleIsOpenedAtItsNewestMergeWheneverThatComes() throws Exception {
        send(merged("c", "a", 3, 30));
        send(merged("b", "c", 2, 20));

        assertThat(send(merged("a", "b", 1, 10))).containsExactly("a under c", "b under c", "c under c", "+fact a");
    }

    @Test
    void eachIsToldByWhichMergeOnTheWayToTheRoot() throws Exception {
        send(merged("a", "b", 1, 10));
        send(merged("b", "r", 2, 20));
        merges.processElement(new StreamRecord<>(merged("r", "a", 3, 30)));
        merges.processElement(new StreamRecord<>(merged("a", "r", 4, 5)));
        assertThat(lastUnder()).as("an older merge and one that does not hold").isEmpty();

        merges.processElement(new StreamRecord<>(merged("a", "r", 5, 15)));
        assertThat(lastUnder()).as("another way to the same root").containsExactly("a into r since 15");
    }

    @Test
    void whatIsKeptGoesOnAfterARestart() throws Exception {
        send(merged("a", "b", 1, 10));
        OperatorSubtaskState snapshot = merges.snapshot(1, 1);
        merges.close();
        open(snapshot);

        assertThat(send(merged("b", "c", 2, 20))).containsExactly("a under c", "b under c", "c under c", "+fact b");
    }

    @Test
    void moreLeadsThanTheBoundAreNotMergedAndTheRecordIsADeadLetter() throws Exception {
        for (int lead = 1; lead < MergeBook.MAX_TOGETHER; lead++) {
            assertThat(send(merged("L" + lead, "root", lead, lead))).hasSizeGreaterThan(1);
        }
        assertThat(deadLetters()).isEmpty();

        assertThat(send(merged("one-more", "root", 99, 99))).isEmpty();
        assertThat(deadLetters()).extracting(DeadLetter::reason).containsExactly(Reason.TOO_MANY);
        assertThat(send(unmerged("L1", 100, 100))).contains("L1 under L1");
        assertThat(send(merged("one-more", "root", 99, 99))).contains("one-more under root");
    }

    @Test
    void moreRecordsOfOneLeadThanTheBoundAreDeadLetters() throws Exception {
        for (int id = 0; id < MergeBook.MAX_RECORDS; id++) {
            send(merged("a", "b", id, id));
        }
        assertThat(deadLetters()).isEmpty();

        assertThat(send(unmerged("a", 1000, 1000))).isEmpty();
        assertThat(deadLetters()).extracting(DeadLetter::reason).containsExactly(Reason.TOO_MANY);
        assertThat(send(merged("a", "b", 5, 5))).as("a repetition").containsExactly("+fact a");
    }

    private List<String> send(SalesEvent event) throws Exception {
        merges.processElement(new StreamRecord<>(event));
        List<String> told = new ArrayList<>();
        for (LeadInput input : merges.extractOutputValues()) {
            told.add(input.root() == null ? "+fact " + input.lead() : input.lead() + " under " + input.root());
        }
        merges.getOutput().clear();
        return told;
    }

    private List<String> lastUnder() {
        List<String> told = new ArrayList<>();
        for (LeadInput input : merges.extractOutputValues()) {
            if (input.root() != null) {
                told.add("%s into %s since %d".formatted(input.lead(), input.into(), input.mergedMillis()));
            }
        }
        merges.getOutput().clear();
        return told;
    }

    private List<DeadLetter> deadLetters() {
        List<DeadLetter> letters = new ArrayList<>();
        if (merges.getSideOutput(KeyedHarness.DEAD_LETTERS) != null) {
            merges.getSideOutput(KeyedHarness.DEAD_LETTERS).forEach(record -> letters.add(record.getValue()));
        }
        return letters;
    }

    private static SalesEvent merged(String lead, String into, long id, long millis) {
        return event(EventKind.LEAD_MERGED, lead, into, id, millis);
    }

    private static SalesEvent unmerged(String lead, long id, long millis) {
        return event(EventKind.LEAD_UNMERGED, lead, null, id, millis);
    }

    private static SalesEvent event(EventKind kind, String lead, String into, long id, long millis) {
        RawRecord record = new RawRecord(Topics.ACTIVITIES, 0, id, millis, null, new byte[0], List.of());
        return SalesEvent.builder(id, "crm/" + id, kind, millis, record)
                .contentHash(id)
                .lead(lead)
                .subject(into)
                .build();
    }
}
