package io.leadpulse.serving.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Which metrics a scrape asks for, as Prometheus' client libraries let it: {@code ?name[]=first&name[]=second}. */
final class MetricNames {
    private static final String NAME = "name[]";
    /** What a series may have behind the name by which the client knows its metric. */
    private static final List<String> ENDINGS = List.of("", "_total", "_bucket", "_count", "_sum", "_info", "_created");

    private MetricNames() {}

    /**
     * Tells of the name of a metric, as the client knows it, whether it is asked for: by that name or by one of its series. The client's
     * own filter also takes metrics with a name that one asked for begins with.
     *
     * @param queryOrNull the query of a URI, not decoded
     * @return null if none is named, which means all
     */
    static Predicate<String> of(String queryOrNull) {
        Set<String> asked = new HashSet<>();
        if (queryOrNull != null) {
            for (String parameter : queryOrNull.split("&", -1)) {
                int equals = parameter.indexOf('=');
                if (equals >= 0 && decoded(parameter.substring(0, equals)).equals(NAME)) {
                    asked.add(decoded(parameter.substring(equals + 1)));
                }
            }
        }
        return asked.isEmpty() ? null : name -> ENDINGS.stream().anyMatch(ending -> asked.contains(name + ending));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
