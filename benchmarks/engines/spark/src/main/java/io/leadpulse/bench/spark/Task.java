package io.leadpulse.bench.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What {@code task.yaml} says of the company.
 *
 * @param hours its days and business time
 * @param teams the team of each rep
 */
record Task(BusinessHours hours, Map<String, String> teams) implements Serializable {
    /** Reads it; throws if it is no YAML. */
    static Task of(String yaml) throws IOException {
        JsonNode task = new YAMLMapper().readTree(yaml);
        Set<LocalDate> holidays = new HashSet<>();
        task.path("holidays").forEach(day -> holidays.add(LocalDate.parse(day.asText())));
        Map<String, String> teams = new HashMap<>();
        task.path("reps")
                .forEach(
                        rep -> teams.put(rep.get("id").asText(), rep.get("team").asText()));
        ZoneId zone = ZoneId.of(task.path("company").path("zone").asText());
        return new Task(new BusinessHours(zone, holidays), teams);
    }
}
