package io.leadpulse.local.replay;

import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.ReplayLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What must be known of the files before the first event runs: one quick pass.
 *
 * @param lines lines in all files
 * @param latestMillis the greatest event time that is not after the limit; {@code Long.MIN_VALUE} when there is none
 * @param configuration the valid records of configuration topics, in their order
 * @param fingerprint identifies the content of all files, in their order
 */
record ReplayScan(long lines, long latestMillis, List<ConfigurationRecord> configuration, String fingerprint) {

    /**
     * Reads all files once.
     *
     * @param files the files in the order given
     * @param decoder decodes without an as-of time
     * @param limitMillis events later than this do not count for {@code latestMillis}
     * @param progress is told how many bytes were read since the last call
     */
    static ReplayScan of(List<Path> files, EventDecoder decoder, long limitMillis, LongConsumer progress)
            throws IOException {
        MessageDigest digest = sha256();
        long lines = 0;
        long latestMillis = Long.MIN_VALUE;
        List<ConfigurationRecord> configuration = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            String name = files.get(file).getFileName().toString();
            long lineNumber = 0;
            try (LineReader reader = new LineReader(files.get(file), 0)) {
                for (byte[] line = reader.next(); line != null; line = reader.next()) {
                    lineNumber++;
                    digest.update(line);
                    digest.update((byte) '\n');
                    progress.accept(line.length + 1L);
                    ReplayLine read = ReplayLine.read(name, file, lineNumber, line);
                    Decoded decoded = read.decode(decoder);
                    if (decoded.isConfiguration()) {
                        configuration.add(text(read.record()));
                    } else if (decoded.event() != null && decoded.event().timeMillis() <= limitMillis) {
                        latestMillis = Math.max(latestMillis, decoded.event().timeMillis());
                    }
                }
            }
            digest.update((byte) 0);
            lines += lineNumber;
        }
        return new ReplayScan(lines, latestMillis, configuration, HexFormat.of().formatHex(digest.digest()));
    }

    private static ConfigurationRecord text(RawRecord record) {
        return new ConfigurationRecord(record.topic(), new String(record.value(), StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
