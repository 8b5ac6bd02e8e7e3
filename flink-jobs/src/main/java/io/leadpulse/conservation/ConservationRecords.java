package io.leadpulse.conservation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.app.ResultRecord;
import io.leadpulse.schemas.Topics;
import java.util.Map;

final class ConservationRecords {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ResultRecord of(Map<Outcome, Map<String, Long>> sums, long atMillis) {
        ObjectNode value = JSON.createObjectNode();
        value.put("as_of", atMillis);
        sums.forEach((outcome, reasons) -> reasons.forEach((reason, count) -> value.put(
                outcome.name().toLowerCase(java.util.Locale.ROOT) + (reason.isEmpty() ? "" : ":" + reason), count)));
        return new ResultRecord(Topics.CONSERVATION, "engine", value.toString());
    }

    private ConservationRecords() {}
}
