package io.leadpulse.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.conservation.Outcome;
import io.leadpulse.conservation.OutcomeCount;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.lead.LeadInput;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.event.SalesEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplitFunctionTest {
    private static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};
    private static final OutputTag<OutcomeCount> OUTCOMES = new OutputTag<>("outcomes") {};
    private static final RawRecord RECORD = new RawRecord("topic", 0, 7, Fact.NO_TIME, null, new byte[0], List.of());

    private OneInputStreamOperatorTestHarness<Decoded, LeadInput> split;

    @BeforeEach
    void open() throws Exception {
        split = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new SplitFunction(DEAD_LETTERS, OUTCOMES)));
        split.open();
    }

    @AfterEach
    void close() throws Exception {
        split.close();
    }

    /** Whatever is added to the kinds goes somewhere, and to one place only. */
    @ParameterizedTest
    @EnumSource(EventKind.class)
    void everyKindOfEventGoesToExactlyOnePlace(EventKind kind) throws Exception {
        send(Decoded.of(event(kind).lead("lead-1").deal("deal-1").build()));

        int places = split.extractOutputValues().size()
                + values(SplitFunction.DEALS).size()
                + values(SplitFunction.BEHAVIOUR).size()
                + values(SplitFunction.SPEND).size()
                + values(SplitFunction.MERGES).size()
                + counted();
        assertThat(places).isEqualTo(1);
        assertThat(values(OUTCOMES)).contains(OutcomeCount.one(Outcome.IN, "topic/" + kind.wireName()));
        boolean isCountedHere = kind.stream() == EventKind.Stream.COMPANY && kind != EventKind.CAMPAIGN_SPEND;
        assertThat(counted()).isEqualTo(isCountedHere ? 1 : 0);
        assertThat(values(DEAD_LETTERS)).isEmpty();
    }

    @Test
    void anActivityBecomesAFactOfItsLeadWithItsRecord() throws Exception {
        send(Decoded.of(event(EventKind.CALL).lead("lead-1").build()));

        LeadInput input = split.extractOutputValues().get(0);
        assertThat(input.lead()).isEqualTo("lead-1");
        assertThat(input.sign()).isEqualTo(1);
        assertThat(input.fact().kind()).isEqualTo(EventKind.CALL);
        assertThat(input.record().id()).isEqualTo(RECORD.id());
    }

    @Test
    void behaviourOfAVisitorGoesToTheVisitorsEvenWhenItNamesItsLead() throws Exception {
        send(Decoded.of(event(EventKind.PAGE_VIEWED)
                .lead("lead-1")
                .anonymousId("visitor-1")
                .build()));

        assertThat(values(SplitFunction.BEHAVIOUR)).hasSize(1);
        assertThat(split.extractOutputValues()).isEmpty();
    }

    @Test
    void mergesGoToWhoKnowsWhichLeadsAreOne() throws Exception {
        send(Decoded.of(
                event(EventKind.LEAD_MERGED).lead("lead-1").subject("lead-2").build()));
        send(Decoded.of(event(EventKind.LEAD_UNMERGED).lead("lead-1").build()));

        assertThat(values(SplitFunction.MERGES)).extracting(SalesEvent::lead).containsExactly("lead-1", "lead-1");
        assertThat(split.extractOutputValues()).isEmpty();
    }

    @Test
    void aDeadLetterIsCountedAsInAndLeftToBeCountedWhereItIsWritten() throws Exception {
        DeadLetter letter = new DeadLetter(RECORD, Reason.INVALID_JSON, "no JSON");
        send(Decoded.of(letter));

        assertThat(values(DEAD_LETTERS))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(letter);
        assertThat(values(OUTCOMES)).containsExactly(OutcomeCount.one(Outcome.IN));
    }

    @Test
    void aRecordOfConfigurationIsCountedOnly() throws Exception {
        send(Decoded.CONFIGURATION);

        assertThat(values(OUTCOMES))
                .containsExactly(OutcomeCount.one(Outcome.IN), OutcomeCount.one(Outcome.CONFIGURATION));
        assertThat(split.extractOutputValues()).isEmpty();
    }

    private static SalesEvent.Builder event(EventKind kind) {
        return SalesEvent.builder(1, "test/1", kind, 1_000, RECORD);
    }

    private void send(Decoded decoded) throws Exception {
        split.processElement(new StreamRecord<>(decoded));
    }

    private int counted() {
        return (int) values(OUTCOMES).stream()
                .filter(count -> count.outcome() == Outcome.COUNTED)
                .count();
    }

    private <T> List<T> values(OutputTag<T> tag) {
        List<T> values = new ArrayList<>();
        if (split.getSideOutput(tag) != null) {
            split.getSideOutput(tag).forEach(record -> values.add(record.getValue()));
        }
        return values;
    }
}
