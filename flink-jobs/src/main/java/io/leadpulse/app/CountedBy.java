package io.leadpulse.app;

import io.leadpulse.schemas.config.LeadpulseConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * By what the state of a data directory was counted, and what it cannot be counted otherwise by: days lie in a zone, sums in a
 * currency, and what was forgotten does not come back. What is written stands beside the checkpoints.
 *
 * <p>Without it an engine would go on by another zone, and a correction would be taken from a day on which nothing had been
 * added.
 */
final class CountedBy {
    private static final String FILE = "counted-by";

    private CountedBy() {}

    /**
     * Holds a configuration against that of the state, or writes it down where there is no state, or nobody did: releases before
     * did not.
     *
     * @param hasState whether there is a checkpoint to go on from
     * @throws RefusedStartException if the state was counted by others
     */
    static void require(Path dataDirectory, boolean hasState, LeadpulseConfig config)
            throws IOException, RefusedStartException {
        Path file = dataDirectory.resolve(FILE);
        List<String> now = lines(config);
        if (!hasState || !Files.exists(file)) {
            Path written = Files.write(dataDirectory.resolve(FILE + ".new"), now, StandardCharsets.UTF_8);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        List<String> then = Files.readAllLines(file, StandardCharsets.UTF_8);
        List<String> other = new ArrayList<>(now);
        other.removeAll(then);
        if (!other.isEmpty()) {
            List<String> was = new ArrayList<>(then);
            was.removeAll(now);
            throw new RefusedStartException(
                    "%s was counted by %s, which cannot change while it is gone on from; the configuration has %s: take that back, or rebuild by replay of the topics into a new data directory, with --from-earliest"
                            .formatted(dataDirectory, String.join(", ", was), String.join(", ", other)));
        }
    }

    private static List<String> lines(LeadpulseConfig config) {
        return List.of(
                "company.zone " + config.company().zone(),
                "company.currency " + config.company().currency(),
                "retention_days " + config.retentionDays());
    }
}
