package io.leadpulse.domain.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.domain.activity.WatchedRate.Share;
import io.leadpulse.domain.measure.Dimension;
import io.leadpulse.domain.measure.Measure;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WatchedRateTest {
    static Stream<Arguments> sums() {
        return Stream.of(
                Arguments.of(Measure.CALLS_MADE, List.of("3-14"), "CALL_CONNECTED  case"),
                Arguments.of(Measure.CALLS_CONNECTED, List.of("3-14"), "CALL_CONNECTED  success"),
                Arguments.of(Measure.COLD_CALLS, List.of("made"), "COLD_CALL_CONNECTED  case"),
                Arguments.of(
                        Measure.COLD_CALLS,
                        List.of("connected"),
                        "COLD_CALL_CONNECTED  success, COLD_CALL_MEETING  case"),
                Arguments.of(Measure.COLD_CALLS, List.of("meeting"), "COLD_CALL_MEETING  success"),
                Arguments.of(Measure.MEETINGS, List.of("completed"), "MEETING_HELD  case success"),
                Arguments.of(Measure.MEETINGS, List.of("demo_held"), "MEETING_HELD  case success"),
                Arguments.of(Measure.MEETINGS, List.of("no_show"), "MEETING_HELD  case"),
                Arguments.of(Measure.MEETINGS, List.of("cancelled"), ""),
                Arguments.of(Measure.MAILS, List.of("delivered", "person", "spring"), "MAIL_REPLIED spring case"),
                Arguments.of(Measure.MAILS, List.of("replied_soon", "person", ""), "MAIL_REPLIED  success"),
                Arguments.of(Measure.MAILS, List.of("replied", "person", ""), ""),
                Arguments.of(Measure.MAILS, List.of("opened", "person", ""), ""),
                Arguments.of(Measure.MAILS, List.of("replied", "automatic", "n"), "AUTOMATIC_MAIL_REPLIED n success"),
                Arguments.of(Measure.MAILS, List.of("delivered", "automatic", ""), "AUTOMATIC_MAIL_REPLIED  case"),
                Arguments.of(
                        Measure.MAILS,
                        List.of("delivered", "person", "", "offer-2"),
                        "MAIL_REPLIED  case, MAIL_TEMPLATE_REPLIED offer-2 case"),
                Arguments.of(
                        Measure.MAILS,
                        List.of("replied_soon", "person", "spring", "offer-2"),
                        "MAIL_REPLIED spring success, MAIL_TEMPLATE_REPLIED offer-2 success"),
                Arguments.of(Measure.MAILS, List.of("replied", "person", "", "offer-2"), ""),
                Arguments.of(
                        Measure.MAILS,
                        List.of("delivered", "automatic", "", "letter"),
                        "AUTOMATIC_MAIL_REPLIED  case, AUTOMATIC_MAIL_TEMPLATE_REPLIED letter case"),
                Arguments.of(
                        Measure.MAILS,
                        List.of("replied", "automatic", "", "letter"),
                        "AUTOMATIC_MAIL_REPLIED  success, AUTOMATIC_MAIL_TEMPLATE_REPLIED letter success"),
                Arguments.of(
                        Measure.SMS,
                        List.of("delivered", "person", "", "short"),
                        "SMS_REPLIED  case, SMS_TEMPLATE_REPLIED short case"),
                Arguments.of(
                        Measure.SMS,
                        List.of("replied", "person", "", "short"),
                        "SMS_REPLIED  success, SMS_TEMPLATE_REPLIED short success"),
                Arguments.of(Measure.SMS, List.of("delivered", "person", ""), "SMS_REPLIED  case"),
                Arguments.of(Measure.SMS, List.of("replied", "person", ""), "SMS_REPLIED  success"),
                Arguments.of(Measure.SMS, List.of("delivered", "automatic", ""), ""),
                Arguments.of(Measure.DEMOS, List.of("without_deal"), "DEMO_OPPORTUNITY  case"),
                Arguments.of(Measure.DEMOS, List.of("opportunity"), "DEMO_OPPORTUNITY  success"),
                Arguments.of(Measure.DEMOS, List.of("with_deal"), "DEMO_NEXT_STAGE  case"),
                Arguments.of(Measure.DEMOS, List.of("next_stage"), "DEMO_NEXT_STAGE  success"),
                Arguments.of(Measure.STEPS, List.of("moved_on", "demo"), "STAGE_MOVED_ON demo case success"),
                Arguments.of(Measure.STEPS, List.of("stopped", "demo"), "STAGE_MOVED_ON demo case"),
                Arguments.of(Measure.STEPS, List.of("won", "offer"), "STAGE_WON offer case success"),
                Arguments.of(Measure.STEPS, List.of("lost", "offer"), "STAGE_WON offer case"),
                Arguments.of(Measure.FORM_ACTS, List.of("trial", "form_viewed"), "FORM_SENT trial case"),
                Arguments.of(Measure.FORM_ACTS, List.of("trial", "form_started"), ""),
                Arguments.of(Measure.FORM_ACTS, List.of("trial", "demo_requested"), "FORM_SENT trial success"),
                Arguments.of(Measure.WON_COUNT, List.of(""), ""));
    }

    @ParameterizedTest
    @MethodSource("sums")
    void aSumOfADayAddsTo(Measure measure, List<String> parts, String shares) {
        String dimension = Dimension.of(parts.toArray(String[]::new));
        assertThat(String.join(
                        ", ",
                        WatchedRate.of(measure, dimension).stream()
                                .map(WatchedRateTest::words)
                                .toList()))
                .isEqualTo(shares);
    }

    /** A rate without cases or without successes would never, or always, be told of. */
    @Test
    void everyRateHasCasesAndSuccesses() {
        Set<WatchedRate> withCases = EnumSet.noneOf(WatchedRate.class);
        Set<WatchedRate> withSuccesses = EnumSet.noneOf(WatchedRate.class);
        sums().forEach(each -> {
            Measure measure = (Measure) each.get()[0];
            String dimension = Dimension.of(
                    ((List<?>) each.get()[1]).stream().map(String.class::cast).toArray(String[]::new));
            for (Share share : WatchedRate.of(measure, dimension)) {
                assertThat(WatchedRate.MEASURES).contains(measure);
                if (share.isCase()) {
                    withCases.add(share.rate());
                }
                if (share.isSuccess()) {
                    withSuccesses.add(share.rate());
                }
            }
        });
        assertThat(withCases).containsExactlyInAnyOrder(WatchedRate.values());
        assertThat(withSuccesses).containsExactlyInAnyOrder(WatchedRate.values());
    }

    /** A template's news is that of all sendings of its kind; only what replaces others is compared with all of them. */
    @Test
    void aTemplateBelongsToTheRateOfItsKind() {
        assertThat(WatchedRate.MAIL_TEMPLATE_REPLIED.whole()).isEqualTo(WatchedRate.MAIL_REPLIED);
        assertThat(WatchedRate.AUTOMATIC_MAIL_TEMPLATE_REPLIED.whole()).isEqualTo(WatchedRate.AUTOMATIC_MAIL_REPLIED);
        assertThat(WatchedRate.SMS_TEMPLATE_REPLIED.whole()).isEqualTo(WatchedRate.SMS_REPLIED);
        assertThat(WatchedRate.MAIL_REPLIED.whole()).isEqualTo(WatchedRate.MAIL_REPLIED);
        assertThat(WatchedRate.FORM_SENT.whole()).isNull();
        for (WatchedRate rate : WatchedRate.values()) {
            assertThat(rate.newIsComparedWithAll())
                    .as("%s", rate)
                    .isEqualTo(rate.whole() != null && rate.whole() != rate);
        }
    }

    private static String words(Share share) {
        return share.rate() + " " + share.part() + (share.isCase() ? " case" : "")
                + (share.isSuccess() ? " success" : "");
    }
}
