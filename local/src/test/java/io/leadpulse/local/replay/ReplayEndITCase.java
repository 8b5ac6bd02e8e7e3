package io.leadpulse.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.local.DataSets;
import io.leadpulse.local.cli.LeadpulseMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own leaves nothing behind but its results and its table. */
class ReplayEndITCase {
    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void noTemporaryFilesStayAndNothingIsToldBehindTheTable() throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        Path told = folder.resolve("told.txt");
        Path events = Files.writeString(folder.resolve("events.ndjson"), "no record\n");
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("@" + DataSets.projectRoot().resolve("local/src/main/launcher/jvm.options"));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LeadpulseMain.class.getName()));
        command.addAll(List.of("replay", "--out", folder.resolve("out").toString(), events.toString()));

        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start()
                .waitFor();

        assertThat(code).as(Files.readString(told)).isZero();
        assertThat(Files.readAllLines(told).get(Files.readAllLines(told).size() - 1))
                .startsWith("replayed: 1 events");
        try (Stream<Path> files = Files.walk(temporary)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
