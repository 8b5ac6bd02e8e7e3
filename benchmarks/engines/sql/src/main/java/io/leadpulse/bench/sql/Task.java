package io.leadpulse.bench.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code task.yaml} says of the company.
 *
 * @param zone where its days begin
 * @param hours its business time
 * @param reps its reps as rows of SQL: {@code ('R1', 'north'), ...}
 */
record Task(ZoneId zone, BusinessHours hours, String reps) {
    /** Reads it; throws if it is no YAML. */
    static Task of(String yaml) throws IOException {
        JsonNode task = new YAMLMapper().readTree(yaml);
        Set<LocalDate> holidays = new HashSet<>();
        task.path("holidays").forEach(day -> holidays.add(LocalDate.parse(day.asText())));
        List<String> reps = new ArrayList<>();
        task.path("reps").forEach(rep -> reps.add("(" + text(rep.get("id")) + ", " + text(rep.get("team")) + ")"));
        ZoneId zone = ZoneId.of(task.path("company").path("zone").asText());
        return new Task(zone, new BusinessHours(zone, holidays), String.join(", ", reps));
    }

    /** As a text of SQL. */
    private static String text(JsonNode node) {
        return "'" + node.asText().replace("'", "''") + "'";
    }
}
