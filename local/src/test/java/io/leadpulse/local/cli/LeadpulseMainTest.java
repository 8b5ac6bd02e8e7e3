package io.leadpulse.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeadpulseMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Java takes it for the folder in which the command was started. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "check --config=",
                "replay events.ndjson --out=",
                "replay events.ndjson --out results --config=",
                "simulate --out=",
                "demo --data=",
                "import csv f.csv --mapping=",
            })
    void anEmptyNameIsNoFileAndNoFolder(String command) {
        String option = command.substring(command.lastIndexOf(' ') + 1, command.length() - 1);

        assertThat(run(command.split(" ", -1))).isEqualTo(ExitCode.UNUSABLE);
        assertThat(text())
                .startsWith("Invalid value for option '" + option + "'")
                .contains(": \"\"; allowed: ");
        assertThat(out.size()).isZero();
    }

    @Test
    void neitherIsAnEmptyArgument() {
        assertThat(run("import", "maven-crm", "")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(text()).startsWith("Invalid value for positional parameter at index 0 (DIR): \"\"; allowed: ");
    }

    @Test
    void aNameThatNoFileCanHaveIsToldWithoutAnExceptionOfJava() {
        assertThat(run("check", "--config", "a\0b")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(text()).startsWith("Invalid value for option '--config'").doesNotContain("java.");
    }

    private int run(String... args) {
        return LeadpulseMain.run(new Console(out, new PrintStream(err, true, StandardCharsets.UTF_8), false), args);
    }

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
