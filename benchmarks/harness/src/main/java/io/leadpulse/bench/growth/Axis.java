package io.leadpulse.bench.growth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What grows, or what is done to the engine. */
enum Axis {
    LEADS("leads", "Leads", "leads that events may be about", true),
    WINDOW("window", "Window of the score", "days on which points count, instead of decaying", false),
    HOT_REP("hot-rep", "Hot sum", "share of leads and handed over deals of one rep", true),
    HOT_LEAD("hot-lead", "Hot lead", "share of events about one lead at any time", true),
    PARALLELISM("parallelism", "Parallelism", "subtasks of each operator", false),
    RESTORE("restore", "Restore", "started again from the last checkpoint", false),
    KILL("kill", "Killed and started again", "killed in mid-drain", true);

    private final String wireName;
    private final String title;
    private final String meaning;
    private final boolean isForPeers;

    Axis(String wireName, String title, String meaning, boolean isForPeers) {
        this.wireName = wireName;
        this.title = title;
        this.meaning = meaning;
        this.isForPeers = isForPeers;
    }

    /** As the command line and the report call it. */
    String wireName() {
        return wireName;
    }

    /** Head of its part of the report. */
    String title() {
        return title;
    }

    /** What its values are. */
    String meaning() {
        return meaning;
    }

    /** Whether it changes the work alone, so that any engine can do it; else it is a matter of Leadpulse. */
    boolean isForPeers() {
        return isForPeers;
    }

    /**
     * Those of these names, in their own order; all if there is none.
     *
     * @throws IllegalArgumentException if a name is not known
     */
    static List<Axis> of(List<String> names) {
        List<String> unknown = new ArrayList<>(names);
        unknown.removeIf(name -> Arrays.stream(values()).anyMatch(axis -> axis.wireName.equals(name)));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no axis %s; there are %s"
                    .formatted(
                            String.join(", ", unknown),
                            Arrays.stream(values()).map(Axis::wireName).collect(Collectors.joining(", "))));
        }
        return Arrays.stream(values())
                .filter(axis -> names.isEmpty() || names.contains(axis.wireName))
                .toList();
    }
}
