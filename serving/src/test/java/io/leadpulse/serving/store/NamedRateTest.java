package io.leadpulse.serving.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.activity.WatchedRate;
import io.leadpulse.domain.measure.Measure;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamedRateTest {
    private static final List<String> MEETINGS =
            List.of("scheduled", "booked", "completed", "demo_held", "declined", "cancelled", "no_show");

    /** A change must be judged by the number that boards show and of which people are told under the same name. */
    @Test
    void theShowRateOfAChangeIsThatOfMeetingsAndDemosOfWhichPeopleAreTold() {
        assertThat(NamedRate.SHOW_RATE.reached()).containsExactlyElementsOf(parts(WatchedRate.Share::isSuccess));
        assertThat(NamedRate.SHOW_RATE.cases()).containsExactlyElementsOf(parts(WatchedRate.Share::isCase));
    }

    private static List<NamedRate.Part> parts(Predicate<WatchedRate.Share> which) {
        return MEETINGS.stream()
                .filter(what -> shares(what).anyMatch(which))
                .map(what -> new NamedRate.Part(Measure.MEETINGS, what))
                .toList();
    }

    private static Stream<WatchedRate.Share> shares(String what) {
        return WatchedRate.of(Measure.MEETINGS, what).stream()
                .filter(share -> share.rate() == WatchedRate.MEETING_HELD);
    }
}
