package io.leadpulse.schemas.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class InvalidConfigException extends RuntimeException {

    private final transient List<ConfigProblem> problems;

    InvalidConfigException(List<ConfigProblem> problems) {
        super(problems.stream()
                .map(ConfigProblem::toString)
                .collect(Collectors.joining(System.lineSeparator() + "  ", "invalid configuration:\n  ", "")));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order of the file; never empty. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
