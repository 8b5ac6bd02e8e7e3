package io.leadpulse.domain.campaign;

import static io.leadpulse.domain.measure.NewYorkCompany.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

class TouchesTest {
    private static final long NEVER = Long.MAX_VALUE;

    @Test
    void aLeadThatNoCampaignTouchedHasNone() {
        assertThat(Touches.of(List.of(), NEVER)).isEqualTo(Touches.NONE);
        assertThat(Touches.of(List.of(page(1, "2025-03-03T09:00:00Z", "/", null).build()), NEVER)
                        .first())
                .isNull();
    }

    @Test
    void theFirstIsTheEarliestAndTheLastTheLatest() {
        Touches touches = Touches.of(
                List.of(
                        page(1, "2025-03-03T09:00:00Z", "/", "fair").build(),
                        page(2, "2025-03-04T09:00:00Z", "/", "search").build(),
                        page(3, "2025-03-05T09:00:00Z", "/", "mail").build()),
                NEVER);
        assertThat(touches.first()).isEqualTo(new Touch(millis("2025-03-03T09:00:00Z"), "fair", "channel of fair"));
        assertThat(touches.last().campaign()).isEqualTo("mail");
    }

    @Test
    void aDirectVisitOverwritesNothing() {
        Touches touches = Touches.of(
                List.of(
                        page(1, "2025-03-03T09:00:00Z", "/", "fair").build(),
                        page(2, "2025-03-04T09:00:00Z", "/", null).build()),
                NEVER);
        assertThat(touches.last().campaign()).isEqualTo("fair");
    }

    @Test
    void whatComesAfterTheLeadWasQualifiedDidNotQualifyIt() {
        List<Fact> facts = List.of(
                page(1, "2025-03-03T09:00:00Z", "/", "fair").build(),
                page(2, "2025-03-04T09:00:00Z", "/", "search").build(),
                page(3, "2025-03-05T09:00:00Z", "/", "mail").build());
        assertThat(Touches.of(facts, millis("2025-03-04T09:00:00Z")).last().campaign())
                .isEqualTo("search");
        assertThat(Touches.of(facts, millis("2025-03-04T08:59:59Z")).last().campaign())
                .isEqualTo("fair");
        assertThat(Touches.of(facts, millis("2025-03-01T00:00:00Z")).last().campaign())
                .as("the first, when all came later")
                .isEqualTo("fair");
    }

    @Test
    void aMachineTouchesNobody() {
        Touches touches = Touches.of(
                List.of(
                        page(1, "2025-03-03T09:00:00Z", "/bot", "scanner")
                                .automatic(true)
                                .build(),
                        page(2, "2025-03-04T09:00:00Z", "/", "search").build()),
                NEVER);
        assertThat(touches.first().campaign()).isEqualTo("search");
        assertThat(touches.landing()).isEqualTo(new Arrival(millis("2025-03-04T09:00:00Z"), "/"));
    }

    @Test
    void firstPageFormAndAssetAreWhatALeadCameInBy() {
        Touches touches = Touches.of(
                List.of(
                        page(1, "2025-03-03T09:00:00Z", "/prices", null).build(),
                        page(2, "2025-03-03T09:01:00Z", "/", null).build(),
                        Fact.builder(3, "test/3", millis("2025-03-03T09:02:00Z"), EventKind.DEMO_REQUESTED)
                                .asset("demo")
                                .build(),
                        Fact.builder(4, "test/4", millis("2025-03-03T09:03:00Z"), EventKind.FORM_SUBMITTED)
                                .asset("guide")
                                .build(),
                        Fact.builder(5, "test/5", millis("2025-03-03T09:04:00Z"), EventKind.ASSET_DOWNLOADED)
                                .asset("buyers-guide")
                                .build()),
                NEVER);
        assertThat(touches.landing()).isEqualTo(new Arrival(millis("2025-03-03T09:00:00Z"), "/prices"));
        assertThat(touches.form()).isEqualTo(new Arrival(millis("2025-03-03T09:02:00Z"), "demo"));
        assertThat(touches.asset()).isEqualTo(new Arrival(millis("2025-03-03T09:04:00Z"), "buyers-guide"));
    }

    private static Fact.Builder page(long id, String time, String path, String campaign) {
        return Fact.builder(id, "test/" + id, millis(time), EventKind.PAGE_VIEWED)
                .asset(path)
                .campaign(campaign)
                .channel(campaign == null ? null : "channel of " + campaign);
    }
}
