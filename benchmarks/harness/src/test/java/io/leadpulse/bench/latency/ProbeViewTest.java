package io.leadpulse.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.bench.workload.Probes;
import org.junit.jupiter.api.Test;

/** Which probe a result is of. */
class ProbeViewTest {
    private static final String DAY = "2026-03-02";

    @Test
    void aScoreIsSeenWhenItHasTheProbesPointsAndSpeaksOfItsTime() {
        ProbeView view = sent(2);

        view.readAt(10);
        view.score(Probes.lead(0), 1_000, 0, "cold");
        view.score(Probes.lead(1), 1_000, 20, "cold");
        view.score("L1", 2_000, 20, "cold");
        view.readAt(20);
        view.score(Probes.lead(0), 1_000, 20, "cold");
        view.readAt(30);
        view.score(Probes.lead(0), 1_500, 20, "cold");
        view.score(Probes.lead(1), 1_001, 19.99, "cold");

        assertThat(view.scoreNanos(0)).isEqualTo(20);
        assertThat(view.scoreNanos(1)).isEqualTo(30);
        assertThat(view.seen()).isEqualTo(2);
    }

    @Test
    void aSumSaysOfEachProbeWhetherItIsInIt() {
        ProbeView view = sent(3);

        view.readAt(10);
        view.sum("won_amount", Probes.scope(0), DAY, Probes.amountMinor(2));
        view.readAt(20);
        view.sum("won_amount", Probes.scope(0), DAY, Probes.amountMinor(0) + Probes.amountMinor(2));
        assertThat(view.firstWithoutSum()).isEqualTo(1);
        assertThat(view.isRightAtTheEnd()).isFalse();
        view.readAt(30);
        view.sum("won_count", Probes.scope(0), DAY, 7);
        view.sum("won_amount", "company", DAY, 7);
        view.sum("won_amount", "rep:R1", DAY, 7);
        assertThat(view.seen()).isEqualTo(2);
        view.sum("won_amount", Probes.scope(0), DAY, 7);

        assertThat(view.sumNanos(0)).isEqualTo(20);
        assertThat(view.sumNanos(1)).isEqualTo(30);
        assertThat(view.sumNanos(2)).isEqualTo(10);
        assertThat(view.problemOrNull()).isNull();
        assertThat(view.isRightAtTheEnd()).isTrue();
    }

    @Test
    void aDayThatEndsMeanwhileHasTheRestInTheNext() {
        ProbeView view = sent(2);

        view.sum("won_amount", Probes.scope(0), DAY, 1);
        view.sum("won_amount", Probes.scope(0), "2026-03-03", 2);

        assertThat(view.sumNanos(1)).isZero();
        assertThat(view.isRightAtTheEnd()).isTrue();
    }

    @Test
    void probesOfAnotherRepAreInHisSum() {
        ProbeView view = sent(40);

        view.sum("won_amount", Probes.scope(39), DAY, Probes.amountMinor(39));

        assertThat(view.sumNanos(39)).isZero();
        assertThat(Probes.scope(39)).isNotEqualTo(Probes.scope(0));
        assertThatThrownBy(() -> view.sumNanos(7)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSumOfWhatWasNotSentIsWrong() {
        ProbeView view = sent(2);

        view.sum("won_amount", Probes.scope(0), DAY, 4);

        assertThat(view.problemOrNull()).contains("rep:P0 of 2026-03-02 is 4");
    }

    @Test
    void aDealThatIsCountedTwiceIsNotRightInTheEnd() {
        ProbeView view = sent(2);
        view.sum("won_amount", Probes.scope(0), DAY, 3);
        assertThat(view.isRightAtTheEnd()).isTrue();

        view.sum("won_amount", Probes.scope(0), DAY, 2);

        assertThat(view.problemOrNull()).isNull();
        assertThat(view.isRightAtTheEnd()).isFalse();
    }

    @Test
    void itIsCompleteWhenEveryResultThatCanBeReadThereWasSeen() {
        ProbeView both = sent(1);
        ProbeView sums = new ProbeView("sums", false);
        sums.sending(1_000);

        both.sum("won_amount", Probes.scope(0), DAY, 1);
        sums.sum("won_amount", Probes.scope(0), DAY, 1);
        assertThat(sums.isComplete()).isTrue();
        assertThat(both.isComplete()).isFalse();
        assertThat(both.missing()).isEqualTo("both: of 1 probes 0 scores and 1 sums were seen");
        both.score(Probes.lead(0), 1_000, 20, "cold");

        assertThat(both.isComplete()).isTrue();
    }

    @Test
    void whoeverCannotReadAnyMoreSaysSo() {
        ProbeView view = sent(1);

        view.cannotBeRead(new IllegalArgumentException("no metric: x"));

        assertThat(view.problemOrNull()).contains("both cannot be read", "no metric: x");
    }

    /** Probes were sent, of the times 1,000, 1,001 and so on. */
    private static ProbeView sent(int probes) {
        ProbeView view = new ProbeView("both", true);
        for (int probe = 0; probe < probes; probe++) {
            view.sending(1_000 + probe);
        }
        return view;
    }
}
