package io.leadpulse.serving.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.schemas.Topics;
import org.junit.jupiter.api.Test;

/** Times are seconds; the grace is a minute. */
class HeardTest {
    private static final String CRM = Topics.ACTIVITIES;
    private static final String WEB = Topics.BEHAVIOUR;

    private final Heard heard = new Heard(CRM, 60_000);

    @Test
    void nobodyIsWaitedForWhoHasNeverSpoken() {
        crm(null, 100);

        assertThat(heard.upToMillis()).isEmpty();
    }

    @Test
    void theCrmIsHeardUpToWhatItSaidLastAndUpToAGraceAgo() {
        crm(100, 101);
        isHeardUpTo(100);
        crm(100, 150);
        isHeardUpTo(100);
        crm(100, 170);
        isHeardUpTo(110);
    }

    @Test
    void theWebSiteIsHeardUpToNowAndDoesNotStandInForTheCrm() {
        web(100, 101);
        isHeardUpTo(101);
        crm(100, 101);
        web(120, 120);
        crm(100, 120);

        isHeardUpTo(100);
    }

    @Test
    void whoSpeaksAgainAfterAPauseIsFirstHeardOut() {
        crm(100, 101);
        crm(220, 220);
        isHeardUpTo(160);
        crm(230, 234);
        isHeardUpTo(174);
        crm(230, 235);
        isHeardUpTo(230);
    }

    @Test
    void whoSpeaksAllTheTimeIsNotHeardOut() {
        crm(100, 101);
        crm(115, 115);
        isHeardUpTo(115);
        crm(130, 130);

        isHeardUpTo(130);
    }

    @Test
    void nothingMoreIsBelievedOfASilentSourceUntilItHasSpokenForAWhile() {
        crm(100, 101);
        see(CRM, 100, true, 161);
        see(CRM, 100, true, 400);
        isHeardUpTo(100);
        crm(410, 410);
        crm(424, 424);
        isHeardUpTo(100);
        crm(424, 425);
        isHeardUpTo(424);
    }

    @Test
    void aSilentWebSiteIsNotBelievedEither() {
        web(100, 101);
        see(WEB, 100, true, 400);
        isHeardUpTo(101);
        web(401, 401);
        web(410, 416);

        isHeardUpTo(416);
    }

    @Test
    void afterAnOutageNothingIsBelievedBeforeItHasSpokenAgainForAWhile() {
        crm(100, 101);
        heard.outage(CRM, 99_000L, 101_000, 401_000);
        crm(100, 500);
        isHeardUpTo(100);
        crm(501, 501);
        crm(501, 515);
        isHeardUpTo(100);
        crm(501, 516);
        isHeardUpTo(501);
    }

    @Test
    void whoWasFasterThanTheFirstLookAfterAnOutageIsHeardOutFromThen() {
        crm(100, 101);
        heard.outage(CRM, 399_000L, 101_000, 401_000);
        crm(405, 415);
        isHeardUpTo(100);
        crm(405, 416);
        isHeardUpTo(405);
    }

    @Test
    void theWebSiteProvesNoAlertFalseSoItIsNotWaitedForAfterAnOutage() {
        web(100, 101);
        heard.outage(WEB, 99_000L, 101_000, 401_000);
        web(100, 402);

        isHeardUpTo(402);
    }

    @Test
    void whatWasHeardBeforeARestartStands() {
        heard.before(50_000);
        heard.outage(CRM, 40_000L, 55_000, 400_000);

        isHeardUpTo(50);
    }

    @Test
    void aRecordThatIsNewerThanNowIsHeardUpToNow() {
        crm(7_000, 101);
        isHeardUpTo(101);
    }

    private void crm(Integer appended, int now) {
        see(CRM, appended, false, now);
    }

    private void web(int appended, int now) {
        see(WEB, appended, false, now);
    }

    private void see(String topic, Integer appended, boolean silent, int now) {
        heard.see(topic, appended == null ? null : appended * 1_000L, silent, now * 1_000L);
    }

    private void isHeardUpTo(int seconds) {
        assertThat(heard.upToMillis()).hasValue(seconds * 1_000L);
    }
}
