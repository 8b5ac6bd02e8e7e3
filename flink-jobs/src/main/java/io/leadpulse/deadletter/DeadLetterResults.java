package io.leadpulse.deadletter;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.app.ResultRecord;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.DeadLetter;

/** x. */
final class DeadLetterResults {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ResultRecord of(DeadLetter deadLetter) {
        return new ResultRecord(
                Topics.DEAD_LETTERS,
                deadLetter.record().id(),
                JSON.createObjectNode()
                        .put("reason", deadLetter.reason().wireName())
                        .put("message", deadLetter.message())
                        .toString());
    }

    private DeadLetterResults() {}
}
