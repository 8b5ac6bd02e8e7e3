package io.leadpulse.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job wrote, reduced to the newest value of each key. */
class ResultReducerTest {
    private static final String TOPIC = "some.results.v1";

    @TempDir
    private Path folder;

    private Path part;

    @BeforeEach
    void makeFolder() throws IOException {
        part = Files.createDirectories(folder.resolve("job").resolve(TOPIC)).resolve("part-0-0");
    }

    @Test
    void keepsTheNewestValueOfEachKeySortedByKey() throws Exception {
        Files.writeString(part, "12\t1\tb\t{\"v\":2}\n7\t1\ta\t{\"v\":1}\n9\t1\tb\t{\"v\":0}\n");

        assertThat(reduce()).containsExactly(Map.entry(TOPIC, 2L));
        assertThat(Files.readAllLines(folder.resolve(TOPIC + ".ndjson")))
                .containsExactly("{\"key\":\"a\",\"value\":{\"v\":1}}", "{\"key\":\"b\",\"value\":{\"v\":2}}");
    }

    /** Of a torn file nothing may pass for a result. */
    @ParameterizedTest
    @ValueSource(strings = {"12\t1", "1x\t1\ta\t{}", "1\t-1\ta\t{}"})
    void aLineThatIsCutIsAnError(String line) throws Exception {
        Files.writeString(part, line + "\n");

        assertThatThrownBy(this::reduce).isInstanceOf(IOException.class).hasMessage("a result line of part-0-0 is cut");
    }

    private Map<String, Long> reduce() throws IOException {
        return new ResultReducer(folder.resolve("job")).reduceTo(folder, List.of(TOPIC));
    }
}
