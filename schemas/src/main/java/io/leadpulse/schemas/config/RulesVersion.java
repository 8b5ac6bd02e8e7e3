package io.leadpulse.schemas.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.domain.alert.Learnt;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.domain.stage.StageLimits;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * One version of the rules, complete: a record of {@code engine.rules.v1} says only what changes against the version in
 * force before it.
 *
 * @param scoreRules rules of the score, with the version and the time from which it is in force
 * @param stageLimits limits of stays
 * @param learnt what was learnt from other leads
 */
record RulesVersion(ScoreRules scoreRules, StageLimits stageLimits, Learnt learnt) {

    /** Says of a record that it is only proposed. */
    static final String CANDIDATE = "candidate";

    /** Says of a candidate that it is proposed no longer. */
    static final String WITHDRAWN = "withdrawn";

    private static final BigDecimal MAX_LIMIT_DAYS = new BigDecimal(3650);
    private static final int MILLI_PLACES = 3;

    /** Version 1, which the configuration gives. */
    static RulesVersion of(LeadpulseConfig config) {
        return new RulesVersion(config.scoreRules(), config.stageLimits(), config.learnt());
    }

    long effectiveFromMillis() {
        return scoreRules.effectiveFromMillis();
    }

    /** This version with what a record changes; after a problem it must not be used. */
    RulesVersion changedBy(JsonNode value, Problems problems) {
        Section record = Section.root(ConfigTree.ofJson(value, problems), problems);
        String versionAllowed = "a whole number from 2 (version 1 is in the configuration)";
        record.require("version", versionAllowed);
        record.require("effective_from", "a time");
        Long version = record.integerOrNull("version", null, 2, Integer.MAX_VALUE);
        Long fromMillis = record.instantMillis("effective_from", null);
        ScoreRules changed = ScoreReader.read(
                record.section("score"),
                scoreRules,
                version == null ? scoreRules.version() : version.intValue(),
                fromMillis == null ? scoreRules.effectiveFromMillis() : fromMillis);
        Map<String, Long> limits = new HashMap<>(stageLimits.limitMilliDaysByStage());
        limits.putAll(record.section("limits")
                .entries("a number of business days above 0, up to 3650, with at most 3 decimal places", node -> {
                    BigDecimal days = Section.decimal(node);
                    if (days.signum() <= 0
                            || days.compareTo(MAX_LIMIT_DAYS) > 0
                            || days.stripTrailingZeros().scale() > MILLI_PLACES) {
                        throw new Section.Refused();
                    }
                    return days.movePointRight(MILLI_PLACES).longValueExact();
                }));
        Learnt nowLearnt = LearntReader.read(record.section("learnt"), learnt);
        boolean isCandidate = record.flag(CANDIDATE, false);
        if (record.flag(WITHDRAWN, false) && !isCandidate) {
            record.refuse(WITHDRAWN, "true of a candidate only");
        }
        record.end();
        return new RulesVersion(changed, new StageLimits(limits, stageLimits.defaultLimitMilliDays()), nowLearnt);
    }
}
