package io.leadpulse.bench.streams;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Of the task's configuration what this engine needs.
 *
 * @param zone in which days begin and offices open
 * @param holidays on which they do not
 * @param teams the team of each rep, by his id
 */
record TaskConfig(ZoneId zone, Set<LocalDate> holidays, Map<String, String> teams) {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private record Document(Company company, List<String> holidays, List<Rep> reps) {}

    private record Company(String zone) {}

    private record Rep(String id, String team) {}

    /** Reads it. */
    static TaskConfig read(Path yaml) throws IOException {
        Document document = YAML.readValue(yaml.toFile(), Document.class);
        Set<LocalDate> holidays = new HashSet<>();
        document.holidays().forEach(day -> holidays.add(LocalDate.parse(day)));
        Map<String, String> teams = new HashMap<>();
        document.reps().forEach(rep -> teams.put(rep.id(), rep.team()));
        return new TaskConfig(ZoneId.of(document.company().zone()), holidays, teams);
    }

    /** The company's day, as days since 1970-01-01, of an instant in epoch milliseconds. */
    long epochDayOf(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone).toEpochDay();
    }
}
