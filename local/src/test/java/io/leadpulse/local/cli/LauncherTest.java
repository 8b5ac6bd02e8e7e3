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
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher, copied into a folder with a space in its name, with a Maven that only pretends. */
class LauncherTest {
    private static final Path LAUNCHER = DataSets.projectRoot().resolve("leadpulse");

    /** Maven that notes its arguments and runs what the test wants. */
    private static final String PRETENDED_MAVEN = "#!/bin/sh\nprintf '%s\\n' \"$*\" >>\"$MAVEN_LOG\"\n";

    @TempDir
    private Path folder;

    private Path project;
    private Path tools;
    private Path mavenLog;
    private final Map<String, String> environment = new HashMap<>();
    /** The path on which the launcher looks; null for that of this machine behind our pretended programs. */
    private String path;

    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(folder.resolve("my project"));
        tools = Files.createDirectories(folder.resolve("tools"));
        mavenLog = folder.resolve("maven.log");
        Files.copy(LAUNCHER, project.resolve("leadpulse"));
        Files.createDirectories(project.resolve("local/src/main/launcher"));
        Files.writeString(project.resolve("local/src/main/launcher/jvm.options"), "# none\n");
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.writeString(project.resolve("local/pom.xml"), "<project/>");
        // Whatever this machine lacks, no test installs it.
        program("apt-get", "#!/bin/sh\nprintf '%s\\n' \"$*\" >>\"$APT_LOG\"\nexit 100\n");
        program("sudo", "#!/bin/sh\nexec \"$@\"\n");
        program("systemctl", "#!/bin/sh\nprintf 'systemctl %s\\n' \"$*\" >>\"$APT_LOG\"\n");
    }

    @Test
    void helpNeedsNoBuild() throws Exception {
        maven("exit 9");

        Outcome help = launch("--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: ./leadpulse COMMAND");
        assertThat(launch().code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(mavenLog).doesNotExist();
    }

    @Test
    void anUnknownCommandIsRefusedWithTheNearestAndBeforeABuild() throws Exception {
        maven("exit 9");

        Outcome typed = launch("dmeo", "--quiet");

        assertThat(typed.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(typed.err())
                .isEqualTo("leadpulse: unknown command \"dmeo\"; did you mean demo? ./leadpulse --help lists all\n");
        assertThat(launch("replya", "x").err()).contains("did you mean replay?");
        assertThat(launch("frobnicate").err()).contains("unknown command \"frobnicate\"; ./leadpulse --help lists all");
        assertThat(launch("a.*").err()).contains("unknown command \"a.*\"");
        assertThat(mavenLog).doesNotExist();
    }

    @Test
    void helpNamesEveryCommand() throws Exception {
        String help = launch("--help").out();
        Console console = new Console(
                new ByteArrayOutputStream(),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                false);

        assertThat(LeadpulseMain.commandLine(console).getSubcommands().keySet())
                .isNotEmpty()
                .allSatisfy(command -> assertThat(help).contains("\n  " + command + " "));
    }

    @Test
    void theJvmOptionsAreThePomsList() throws IOException {
        Matcher inPom = Pattern.compile("<flink.add-opens>([^<]*)</flink.add-opens>")
                .matcher(Files.readString(DataSets.projectRoot().resolve("pom.xml")));
        assertThat(inPom.find()).isTrue();

        List<String> options =
                Files.readAllLines(DataSets.projectRoot().resolve("local/src/main/launcher/jvm.options")).stream()
                        .filter(line -> line.startsWith("--add-opens"))
                        .toList();
        assertThat(options).isEqualTo(Arrays.asList(inPom.group(1).split(" ", -1)));
    }

    @Test
    void itBuildsOnlyWhenJarsAreMissingOrSourcesNewer() throws Exception {
        maven("mkdir -p local/target/lib && : >local/target/leadpulse-local-0.jar");
        Path source =
                Files.createDirectories(project.resolve("local/src/main/java")).resolve("A.java");
        Files.writeString(source, "class A {}");

        // There is no main class in the pretended jar: Java starts, and fails.
        assertThat(launch("import").err()).contains("leadpulse: building").contains("LeadpulseMain");
        assertThat(launch("import").err()).doesNotContain("leadpulse: building").contains("LeadpulseMain");
        assertThat(Files.readAllLines(mavenLog)).hasSize(1);

        changeAndLaunch(source);
        assertThat(Files.readAllLines(mavenLog)).hasSize(2);
    }

    @Test
    void theNextBuildLeavesTheJarsOfARunningCommand() throws Exception {
        maven("""
                mkdir -p local/target/lib
                echo built >>"$MAVEN_LOG.builds"
                for jar in leadpulse-local-0.jar lib/leadpulse-domain-0.jar; do
                    cat "$MAVEN_LOG.builds" >"local/target/$jar"
                done
                [ -e local/target/lib/other.jar ] || echo other >local/target/lib/other.jar""");
        Path source =
                Files.createDirectories(project.resolve("local/src/main/java")).resolve("A.java");
        Files.writeString(source, "class A {}");
        launch("import");
        Path first = setAside().get(0);

        // As a command that runs, which would have to be a program of ours.
        Process running = new ProcessBuilder(
                        "flock", "-s", first.resolve("lock").toString(), "sh", "-c", "echo held; cat")
                .start();
        try {
            assertThat(running.inputReader().readLine()).isEqualTo("held");
            changeAndLaunch(source);
            assertThat(setAside()).hasSize(2).contains(first);
            assertThat(first.resolve("leadpulse-local-0.jar")).hasContent("built");
            assertThat(first.resolve("lib/leadpulse-domain-0.jar")).hasContent("built");
            assertThat(first.resolve("lib/other.jar")).hasContent("other");
        } finally {
            running.outputWriter().close();
            running.waitFor();
        }

        changeAndLaunch(source);
        assertThat(setAside()).singleElement().satisfies(last -> assertThat(last.resolve("lib/leadpulse-domain-0.jar"))
                .content()
                .hasLineCount(3));
    }

    @Test
    void itRunsWhereTheFileSystemHasNoLocks() throws Exception {
        maven("mkdir -p local/target/lib && : >local/target/leadpulse-local-0.jar");
        program("flock", "#!/bin/sh\necho 'No locks available' >&2\nexit 71\n");

        assertThat(launch("import").err()).contains("LeadpulseMain");
    }

    @Test
    void namesOfFilesAreReadInAnyLocale() throws Exception {
        maven("mkdir -p local/target/lib && : >local/target/leadpulse-local-0.jar");
        program("locale", "#!/bin/sh\n[ \"$1\" = charmap ] && echo ANSI_X3.4-1968 || printf '%s\\n' C C.utf8 POSIX\n");
        environment.put("LC_ALL", "C");
        environment.put("JAVA_OPTS", "-XshowSettings:properties");

        assertThat(launch("import").err()).contains("sun.jnu.encoding = UTF-8");
    }

    /** Folders of jars from which commands run, or have run. */
    private List<Path> setAside() throws IOException {
        try (Stream<Path> files = Files.list(project.resolve("local/target"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("run-"))
                    .toList();
        }
    }

    private void changeAndLaunch(Path source) throws IOException, InterruptedException {
        // A second later than the stamp, whatever the clock of the file system is.
        Path stamp = project.resolve("local/target/launcher.stamp");
        Files.setLastModifiedTime(
                source, FileTime.fromMillis(Files.getLastModifiedTime(stamp).toMillis() + 1000));
        assertThat(launch("import").err()).contains("leadpulse: building");
    }

    @Test
    void whereNothingCanBeBuiltOneLineSaysSo() throws Exception {
        maven("exit 9");
        // Root may write everywhere, but not in a folder that is a file.
        Files.writeString(project.resolve("local/target"), "");
        Files.writeString(Files.createDirectories(project.resolve("benchmarks")).resolve("target"), "");
        Files.writeString(project.resolve("target"), "");

        assertThat(launch("check"))
                .isEqualTo(new Outcome(ExitCode.FAILED, "", cannotBuildIn(project.resolve("local/target"))));
        assertThat(launch("bench"))
                .isEqualTo(new Outcome(ExitCode.FAILED, "", cannotBuildIn(project.resolve("benchmarks/target"))));
        assertThat(launch("test").err()).endsWith(cannotBuildIn(project.resolve("target")));
        assertThat(mavenLog).doesNotExist();
    }

    private static String cannotBuildIn(Path target) {
        return "leadpulse: no permission to build in " + target
                + ", or to read what was built there; who owns it can give it, or use a copy of your own\n";
    }

    @Test
    void theBenchmarksAreBuiltByTheirProfileAndOnlyWhenStale() throws Exception {
        maven("mkdir -p benchmarks/harness/target && : >benchmarks/harness/target/harness-0.jar");

        // There is no main class in the pretended jar: Java starts, and fails.
        assertThat(launch("bench").err()).contains("building the benchmarks").contains("BenchMain");
        assertThat(launch("bench").err()).doesNotContain("building").contains("BenchMain");
        assertThat(Files.readAllLines(mavenLog))
                .singleElement()
                .asString()
                .contains("-Pbench ")
                .contains("package");
    }

    @Test
    void singlePartsAreMeasuredByAProgramOfTheirOwn() throws Exception {
        maven("mkdir -p benchmarks/micro/target && : >benchmarks/micro/target/micro-0.jar");

        assertThat(launch("bench", "micro", "--quick").err())
                .contains("building the benchmarks")
                .contains("MicroMain")
                .doesNotContain("BenchMain");
    }

    @Test
    void aFailedBuildIsShownAndNeverOnStandardOutput() throws Exception {
        maven("echo 'cannot find symbol'; exit 1");

        Outcome failed = launch("import");

        assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("cannot find symbol").contains("leadpulse: the build failed");
    }

    @Test
    void testCountsTheReportsAndNamesTheSkipped() throws Exception {
        Path old = Files.createDirectories(project.resolve("local/target/surefire-reports"));
        Files.writeString(old.resolve("TEST-Old.xml"), "<testcase name='old' classname='a.Old'/>");
        Path written = Files.createDirectories(folder.resolve("written"));
        Files.writeString(written.resolve("TEST-A.xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite version="3.0.2" name="a.A" time="0.1" tests="0" errors="0" skipped="0" failures="0">
                  <testcase name="works" classname="a.A$Nested" time="0"/>
                  <testcase name="prints" classname="a.A" time="0">
                    <system-out><![CDATA[
                  <testcase name="printed" classname="a.A">
                    <failure message="printed"/>
                  ]]></system-out>
                  </testcase>
                  <testcase name="fails" classname="a.A" time="0">
                    <failure message="no" type="java.lang.AssertionError"><![CDATA[no
                    <error in="trace"/>
                    ]]></failure>
                  </testcase>
                  <testcase name="breaks" classname="a.A" time="0">
                    <error type="java.io.IOException"/>
                  </testcase>
                  <testcase name="wasFlaky" classname="a.A" time="0">
                    <flakyFailure message="once"/>
                  </testcase>
                  <testcase name="needsData" classname="a.A" time="0">
                    <skipped message="the data is not there"/>
                  </testcase>
                </testsuite>
                """);
        Files.writeString(written.resolve("TEST-B.xml"), """
                <testsuite name="a.BITCase" tests="1">
                  <testcase name="needsServer" classname="a.BITCase" time="0">
                    <skipped type="TestAbortedException"><![CDATA[TestAbortedException: Assumption failed: no server
                    at a.BITCase
                ]]></skipped>
                  </testcase>
                </testsuite>
                """);
        maven("""
                mkdir -p local/target/surefire-reports local/target/failsafe-reports
                cp '%s/TEST-A.xml' local/target/surefire-reports/
                cp '%s/TEST-B.xml' local/target/failsafe-reports/
                exit 1
                """.formatted(written, written));

        Outcome tested = launch("test");

        assertThat(tested.code()).isEqualTo(1);
        assertThat(Files.readAllLines(mavenLog)).containsExactly("-B verify");
        assertThat(tested.out().lines())
                .endsWith(
                        "skipped: a.A.needsData: the data is not there",
                        "skipped: a.BITCase.needsServer: no server",
                        "3 passed, 2 failed, 2 skipped");
    }

    @Test
    void testSaysHowLongEachPartTook() throws Exception {
        mavenPrints("""
                23:59:50.000 [INFO] Scanning for projects...
                23:59:51.000 [INFO] --- maven-enforcer-plugin:3.6.2:enforce (rules) @ a ---
                23:59:53.000 [INFO] --- maven-surefire-plugin:3.5.4:test (default-test) @ a ---
                23:59:53.100 [INFO] Running x.ATest
                23:59:56.000 [INFO] --- compiler:3.14.1:compile (default-compile) @ b ---
                23:59:57.000 [INFO] Running x.ATest$Nested
                23:59:58.500 [INFO] Tests run: 9, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1.500 s -- in x.ATest$Nested
                23:59:58.600 [INFO] Tests run: 0, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 2.000 s -- in x.ATest
                [INFO] --- surefire:3.5.4:test (default-test) @ said-by-a-test ---
                10:00:00.000 [main] INFO  --- surefire:3.5.4:test (default-test) @ said-by-a-test ---
                00:00:05.000 [INFO] --- failsafe:3.5.4:integration-test (default) @ a ---
                00:00:06.000 [INFO] --- surefire:3.5.4:test (default-test) @ b ---
                00:00:10.000 [INFO] Running io.leadpulse.app.GoldenSavepointITCase
                00:00:40.000 [INFO] Running io.leadpulse.local.replay.OrderITCase
                00:01:10.000 [INFO] Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 60.00 s -- in io.leadpulse.app.GoldenSavepointITCase
                00:01:18.000 [ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 70.25 s <<< FAILURE! -- in x.BTest
                00:01:20.000 [INFO] --- failsafe:3.5.4:integration-test (default) @ b ---
                00:01:40.000 [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 60.00 s -- in io.leadpulse.local.replay.OrderITCase
                00:01:45.000 [INFO] Running io.leadpulse.local.live.FaultsITCase
                00:18:25.400 [INFO] Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1,000.4 s -- in io.leadpulse.local.live.FaultsITCase
                00:18:30.000 [INFO] --- failsafe:3.5.4:verify (default) @ a ---
                00:18:40.000 [INFO] --- failsafe:3.5.4:verify (default) @ b ---
                00:18:42.000 [INFO] Reactor Summary for Leadpulse 0:
                00:18:43.000 [INFO] Finished at: 2026-11-24T00:18:43Z
                """);

        // Seconds of 1133: build 0-3, 6-16 and, as nothing else ran, 1130-1133; unit tests 3-15 and 16-90; integration
        // tests 15-1130, of replays 20-110; two of the three at once 6-90.
        assertThat(launch("test").out()).containsPattern("""
                Time taken; modules are built and tests run side by side, so that parts overlap:
                 {27}by the clock     all classes added up
                  build and checks           0 min 16 s
                  unit and property tests    1 min 26 s               1 min 12 s
                  integration tests         18 min 35 s              18 min 40 s
                    of these, replays        1 min 30 s               2 min 00 s  \\(local.replay, oracle, GoldenSavepointITCase\\)
                  two of the three at once   1 min 24 s
                  the whole command          \\d min \\d\\d s
                0 passed, 0 failed, 0 skipped
                """);
    }

    @Test
    void aPartThatFailedEndsWithMavensSummary() throws Exception {
        environment.put("MAVEN_OPTS", "-Dmine=1");
        mavenPrints("""
                10:00:00.000 [INFO] --- surefire:3.5.4:test (default-test) @ a ---
                10:00:10.000 [INFO] Reactor Summary for Leadpulse 0:
                10:00:12.000 [INFO] Finished at: 2026-11-24T10:00:12Z
                options $MAVEN_OPTS
                """);

        assertThat(launch("test").out())
                .contains("  build and checks           0 min 02 s\n", "  unit and property tests    0 min 10 s ")
                .contains("options -Dmine=1 ", "simpleLogger.showDateTime=true");
    }

    private void mavenPrints(String log) throws IOException {
        maven("cat <<END\n" + log.replace("$Nested", "\\$Nested") + "END");
    }

    @Test
    void noTestAtAllIsAFailure() throws Exception {
        maven("exit 0");

        Outcome tested = launch("test");

        assertThat(tested.code()).isEqualTo(1);
        assertThat(tested.out().lines()).endsWith("0 passed, 0 failed, 0 skipped");
    }

    @Test
    void toolsListsWhatIsNeeded() throws Exception {
        maven("exit 0");

        for (String installed : new String[] {"postgres", "prometheus", "prometheus-alertmanager", "chromium"}) {
            program(installed, "#!/bin/sh\n");
        }

        Outcome listed = launch("tools", "--yes");

        assertThat(listed.code()).isZero();
        assertThat(listed.out())
                .contains("JDK 17 or newer: found ")
                .contains("Maven 3.8.6 or newer: found " + tools)
                .contains("prometheus-alertmanager: found; for mail")
                .contains("All there");
        assertThat(aptLog()).isEmpty();
        assertThat(launch("tools", "--now").code()).isEqualTo(ExitCode.UNUSABLE);
    }

    @Test
    void toolsInstallsWhatIsMissingAndLeavesNoServiceRunning() throws Exception {
        maven("exit 0");
        onlyTools();
        Path policy = folder.resolve("policy-rc.d");
        program("apt-get", """
                #!/bin/sh
                printf '%s\n' "$*" >>"$APT_LOG"
                test -x "$LEADPULSE_POLICY_RC_D" && ! "$LEADPULSE_POLICY_RC_D" && echo "services held back" >>"$APT_LOG"
                """);

        Outcome installed = launch("tools");

        assertThat(installed.out())
                .contains("prometheus: missing (Debian package prometheus); for the numbers of now")
                .contains("prometheus is installed; Debian's own service of it is neither running nor enabled");
        assertThat(installed.code()).isZero();
        assertThat(aptLog())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("install -y --no-install-recommends")
                        .contains(" prometheus prometheus-alertmanager chromium"))
                .contains("services held back", "systemctl disable --now prometheus");
        assertThat(policy).doesNotExist();
    }

    @Test
    void toolsSaysWhatIsLeftOutWhenItCannotInstall() throws Exception {
        maven("exit 0");
        onlyTools();

        Outcome failed = launch("tools", "--yes");

        assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.out())
                .contains("Not installed (apt-get failed): ")
                .contains("left out without prometheus: boards of now")
                .contains("left out without chromium: ");
        assertThat(folder.resolve("policy-rc.d")).doesNotExist();
    }

    @Test
    void demoGoesOnWithoutWhatCanBeLeftOut() throws Exception {
        maven("mkdir -p local/target/lib && : >local/target/leadpulse-local-0.jar");
        onlyTools();

        Outcome demo = launch("demo", "--quiet");

        // Java starts and finds no main class in the pretended jar; a browser is for tests only.
        assertThat(demo.err())
                .contains("left out without prometheus: ")
                .contains("LeadpulseMain")
                .doesNotContain("chromium");
    }

    private void maven(String script) throws IOException {
        program("mvn", PRETENDED_MAVEN + script + "\n");
    }

    private void program(String name, String script) throws IOException {
        Path program = tools.resolve(name);
        Files.writeString(program, script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Hides all programs of this machine but those that a shell script takes for granted. */
    private void onlyTools() throws IOException {
        for (String basic : new String[] {
            "bash",
            "sh",
            "env",
            "sed",
            "dirname",
            "readlink",
            "find",
            "mkdir",
            "touch",
            "rm",
            "mv",
            "cp",
            "ln",
            "awk",
            "grep",
            "cat",
            "tee",
            "chmod",
            "flock",
            "printf",
            "test"
        }) {
            for (String place : new String[] {"/usr/bin", "/bin"}) {
                Path program = Path.of(place, basic);
                if (Files.exists(program) && !Files.exists(tools.resolve(basic))) {
                    Files.createSymbolicLink(tools.resolve(basic), program);
                }
            }
        }
        path = tools.toString();
    }

    private List<String> aptLog() throws IOException {
        Path log = folder.resolve("apt.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    /** Runs the launcher from another folder, with standard input closed. */
    private Outcome launch(String... args) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("bash", "-c", "exec bash \"$@\" <&-", "launch", project + "/leadpulse"));
        command.addAll(List.of(args));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(tools.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("PATH", path == null ? tools + ":" + System.getenv("PATH") : path);
        builder.environment().put("APT_LOG", folder.resolve("apt.log").toString());
        builder.environment()
                .put("LEADPULSE_POLICY_RC_D", folder.resolve("policy-rc.d").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_LOG", mavenLog.toString());
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Outcome(code, Files.readString(out), Files.readString(err));
    }
}
