package io.leadpulse.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private static final String FIRST = "00000000000000000000000000000001";
    private static final String SECOND = "00000000000000000000000000000002";
    private static final String THIRD = "00000000000000000000000000000003";
    private static final Instant NOON = Instant.parse("2025-11-03T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void thereIsNoneWithoutAFolderAndWithoutMetadata() throws Exception {
        assertThat(Checkpoints.newest(folder.resolve("none"))).isEmpty();
        incomplete(FIRST, 7);
        assertThat(Checkpoints.newest(folder)).isEmpty();
    }

    @Test
    void theHighestNumberIsTheNewestEvenIfTheClockWasSetBack() throws Exception {
        complete(FIRST, 9, NOON);
        Path newest = complete(SECOND, 10, NOON.minusSeconds(7200));
        incomplete(SECOND, 11);

        assertThat(Checkpoints.newest(folder)).contains(newest);
    }

    @Test
    void ofOneNumberTheLastWrittenIsTheNewest() throws Exception {
        complete(FIRST, 10, NOON);
        Path newest = complete(SECOND, 10, NOON.plusSeconds(1));

        assertThat(Checkpoints.newest(folder)).contains(newest);
    }

    @Test
    void onlyTheJobOfTheCheckpointStays() throws Exception {
        complete(FIRST, 9, NOON);
        Files.writeString(shared(FIRST), "state");
        Path newest = complete(SECOND, 10, NOON);
        Files.writeString(shared(SECOND), "state");
        Path incomplete = incomplete(THIRD, 11);
        Files.writeString(incomplete.resolve("part"), "state");

        assertThat(Checkpoints.deleteOtherJobs(newest))
                .containsExactlyInAnyOrder(folder.resolve(FIRST), folder.resolve(THIRD));

        assertThat(folder.resolve(FIRST)).doesNotExist();
        assertThat(folder.resolve(THIRD)).doesNotExist();
        assertThat(shared(SECOND)).hasContent("state");
        assertThat(Checkpoints.newest(folder)).contains(newest);
    }

    @Test
    void aJobWhoseFilesTheCheckpointSharesStays() throws Exception {
        Files.writeString(shared(FIRST), "state");
        Path newest = complete(SECOND, 10, NOON);
        // As in Flink's format: absolute names amid binary numbers that are no text.
        byte[] name = shared(FIRST).toUri().toString().getBytes(StandardCharsets.UTF_8);
        byte[] metadata = new byte[name.length + 8];
        metadata[0] = (byte) 0xC3;
        metadata[1] = (byte) 0xFF;
        System.arraycopy(name, 0, metadata, 4, name.length);
        Files.write(newest.resolve("_metadata"), metadata);

        assertThat(Checkpoints.deleteOtherJobs(newest)).isEmpty();

        assertThat(shared(FIRST)).hasContent("state");
    }

    @Test
    void whatIsNoJobStays() throws Exception {
        Path newest = complete(FIRST, 10, NOON);
        Path savepoint = Files.createDirectories(folder.resolve("savepoint-12ab"));
        Path linked = Files.createDirectories(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(folder.resolve(SECOND), linked);
        Path file = Files.createFile(folder.resolve(THIRD));

        assertThat(Checkpoints.deleteOtherJobs(newest)).isEmpty();

        assertThat(savepoint).exists();
        assertThat(link).exists();
        assertThat(file).exists();
    }

    private Path complete(String job, long number, Instant at) throws IOException {
        Path checkpoint = incomplete(job, number);
        Path metadata = Files.createFile(checkpoint.resolve("_metadata"));
        Files.setLastModifiedTime(metadata, FileTime.from(at));
        return checkpoint;
    }

    private Path incomplete(String job, long number) throws IOException {
        shared(job);
        return Files.createDirectories(folder.resolve(job).resolve("chk-" + number));
    }

    /** A file of state that several checkpoints of a job have in common. */
    private Path shared(String job) throws IOException {
        return Files.createDirectories(folder.resolve(job).resolve("shared")).resolve("0a1b-2c3d");
    }
}
