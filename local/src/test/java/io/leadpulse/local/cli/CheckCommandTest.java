package io.leadpulse.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void withoutAFileTheDefaultsAreValid() {
        assertThat(check()).isEqualTo(ExitCode.OK);

        assertThat(text(err)).isEmpty();
        assertThat(text(out).lines())
                .containsExactly(
                        "configuration is valid",
                        "company:     My company",
                        "zone:        UTC",
                        "currency:    EUR",
                        "calendar:    gregorian months, weeks from monday, fiscal year from month 1, day 1",
                        "stages:      meeting 7, demo 7, offer 10, negotiation 14; others 10 (business days)",
                        "rules:       21 for acts, 0 for attributes",
                        "key metrics: Sales today, Month attainment, Pace, Open pipeline, Win rate, Sales cycle,"
                                + " Lead-to-SQL rate, First-contact time, Stuck leads",
                        "digest:      at 08:00, on working days, to the team leads",
                        "goals, reps: 0, 0");
    }

    @Test
    void aValidFileIsSummedUp() throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), """
                company: {name: Größe, zone: Europe/Berlin, currency: USD}
                deal_stages: [{name: offer, limit_business_days: 2.5}, {name: parked, limit_business_days: 0}]
                key_metrics: [pace, {metric: win_rate, goal: 0.35}, {metric: first_contact_time, limit: 1.5}]
                alerts: {daily_digest: {at: "07:30", on_days_off: true, recipients: [lena, leo]}}
                """);

        assertThat(check("--config", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(text(out))
                .contains("Größe", "Europe/Berlin", "USD", "offer 2.5, parked never; others 10")
                .contains(
                        "key metrics: Pace, Win rate (goal 0.35 0..1), First-contact time (limit 1.5 business hours)\n")
                .contains("digest:      at 07:30, every day, to lena, leo\n");
    }

    @Test
    void thePersianFileIsValid() throws IOException {
        Path file = folder.resolve("persian.yaml");
        try (InputStream shipped = CheckCommandTest.class.getResourceAsStream("/config/persian.yaml")) {
            Files.copy(shipped, file);
        }

        assertThat(check("--config", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(text(out).lines())
                .contains(
                        "zone:        Asia/Tehran",
                        "currency:    IRR, shown as toman; converted: EUR, USD",
                        "calendar:    persian months, weeks from saturday, fiscal year from month 1, day 1",
                        "goals, reps: 5, 0");
    }

    @Test
    void everyProblemStandsOnALineOfItsOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), """
                company:
                  zone: Berlin
                  curency: EUR
                retention_days: 10
                """);

        assertThat(check("--config", file.toString())).isEqualTo(ExitCode.UNUSABLE);
        assertThat(text(out)).isEmpty();
        assertThat(text(err).lines())
                .containsExactly(
                        "company.zone (line 2): \"Berlin\"; allowed: an IANA time zone, such as Europe/Berlin or UTC",
                        "company.curency (line 3): unknown key; allowed: did you mean currency? one of"
                                + " fiscal_year_start, name, zone, currency, display_unit, months, week_start",
                        "retention_days (line 4): 10; allowed: a whole number from 400 to 3650",
                        "leadpulse: 3 problems; the configuration is not valid");
    }

    @Test
    void aMissingFileIsOneProblem() {
        assertThat(check("--config", folder.resolve("none.yaml").toString())).isEqualTo(ExitCode.UNUSABLE);
        assertThat(text(err)).contains("there is no such file").contains("1 problem;");
    }

    @Test
    void aDiskThatIsFullIsSaidAndAReaderThatGoesAwayIsNot() {
        assertThat(checkInto(FailingOutput.saying("No space left on device"))).isEqualTo(ExitCode.FAILED);
        assertThat(text(err)).isEqualTo("leadpulse: cannot write: No space left on device" + System.lineSeparator());
        err.reset();
        assertThat(checkInto(FailingOutput.saying("Broken pipe"))).isEqualTo(ExitCode.BROKEN_PIPE);
        assertThat(text(err)).isEmpty();
    }

    private int check(String... args) {
        return checkInto(out, args);
    }

    private int checkInto(OutputStream output, String... args) {
        Console console = new Console(output, new PrintStream(err, true, StandardCharsets.UTF_8), false);
        return new CommandLine(new CheckCommand(console)).execute(args);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
