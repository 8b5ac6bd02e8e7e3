package io.leadpulse.oracle;

import java.util.ArrayList;
import java.util.List;

/** Small histories, written by hand in tests. */
final class OracleLines {
    private final List<String> lines = new ArrayList<>();
    private int numbers;

    List<String> lines() {
        return lines;
    }

    /**
     * Adds a rep.
     *
     * @param fields further fields as JSON, beginning with a comma; or empty
     */
    OracleLines rep(String id, String from, String fields) {
        String value = "{\"id\":\"%s\",\"effective_from\":\"%s\"%s}".formatted(id, from, fields.replace('\'', '"'));
        return line("org.reps.v1", value);
    }

    /** Adds an activity of lead L with an id of its own; fields as in {@code 'deal':'D','amount':'1.00'}. */
    OracleLines activity(String kind, String time, String fields) {
        return activity("id-" + numbers++, kind, time, fields);
    }

    OracleLines activity(String id, String kind, String time, String fields) {
        String lead = fields.contains("'lead'") ? "" : ",'lead':'L'";
        String more = fields.isEmpty() ? "" : "," + fields;
        String value = "{'source':'crm','id':'%s','kind':'%s','time':'%s'%s%s}".formatted(id, kind, time, lead, more);
        return line("crm.activities.v1", value.replace('\'', '"'));
    }

    /** Adds web behaviour. */
    OracleLines web(String id, String time, String fields) {
        String value = "{'messageId':'%s','timestamp':'%s',%s}".formatted(id, time, fields);
        return line("web.behaviour.v1", value.replace('\'', '"'));
    }

    private OracleLines line(String topic, String value) {
        lines.add("{\"topic\":\"%s\",\"key\":\"k\",\"headers\":{},\"value\":%s}".formatted(topic, value));
        return this;
    }
}
