package io.leadpulse.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.Deal.Outcome;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Times are small numbers: only their order matters here. */
class LeadStagesTest {

    private long nextId;

    @Test
    void leadIsNewUntilTheFirstContactAndContactedUntilQualified() {
        assertThat(stays(created(10), fact(20, EventKind.CALL), status(30, "Qualified")))
                .containsExactly(
                        new Stay("new", 10, 20), new Stay("contacted", 20, 30), new Stay("qualified", 30, Stay.OPEN));
    }

    @Test
    void workingStatusDoesNotUndoTheQualification() {
        assertThat(stays(created(10), status(20, "qualified"), status(30, "working")))
                .containsExactly(new Stay("new", 10, 20), new Stay("qualified", 20, Stay.OPEN));
    }

    @Test
    void dealUsesUpTheQualification() {
        List<Deal> lost = List.of(deal("D1", 30, 40, Outcome.LOST));

        assertThat(stays(lost, created(10), status(20, "qualified")))
                .containsExactly(new Stay("new", 10, 20), new Stay("qualified", 20, 30));
        assertThat(stays(lost, created(10), status(20, "qualified"), status(35, "qualified")))
                .containsExactly(new Stay("new", 10, 20), new Stay("qualified", 20, 30));
    }

    @Test
    void statusAfterALostDealBringsTheLeadBack() {
        List<Deal> lost = List.of(deal("D1", 30, 40, Outcome.LOST));

        assertThat(stays(lost, created(10), fact(15, EventKind.CALL), status(50, "working"), status(60, "qualified")))
                .containsExactly(
                        new Stay("new", 10, 15),
                        new Stay("contacted", 15, 30),
                        new Stay("contacted", 50, 60),
                        new Stay("qualified", 60, Stay.OPEN));
    }

    @Test
    void customerHasNoStageAnyMore() {
        List<Deal> won = List.of(deal("D1", 30, 40, Outcome.WON), deal("D2", 50, 60, Outcome.LOST));

        assertThat(stays(won, created(10), status(70, "working"))).containsExactly(new Stay("new", 10, 30));
    }

    @Test
    void twoOpenDealsPauseUntilBothAreClosed() {
        List<Deal> deals = List.of(deal("D1", 20, 40, Outcome.LOST), deal("D2", 30, 60, Outcome.LOST));

        assertThat(stays(deals, created(10), status(50, "working"), status(70, "working")))
                .containsExactly(new Stay("new", 10, 20), new Stay("new", 70, Stay.OPEN));
    }

    @Test
    void deletedDealNeverWas() {
        Deal deleted = new Deal(
                "D1",
                "L1",
                20,
                Stay.OPEN,
                Outcome.OPEN,
                true,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                20);

        assertThat(stays(List.of(deleted), created(10))).containsExactly(new Stay("new", 10, Stay.OPEN));
    }

    @Test
    void nurtureDisqualifiedAndCustomerHaveNoStage() {
        for (String status : List.of("nurture", "disqualified", "customer")) {
            assertThat(stays(created(10), status(20, status), fact(30, EventKind.CALL), status(40, "working")))
                    .as(status)
                    .containsExactly(new Stay("new", 10, 20), new Stay("contacted", 40, Stay.OPEN));
        }
    }

    @Test
    void rejectionEndsTheStageAndAcceptanceBringsItBack() {
        assertThat(stays(created(10), fact(20, EventKind.LEAD_REJECTED), fact(30, EventKind.LEAD_ACCEPTED)))
                .containsExactly(new Stay("new", 10, 20), new Stay("new", 30, Stay.OPEN));
    }

    @Test
    void withoutFactsThereIsNoStage() {
        assertThat(LeadStages.stays(List.of(), List.of(deal("D1", 10, 20, Outcome.LOST))))
                .isEmpty();
    }

    @Test
    void ownersFollowAssignments() {
        List<Fact> facts = List.of(
                fact(30, EventKind.LEAD_ASSIGNED).owner("bo").build(),
                fact(10, EventKind.LEAD_CREATED).owner("ada").build(),
                fact(20, EventKind.LEAD_ASSIGNED).owner("ada").build(),
                fact(40, EventKind.LEAD_ASSIGNED).build());

        assertThat(LeadStages.owners(facts))
                .containsExactly(new Ownership("ada", 10), new Ownership("bo", 30), new Ownership(null, 40));
    }

    @Test
    void dwellIsTheSumOfEndedStays() {
        assertThat(StageDwell.closedMillisByStage(List.of(
                        new Stay("demo", 0, 10),
                        new Stay("offer", 10, 10),
                        new Stay("demo", 10, 15),
                        new Stay("negotiation", 15, Stay.OPEN))))
                .isEqualTo(Map.of("demo", 15L, "offer", 0L));
    }

    @Test
    void defaultLimitsAreThoseOfTheDefinitions() {
        assertThat(StageLimits.DEFAULT.limitMilliDays("new")).isEqualTo(StageLimits.NO_LIMIT);
        assertThat(StageLimits.DEFAULT.limitMilliDays("contacted")).isEqualTo(5_000);
        assertThat(StageLimits.DEFAULT.limitMilliDays("negotiation")).isEqualTo(14_000);
        assertThat(StageLimits.DEFAULT.limitMilliDays("legal")).isEqualTo(10_000);
        assertThatThrownBy(() -> new StageLimits(Map.of("demo", -1L), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("demo")
                .hasMessageContaining("-1");
    }

    private Fact.Builder created(long timeMillis) {
        return fact(timeMillis, EventKind.LEAD_CREATED);
    }

    private Fact.Builder status(long timeMillis, String status) {
        return fact(timeMillis, EventKind.LEAD_STATUS_CHANGED).status(status);
    }

    private Fact.Builder fact(long timeMillis, EventKind kind) {
        nextId++;
        return Fact.builder(nextId, "test/" + nextId, timeMillis, kind);
    }

    private static Deal deal(String id, long openedMillis, long closedMillis, Outcome outcome) {
        return new Deal(
                id,
                "L1",
                openedMillis,
                closedMillis,
                outcome,
                false,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                20);
    }

    private static List<Stay> stays(Fact.Builder... builders) {
        return stays(List.of(), builders);
    }

    /** Reads the facts in the order given and reversed: no rule may depend on it. */
    private static List<Stay> stays(List<Deal> deals, Fact.Builder... builders) {
        List<Fact> facts = new ArrayList<>();
        for (Fact.Builder builder : builders) {
            facts.add(builder.build());
        }
        List<Stay> stays = LeadStages.stays(facts, deals);
        Collections.reverse(facts);
        assertThat(LeadStages.stays(facts, deals)).isEqualTo(stays);
        return stays;
    }
}
