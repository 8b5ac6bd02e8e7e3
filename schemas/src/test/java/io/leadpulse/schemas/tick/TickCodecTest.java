package io.leadpulse.schemas.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leadpulse.schemas.Contracts;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickCodecTest {
    private static final Tick TICK =
            new Tick(Rfc3339.millis("2026-03-02T09:00:01.250Z"), Set.of(Topics.BEHAVIOUR, Topics.ACTIVITIES));

    @Test
    void aTickIsWrittenByItsSchemaWithSortedTopics() {
        byte[] bytes = TickCodec.encode(TICK);

        assertThat(text(bytes))
                .isEqualTo("{\"time\":\"2026-03-02T09:00:01.250Z\","
                        + "\"silent\":[\"crm.activities.v1\",\"web.behaviour.v1\"]}");
        assertThat(Contracts.problems(Topics.TICKS, Contracts.json(bytes))).isEmpty();
        assertThat(Contracts.problems(Topics.TICKS, Contracts.json(TickCodec.encode(new Tick(0, Set.of())))))
                .isEmpty();
    }

    @Test
    void howFarTheSourcesHaveBeenHeardIsWrittenWhenItIsKnown() {
        Tick tick = new Tick(TICK.timeMillis(), Set.of(), Rfc3339.millis("2026-03-02T08:59:00Z"));
        byte[] bytes = TickCodec.encode(tick);

        assertThat(text(bytes))
                .isEqualTo("{\"time\":\"2026-03-02T09:00:01.250Z\",\"silent\":[],"
                        + "\"heard\":\"2026-03-02T08:59:00.000Z\"}");
        assertThat(Contracts.problems(Topics.TICKS, Contracts.json(bytes))).isEmpty();
        assertThat(TickCodec.decode(bytes)).isEqualTo(tick);
    }

    @Test
    void aTickIsReadAgainWithoutLoss() {
        assertThat(TickCodec.decode(TickCodec.encode(TICK))).isEqualTo(TICK);
        assertThat(TickCodec.decode(TickCodec.encode(new Tick(0, Set.of())))).isEqualTo(new Tick(0, Set.of()));
    }

    @Test
    void whatALaterVersionAddsOrLeavesOutDoesNoHarm() {
        assertThat(TickCodec.decode(bytes("{\"later\":[1],\"time\":\"2026-03-02T10:00:01.25+01:00\"}")))
                .isEqualTo(new Tick(TICK.timeMillis(), Set.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{ ; a tick must be a JSON object",
                "[] ; a tick must be a JSON object",
                "`` ; a tick must be a JSON object",
                "{} ; time must be",
                "{\"time\":17} ; time must be",
                "{\"time\":\"2026-03-02T10:00:01\"} ; time must be",
                "{\"time\":\"2026-03-02T10:00:01Z\",\"silent\":\"all\"} ; silent must be",
                "{\"time\":\"2026-03-02T10:00:01Z\",\"silent\":[1]} ; silent must be",
                "{\"time\":\"2026-03-02T10:00:01Z\",\"heard\":\"now\"} ; heard must be"
            })
    void whatIsNoTickIsRefused(String json, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TickCodec.decode(bytes(json)))
                .withMessageStartingWith(problem);
    }

    @Test
    void aTombstoneIsNoTick() {
        assertThatIllegalArgumentException().isThrownBy(() -> TickCodec.decode(null));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
