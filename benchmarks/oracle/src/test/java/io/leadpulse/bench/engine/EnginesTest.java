package io.leadpulse.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnginesTest {
    @Test
    void eachHasALetterOfItsOwn() {
        assertThat(Engines.all()).extracting(Engine::letter).containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThatThrownBy(() -> Engines.of(List.of("f", "x")))
                .hasMessage("no engine \"x\"; there are a, b, c, d, e, f, g");
    }

    @Test
    void onlyThoseThatGoOnCanBeKilled() {
        assertThat(Engines.all().stream().filter(Engine::isContinued))
                .extracting(Engine::title)
                .containsExactly("Kafka Streams", "Leadpulse");
    }
}
