package io.leadpulse.bench.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All engines. */
public final class Engines {
    private static final List<Engine> ALL = List.of(
            new PlainEngine(),
            new DataStreamEngine(),
            new SqlEngine(),
            new StreamsEngine(),
            new LeadpulseEngine(),
            new JetEngine(),
            new SparkEngine());

    private Engines() {}

    /** All that there are. */
    public static List<Engine> all() {
        return ALL;
    }

    /**
     * The engines of these letters, in this order.
     *
     * @throws IllegalArgumentException if there is none of a letter, or none at all
     */
    public static List<Engine> of(List<String> letters) {
        List<Engine> engines = new ArrayList<>();
        for (String letter : letters) {
            engines.add(ALL.stream()
                    .filter(each -> each.letter().equals(letter))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no engine \"%s\"; there are %s"
                            .formatted(letter, ALL.stream().map(Engine::letter).collect(Collectors.joining(", "))))));
        }
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("no engine is named");
        }
        return engines;
    }
}
