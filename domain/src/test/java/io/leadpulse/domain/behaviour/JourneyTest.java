package io.leadpulse.domain.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.activity.HourHeat;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealBook;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyTest {
    private static final long END = millis("2025-04-01T00:00:00Z");

    @Test
    void touchesMessagesAndStagesStandInOrderOfTime() {
        List<Fact> facts = List.of(
                fact(1, "2025-03-03T09:00:00Z", EventKind.PAGE_VIEWED)
                        .campaign("spring")
                        .build(),
                fact(2, "2025-03-03T09:01:00Z", EventKind.PAGE_VIEWED)
                        .campaign("spring")
                        .build(),
                fact(3, "2025-03-03T09:02:00Z", EventKind.DEMO_REQUESTED)
                        .product("pump")
                        .build(),
                fact(4, "2025-03-03T10:00:00Z", EventKind.EMAIL_SENT)
                        .automatic(true)
                        .build(),
                fact(5, "2025-03-03T11:00:00Z", EventKind.CALL)
                        .direction(Direction.OUTBOUND)
                        .build(),
                fact(6, "2025-03-05T09:00:00Z", EventKind.PAGE_VIEWED)
                        .channel("organic")
                        .build());
        List<Stay> stays = List.of(
                new Stay("new", millis("2025-03-03T09:00:00Z"), millis("2025-03-03T11:00:00Z")),
                new Stay("contacted", millis("2025-03-03T11:00:00Z"), Stay.OPEN));
        Deal deal = DealBook.resolve(
                "D-1",
                new ArrayList<>(List.of(
                        event(1, "2025-03-06T09:00:00Z", EventKind.DEAL_OPENED, "meeting"),
                        event(2, "2025-03-07T09:00:00Z", EventKind.DEAL_LOST, null))),
                DealStages.DEFAULT);

        assertThat(Journey.of(facts, stays, List.of(deal), END))
                .isEqualTo(new Journey(
                        List.of(
                                step("2025-03-03T09:00:00Z", JourneyStep.Type.TOUCH, "page_viewed", "spring"),
                                step("2025-03-03T09:00:00Z", JourneyStep.Type.STAGE, "new", null),
                                step("2025-03-03T09:02:00Z", JourneyStep.Type.MESSAGE, "demo_requested", "pump"),
                                step("2025-03-03T11:00:00Z", JourneyStep.Type.MESSAGE, "call", null),
                                step("2025-03-03T11:00:00Z", JourneyStep.Type.STAGE, "contacted", null),
                                step("2025-03-05T09:00:00Z", JourneyStep.Type.TOUCH, "page_viewed", "organic"),
                                step("2025-03-06T09:00:00Z", JourneyStep.Type.STAGE, "meeting", "D-1"),
                                step("2025-03-07T09:00:00Z", JourneyStep.Type.STAGE, "lost", "D-1")),
                        0));
    }

    @Test
    void onlyTheNewestAreKeptAndTheRestIsCounted() {
        List<Fact> calls = new ArrayList<>();
        for (int id = 0; id < Journey.MAX_STEPS + 7; id++) {
            calls.add(Fact.of(id, "test/" + id, id, EventKind.CALL));
        }
        Journey journey = Journey.of(calls, List.of(), List.of(), END);
        assertThat(journey.earlier()).isEqualTo(7);
        assertThat(journey.steps()).hasSize(Journey.MAX_STEPS);
        assertThat(journey.steps().get(0).atMillis()).isEqualTo(7);
        assertThat(Journey.of(calls, List.of(), List.of(), 3).steps()).hasSize(4);
    }

    @Test
    void aLeadsHourIsThatOfItsAnswersByTheCompanysClock() {
        List<Fact> facts = List.of(
                fact(1, "2025-03-03T08:10:00Z", EventKind.EMAIL_REPLIED).build(),
                fact(2, "2025-03-04T08:50:00Z", EventKind.CALL)
                        .connected(true)
                        .seconds(60)
                        .build(),
                fact(3, "2025-03-05T14:00:00Z", EventKind.SMS_REPLIED).build(),
                fact(4, "2025-03-05T15:00:00Z", EventKind.EMAIL_REPLIED)
                        .automatic(true)
                        .build(),
                fact(5, "2025-03-05T15:30:00Z", EventKind.CALL).build());
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        HourHeat answers = AnswerHours.of(facts, berlin, END);
        assertThat(answers.usualAnswerHour().value()).isEqualTo(9L);
        assertThat(AnswerHours.of(facts, berlin, millis("2025-03-05T13:59:59Z"))
                        .usualAnswerHour()
                        .lack()
                        .text())
                .isEqualTo("3 answers, has 2");
    }

    private static JourneyStep step(String time, JourneyStep.Type type, String kind, String about) {
        return new JourneyStep(millis(time), type, kind, about);
    }

    private static Fact.Builder fact(long id, String time, EventKind kind) {
        return Fact.builder(id, "test/" + id, millis(time), kind);
    }

    private static DealEvent event(long id, String time, EventKind kind, String stage) {
        return new DealEvent(
                id,
                "test/" + id,
                millis(time),
                kind,
                0,
                id,
                "lead-1",
                "ann",
                stage,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
