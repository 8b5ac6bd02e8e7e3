package io.leadpulse.bench.jet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What {@code task.yaml} says of the company. It travels with the job, as all does that its processors are made of.
 *
 * @param hours its days and business time
 * @param teams the team of each rep
 */
record Task(BusinessHours hours, Map<String, String> teams) implements Serializable {
    /** Reads it; throws if it is no YAML. */
    static Task read(Path file) throws IOException {
        JsonNode task = new YAMLMapper().readTree(file.toFile());
        Set<LocalDate> holidays = new HashSet<>();
        for (JsonNode day : task.path("holidays")) {
            holidays.add(LocalDate.parse(day.asText()));
        }
        Map<String, String> teams = new HashMap<>();
        for (JsonNode rep : task.path("reps")) {
            teams.put(rep.get("id").asText(), rep.get("team").asText());
        }
        return new Task(
                new BusinessHours(ZoneId.of(task.path("company").path("zone").asText()), holidays), teams);
    }
}
