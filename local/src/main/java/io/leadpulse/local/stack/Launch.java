package io.leadpulse.local.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One command as it is run.
 *
 * @param command program and arguments; never a secret, because every user of the machine can read them
 * @param environment what is added to the environment; secrets go here
 * @param directory working folder
 * @param user the user to become, who has a group of the same name; empty for the current one
 */
record Launch(List<String> command, Map<String, String> environment, Path directory, Optional<String> user) {
    Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    static Launch of(Path directory, List<String> command) {
        return new Launch(command, Map.of(), directory, Optional.empty());
    }

    Launch with(Map<String, String> added) {
        return new Launch(command, added, directory, user);
    }

    Launch as(Optional<String> other) {
        return new Launch(command, environment, directory, other);
    }

    /** Does not print the environment, which holds secrets. */
    @Override
    public String toString() {
        return "Launch" + command;
    }
}
