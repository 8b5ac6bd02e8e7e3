package io.leadpulse.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.local.DataSets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void eventsGoToOutputAndTheReportToErrorWithTheSummaryLast() throws IOException {
        int code = run(
                false,
                "import",
                "maven-crm",
                DataSets.lookalike(DataSets.MAVEN_CRM).toString());

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(Files.readString(DataSets.lookalike("maven_crm.golden.ndjson")));
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .startsWith("sales_pipeline.csv:58: no_time: Prospecting without engage_date")
                .contains("rows: sales_pipeline.csv: 60 rows = 56 converted + 4 reported")
                .endsWith("imported: 67 rows = 63 converted + 4 reported (no_time 4); 110 records written");
    }

    @Test
    void anUnknownZoneOrCurrencyIsNamedWithoutAnExceptionOfJava() {
        String export = DataSets.lookalike(DataSets.MAVEN_CRM).toString();

        assertThat(run(false, "import", "maven-crm", "--zone", "Mars", export)).isEqualTo(ExitCode.UNUSABLE);
        assertThat(run(false, "import", "maven-crm", "--currency", "XYZ", export))
                .isEqualTo(ExitCode.UNUSABLE);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Invalid value for option '--zone': \"Mars\" is no time zone, such as Europe/Berlin or UTC")
                .contains("Invalid value for option '--currency': \"XYZ\" is no currency of ISO 4217, such as EUR")
                .doesNotContain("java.");
    }

    @Test
    void theOtherSourcesAreReachableToo() {
        assertThat(run(
                        false,
                        "import",
                        "pipedrive-changelog",
                        DataSets.lookalike(DataSets.PIPEDRIVE_CHANGELOG).toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(run(
                        false,
                        "import",
                        "csv",
                        "--mapping",
                        DataSets.projectRoot()
                                .resolve("docs/examples/maven-crm.mapping.yaml")
                                .toString(),
                        DataSets.lookalike(DataSets.MAVEN_CRM)
                                .resolve("sales_pipeline.csv")
                                .toString()))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void zoneAndCurrencyAreTaken() {
        run(
                false,
                "import",
                "maven-crm",
                DataSets.lookalike(DataSets.MAVEN_CRM).toString(),
                "--zone",
                "Asia/Tehran",
                "--currency=EUR");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("T00:00:00+03:30\"")
                .contains("\"currency\":\"EUR\"");
    }

    @Test
    void whatCannotBeUsedIsOneClearErrorAndNoOutput() throws IOException {
        assertThat(run(false, "import", "maven-crm", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.UNUSABLE);
        assertThat(run(false, "import", "maven-crm", folder.toString())).isEqualTo(ExitCode.UNUSABLE);
        Path mapping = folder.resolve("m.yaml");
        Files.writeString(mapping, "source: s\nzone: Nowhere/Land\n");
        assertThat(run(false, "import", "csv", "--mapping", mapping.toString(), "f.csv"))
                .isEqualTo(ExitCode.UNUSABLE);

        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "leadpulse: no such folder: " + folder.resolve("none"),
                        "leadpulse: no such file: " + folder.resolve("products.csv"),
                        "leadpulse: " + mapping
                                + ": zone: \"Nowhere/Land\"; allowed: an IANA zone such as Europe/Berlin",
                        "leadpulse: " + mapping + ": events is missing; allowed: a list of at least one event");
    }

    @Test
    void wrongArgumentsAreUsageErrors() {
        assertThat(run(false, "import", "maven-crm", folder.toString(), "--zone", "Mars/Base"))
                .isEqualTo(ExitCode.UNUSABLE);
        assertThat(run(false, "import", "maven-crm")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(run(false, "import")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(run(false, "dance")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(out.size()).isZero();
    }

    @Test
    void aReaderThatGoesAwayEndsTheImportQuietly() {
        assertThat(runInto(FailingOutput.saying("Broken pipe"), false)).isEqualTo(ExitCode.BROKEN_PIPE);
        assertThat(err.size()).isZero();
    }

    @Test
    void aDiskThatIsFullIsSaid() {
        assertThat(runInto(FailingOutput.saying("No space left on device"), false))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("leadpulse: cannot write: No space left on device" + System.lineSeparator());
    }

    @Test
    void aProgressBarIsDrawnOnlyWhileSomebodyWatches() {
        run(false, "import", "maven-crm", DataSets.lookalike(DataSets.MAVEN_CRM).toString());
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("Reading");

        run(true, "import", "maven-crm", DataSets.lookalike(DataSets.MAVEN_CRM).toString());
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Reading");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("Reading");
    }

    private int run(boolean interactive, String... args) {
        return LeadpulseMain.run(console(out, interactive), args);
    }

    private int runInto(OutputStream output, boolean interactive) {
        return LeadpulseMain.run(
                console(output, interactive),
                "import",
                "maven-crm",
                DataSets.lookalike(DataSets.MAVEN_CRM).toString());
    }

    private Console console(OutputStream output, boolean interactive) {
        return new Console(output, new PrintStream(err, true, StandardCharsets.UTF_8), interactive);
    }
}
