package io.leadpulse.serving.alert;

import java.util.Map;

/**
 * One alert as an Alertmanager takes it. It is the labels that make it one alert; the rest may change.
 *
 * @param labels {@code alertname}, {@code rep}, {@code message_id}, {@code alert_id} and {@code severity}, nothing else
 * @param annotations everything that the message says
 * @param startsMillis when it was decided to tell, epoch milliseconds
 * @param endsMillis when it ended, or until when it stands if nothing more is heard; never before it was told
 * @param url where to see it
 */
record Post(
        Map<String, String> labels, Map<String, String> annotations, long startsMillis, long endsMillis, String url) {

    /** Where the clock was set back it may end before it was told, which an Alertmanager refuses. */
    Post {
        endsMillis = Math.max(endsMillis, startsMillis);
    }

    String recipient() {
        return labels.get("rep");
    }

    String messageId() {
        return labels.get("message_id");
    }
}
