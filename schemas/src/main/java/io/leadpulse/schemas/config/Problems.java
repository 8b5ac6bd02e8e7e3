package io.leadpulse.schemas.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects the mistakes of one reading, and which keys the reader knows. */
final class Problems {

    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Set<String> knownKeys = new TreeSet<>();
    private final boolean toleratesUnknownKeys;

    private Problems(boolean toleratesUnknownKeys) {
        this.toleratesUnknownKeys = toleratesUnknownKeys;
    }

    /** Of a file that a person writes: an unknown key is a typing error. */
    static Problems ofFile() {
        return new Problems(false);
    }

    /** Of a record: it may have fields of a newer producer. */
    static Problems ofRecord() {
        return new Problems(true);
    }

    /** Reports the value that stands at {@code node}. */
    void add(ConfigNode node, String allowed) {
        problems.add(new ConfigProblem(node.path(), node.shown(), allowed, node.line()));
    }

    /** Reports a relation between keys, or a key that is not there. */
    void add(String key, String value, String allowed, int line) {
        problems.add(new ConfigProblem(key, value, allowed, line));
    }

    /** Notes that the reader asks for this key, as the documentation names it: {@code deal_stages[].name}. */
    void know(String documentedPath) {
        knownKeys.add(documentedPath);
    }

    /** Whether something is already said about this key or one below it. */
    boolean hasUnder(String key) {
        return problems.stream().anyMatch(problem -> problem.key().startsWith(key));
    }

    /** Whether keys that the reader does not know are let pass, so that a record may have newer fields. */
    boolean toleratesUnknownKeys() {
        return toleratesUnknownKeys;
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    int size() {
        return problems.size();
    }

    /** All problems by line; those without a line, and of one line, in the order in which they were found. */
    List<ConfigProblem> inFileOrder() {
        return problems.stream()
                .sorted(Comparator.comparingInt(ConfigProblem::line))
                .toList();
    }

    /** The leaf and section keys that were asked for. */
    Set<String> knownKeys() {
        return knownKeys;
    }

    /** Throws all problems, if there are any. */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(inFileOrder());
        }
    }
}
