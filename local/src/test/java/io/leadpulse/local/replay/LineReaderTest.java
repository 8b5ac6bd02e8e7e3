package io.leadpulse.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {
    private static final String MARK = "\uFEFF";

    @TempDir
    private Path folder;

    @Test
    void aByteOrderMarkIsSkippedAtTheBeginningOnly() throws Exception {
        assertThat(lines(MARK + "{}\n" + MARK + "{}\n")).containsExactly("{}", MARK + "{}");
        assertThat(lines(MARK)).isEmpty();
        assertThat(lines("")).isEmpty();
        assertThat(lines("ab")).containsExactly("ab");
    }

    @Test
    void placesAreThoseInTheFileBehindAByteOrderMarkToo() throws Exception {
        Path file = file(MARK + "one\ntwo\n");
        long second;
        try (LineReader reader = new LineReader(file, 0)) {
            reader.next();
            second = reader.position();
        }
        try (LineReader reader = new LineReader(file, second)) {
            assertThat(reader.next()).asString(StandardCharsets.UTF_8).isEqualTo("two");
        }
    }

    private List<String> lines(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineReader reader = new LineReader(file(text), 0)) {
            for (byte[] line = reader.next(); line != null; line = reader.next()) {
                lines.add(new String(line, StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("lines.ndjson"), text);
    }
}
