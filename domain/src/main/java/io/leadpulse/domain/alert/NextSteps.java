package io.leadpulse.domain.alert;

import java.util.HashMap;
import java.util.Map;

/**
 * What to do next, in the company's words, by what is wrong and the stage in which it is.
 *
 * @param texts text by cause and stage; the stage {@link #EVERY_STAGE} stands for all that are not named
 */
public record NextSteps(Map<AlertCause, Map<String, String>> texts) {

    /** Stands for every stage that is not named. */
    public static final String EVERY_STAGE = "";

    /** What is said when nothing is configured. */
    public static final NextSteps DEFAULT = new NextSteps(Map.of(
            AlertCause.STUCK, always("Agree on the next step, or close it"),
            AlertCause.IDLE, always("Get in touch, or let it go"),
            AlertCause.FIRST_CONTACT, always("Call now"),
            AlertCause.REPLY_OWED, always("Answer the message"),
            AlertCause.PLANNED_OVERDUE, always("Do it, or plan it anew"),
            AlertCause.EXPECTED_CLOSE_PASSED, always("Ask for the decision, or correct the expected day"),
            AlertCause.UNASSIGNED, always("Give it an owner"),
            AlertCause.FALL_OFF, always("Call, and ask what has changed"),
            AlertCause.MARKETING_QUALIFIED, always("Call while it is interested")));

    private static Map<String, String> always(String text) {
        return Map.of(EVERY_STAGE, text);
    }

    /** Copies the maps. */
    public NextSteps {
        Map<AlertCause, Map<String, String>> copy = new HashMap<>();
        texts.forEach((cause, byStage) -> copy.put(cause, Map.copyOf(byStage)));
        texts = Map.copyOf(copy);
    }

    /** The same with other texts for the causes that {@code other} names. */
    public NextSteps with(Map<AlertCause, Map<String, String>> other) {
        Map<AlertCause, Map<String, String>> merged = new HashMap<>(texts);
        merged.putAll(other);
        return new NextSteps(merged);
    }

    /** The text of an alert; null when none is configured. */
    public String of(Alert alert) {
        Map<String, String> byStage = texts.getOrDefault(alert.cause(), Map.of());
        String text = alert.stage() == null ? null : byStage.get(alert.stage());
        return text != null ? text : byStage.get(EVERY_STAGE);
    }
}
