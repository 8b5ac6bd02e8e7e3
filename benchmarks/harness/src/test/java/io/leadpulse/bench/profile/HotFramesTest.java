package io.leadpulse.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.bench.profile.StackFrame.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HotFramesTest {
    private static final String RUN = "java.lang.Thread.run";
    private static final String LEAD = "io.leadpulse.lead.LeadFunction.process";
    private static final String SCORE = "io.leadpulse.domain.score.ScoreBook.evaluate";
    private static final String PUT = "java.util.HashMap.put";

    private final List<StackSample> seen = new ArrayList<>();

    @Test
    void tellsWhatAFrameDoesFromWhatItHasOthersDo() {
        see(1, "leads", RUN, LEAD, SCORE);
        see(2, "leads", RUN, LEAD, SCORE, PUT);
        see(4, "leads", RUN, LEAD);
        see(3, "reader", RUN, PUT);

        assertThat(text())
                .contains("10 samples")
                .contains("70.0 %  leads")
                .contains("30.0 %  reader")
                .contains(" 40.0 %   40.0 %     70.0 %  " + LEAD)
                .contains(" 10.0 %   30.0 %     30.0 %  " + SCORE)
                .doesNotContain(PUT);
    }

    @Test
    void aMethodThatCallsItselfIsCountedOnce() {
        see(1, "leads", RUN, LEAD, LEAD, LEAD);

        assertThat(text()).contains("100.0 %  100.0 %    100.0 %  " + LEAD);
    }

    @Test
    void ofThoseWithinAnotherTheOuterComesFirstByInclusiveAndTheInnerByOwn() {
        see(3, "leads", RUN, LEAD, SCORE);
        see(1, "leads", RUN, LEAD);

        String text = text();
        String byOwn = text.substring(text.indexOf("by own"), text.indexOf("by inclusive"));
        String byInclusive = text.substring(text.indexOf("by inclusive"));
        assertThat(byOwn.indexOf(SCORE)).isLessThan(byOwn.indexOf(LEAD));
        assertThat(byInclusive.indexOf(LEAD)).isLessThan(byInclusive.indexOf(SCORE));
    }

    @Test
    void threadsOfAKindAreOne() {
        assertThat(Profile.threadsOf("leads -> combined (1/2)#0")).isEqualTo("leads -> combined");
        assertThat(Profile.threadsOf("leads -> combined (2/2)#11")).isEqualTo("leads -> combined");
        assertThat(Profile.threadsOf("flink-pekko.actor.default-dispatcher-7"))
                .isEqualTo("flink-pekko.actor.default-dispatcher");
        assertThat(Profile.threadsOf("main")).isEqualTo("main");
        assertThat(Profile.threadsOf("42")).isEqualTo("42");
    }

    @Test
    void lambdasOfAPlaceAreOne() {
        assertThat(Profile.methodOf("io.leadpulse.bench.agent.EngineAgent$$Lambda$98+0x00007f62fc00b000.163729", "run"))
                .isEqualTo(Profile.methodOf("io.leadpulse.bench.agent.EngineAgent$$Lambda/0x00007f62fc00b008", "run"))
                .isEqualTo("io.leadpulse.bench.agent.EngineAgent$$Lambda.run");
        assertThat(Profile.methodOf(LEAD, "run")).isEqualTo(LEAD + ".run");
    }

    private void see(int times, String threads, String... methods) {
        List<StackFrame> frames = Arrays.stream(methods)
                .map(method -> new StackFrame(method, Kind.COMPILED))
                .toList();
        seen.addAll(Collections.nCopies(times, new StackSample(threads, frames)));
    }

    private String text() {
        return new HotFrames(Profile.of(seen)).text();
    }
}
