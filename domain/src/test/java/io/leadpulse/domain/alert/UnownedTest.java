package io.leadpulse.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.OpenSpan;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnownedTest {
    private static final List<Stay> NEW_FROM_10 = List.of(new Stay("new", 10, Stay.OPEN));

    @Test
    void aLeadInAStageIsUnownedUntilSomebodyOwnsIt() {
        assertThat(spans(NEW_FROM_10, List.of(), List.of())).containsExactly("10-");
        assertThat(spans(NEW_FROM_10, List.of(new Ownership("ada", 10)), List.of()))
                .isEmpty();
        assertThat(spans(NEW_FROM_10, List.of(new Ownership("ada", 15)), List.of()))
                .containsExactly("10-15");
        assertThat(spans(NEW_FROM_10, List.of(new Ownership("ada", 5), new Ownership(null, 20)), List.of()))
                .containsExactly("20-");
    }

    @Test
    void whatNobodyIsToWorkOnNeedsNoOwner() {
        List<Stay> stays = List.of(new Stay("new", 10, 20), new Stay("contacted", 40, 50));

        assertThat(spans(stays, List.of(), List.of())).containsExactly("10-20", "40-50");
        assertThat(spans(List.of(), List.of(), List.of())).isEmpty();
    }

    @Test
    void stagesThatFollowEachOtherAreOneTime() {
        List<Stay> stays = List.of(new Stay("new", 10, 20), new Stay("contacted", 20, 50));

        assertThat(spans(stays, List.of(), List.of())).containsExactly("10-50");
    }

    @Test
    void theOwnerOfADealOwnsItWhileItIsOpen() {
        List<Stay> stays = List.of(new Stay("new", 10, 20));

        assertThat(spans(stays, List.of(), List.of(deal(false, 20, 30, new Ownership("bo", 20)))))
                .containsExactly("10-20");
        assertThat(spans(stays, List.of(), List.of(deal(false, 20, 30)))).containsExactly("10-30");
        assertThat(spans(stays, List.of(), List.of(deal(false, 20, 30, new Ownership("bo", 25)))))
                .containsExactly("10-25");
    }

    @Test
    void theOwnerOfTheLeadOwnsItsDealsToo() {
        assertThat(spans(List.of(), List.of(new Ownership("ada", 25)), List.of(deal(false, 20, Stay.OPEN))))
                .containsExactly("20-25");
    }

    @Test
    void aDeletedDealWantsNoOwner() {
        assertThat(spans(List.of(), List.of(), List.of(deal(true, 20, 30)))).isEmpty();
    }

    private static List<String> spans(List<Stay> stays, List<Ownership> owners, List<Deal> deals) {
        return Unowned.spans(stays, owners, deals).stream()
                .map(span -> span[0] + "-" + (span[1] == Long.MAX_VALUE ? "" : span[1]))
                .toList();
    }

    private static Deal deal(boolean deleted, long openedMillis, long closedMillis, Ownership... owners) {
        return new Deal(
                "D1",
                "L1",
                openedMillis,
                closedMillis,
                closedMillis == Stay.OPEN ? Deal.Outcome.OPEN : Deal.Outcome.LOST,
                deleted,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(owners),
                List.of(),
                List.of(new OpenSpan(openedMillis, closedMillis)),
                closedMillis);
    }
}
