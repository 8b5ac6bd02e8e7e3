package io.leadpulse.serving.learn;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.domain.alert.Learnt;
import io.leadpulse.domain.influence.Influence;
import io.leadpulse.schemas.Rfc3339;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * What was learnt from other leads as a version of the rules ({@code engine.rules.v1}), so that it reaches the engine as
 * input and a replay finds it where it stood. One a day: it is made today and holds from the company's next midnight on;
 * made again it has the same key.
 *
 * @param version its number, {@link #FIRST_VERSION} + the day: far above those that people give
 * @param effectiveFromMillis the midnight
 * @param learnt the field of the record; equal lessons give equal texts
 */
record LearntRules(int version, long effectiveFromMillis, String learnt) {

    /** Versions of people are below. */
    static final int FIRST_VERSION = 1_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BigDecimal DAY_MILLIS = new BigDecimal(86_400_000);
    private static final BigDecimal SHORTEST_DAYS = new BigDecimal("0.001");
    private static final BigDecimal LONGEST_DAYS = new BigDecimal(3650);
    private static final BigDecimal MOST_LIFT = new BigDecimal(1000);
    private static final int PLACES = 3;

    /**
     * The version that these lessons make.
     *
     * @param epochDay the day from which it holds
     * @param midnightMillis its beginning
     * @return null while the lessons rest on too few leads to say anything
     */
    static LearntRules of(Lessons lessons, long epochDay, long midnightMillis) {
        ObjectNode learnt = JSON.createObjectNode();
        ArrayNode silences = learnt.putArray("silence");
        for (Lessons.Silence silence : lessons.silences()) {
            if (silence.wonLeads() >= Learnt.MIN_WON_LEADS && silence.millis() > 0) {
                silences.addObject()
                        .put("stage", silence.stage())
                        .put("days", days(silence.millis()))
                        .put("won_leads", silence.wonLeads());
            }
        }
        long lost = lessons.table().all().lost();
        ArrayNode acts = learnt.putArray("loss_acts");
        if (lost >= Influence.WARNING_MIN_LOST) {
            for (Lessons.ActInfluence each : lessons.influences()) {
                Influence influence = each.influence();
                if (each.stage().equals(Lessons.ALL_STAGES)
                        && influence.lossLift().value() != null
                        && influence.with() >= Influence.WARNING_MIN_WITH) {
                    acts.addObject()
                            .put("act", each.act())
                            .put(
                                    "lift",
                                    rounded(BigDecimal.valueOf(
                                                    influence.lossLift().value())
                                            .min(MOST_LIFT)))
                            .put("leads", influence.with());
                }
            }
        }
        if (silences.isEmpty() && acts.isEmpty()) {
            return null;
        }
        learnt.put("lost_leads", lost);
        return new LearntRules(Math.toIntExact(FIRST_VERSION + epochDay), midnightMillis, learnt.toString());
    }

    private static BigDecimal days(long millis) {
        BigDecimal days = new BigDecimal(millis).divide(DAY_MILLIS, PLACES, RoundingMode.HALF_UP);
        return rounded(days.max(SHORTEST_DAYS).min(LONGEST_DAYS));
    }

    private static BigDecimal rounded(BigDecimal value) {
        return value.setScale(PLACES, RoundingMode.HALF_UP);
    }

    /** The record's key, as of every version of the rules. */
    String key() {
        return version + "|" + Rfc3339.text(effectiveFromMillis);
    }

    /** The record on the wire. */
    byte[] value() {
        return ("{\"version\":" + version + ",\"effective_from\":\"" + Rfc3339.text(effectiveFromMillis)
                        + "\",\"learnt\":" + learnt + "}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
