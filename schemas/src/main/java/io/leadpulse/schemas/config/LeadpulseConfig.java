package io.leadpulse.schemas.config;

import io.leadpulse.domain.alert.LeadClockLimits;
import io.leadpulse.domain.alert.Learnt;
import io.leadpulse.domain.alert.NextSteps;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.campaign.QualificationWindows;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.goal.Goal;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.domain.stage.StageLimits;
import io.leadpulse.schemas.MinorUnits;
import io.leadpulse.schemas.MoneyUnit;
import io.leadpulse.schemas.event.DecodeSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The whole meaning that a company gives to its numbers, validated and immutable. {@link ConfigReader} makes it; what it
 * does not say is as in {@link #defaults()}. It is not serializable: carry the text and read it where it is used.
 *
 * @param company name, zone, currencies, months, weeks and fiscal year
 * @param workingWeek working hours by weekday
 * @param holidayEpochDays local dates without work
 * @param dealStages names and order of the stages of deals
 * @param stageLimits limits of stays, of version 1 of the rules
 * @param clockLimits limits of a lead's other clocks
 * @param alertDelivery how people are told
 * @param dailyDigest when and to whom the managers' digest is sent
 * @param nextSteps what to do next, by what is wrong
 * @param qualificationWindows how long leads of a channel have to qualify before their campaign is judged by them
 * @param learnt what was learnt from other leads, of version 1 of the rules
 * @param scoreRules version 1 of the rules of the score
 * @param behaviour what the names on the web site mean
 * @param bounds what bounds the state
 * @param retentionDays correction horizon: facts live so long, older events are refused
 * @param graceMinutes how long the engine's clock waits for a source that is silent
 * @param silentAfterMillis working time of the company without a record after which a topic of events counts as silent,
 *     milliseconds, by topic; topics that are not named never do
 * @param keyMetrics the key-metric panel, in order
 * @param keyMetricAims goals and limits of key metrics, as they are given: in {@link KeyMetric.Unit#given()}
 * @param goals goals that the file gives; more come by topic
 * @param reps reps that the file names; more come by topic
 */
public record LeadpulseConfig(
        Company company,
        WorkingWeek workingWeek,
        Set<Long> holidayEpochDays,
        DealStages dealStages,
        StageLimits stageLimits,
        LeadClockLimits clockLimits,
        AlertDelivery alertDelivery,
        DailyDigest dailyDigest,
        NextSteps nextSteps,
        QualificationWindows qualificationWindows,
        Learnt learnt,
        ScoreRules scoreRules,
        BehaviourMapping behaviour,
        Bounds bounds,
        int retentionDays,
        int graceMinutes,
        Map<String, Long> silentAfterMillis,
        List<KeyMetric> keyMetrics,
        Map<KeyMetric, BigDecimal> keyMetricAims,
        List<Goal> goals,
        List<RepRecord> reps) {

    public LeadpulseConfig {
        holidayEpochDays = Set.copyOf(holidayEpochDays);
        silentAfterMillis = Map.copyOf(silentAfterMillis);
        keyMetrics = List.copyOf(keyMetrics);
        keyMetricAims = Map.copyOf(keyMetricAims);
        goals = List.copyOf(goals);
        reps = List.copyOf(reps);
    }

    /** What an empty file means. */
    public static LeadpulseConfig defaults() {
        return ConfigReader.parse("");
    }

    /** The company's working time, without absences. */
    public BusinessCalendar companyCalendar() {
        return new BusinessCalendar(company.zone(), workingWeek, holidayEpochDays);
    }

    /** The company's days, weeks, months, quarters and years. */
    public PeriodCalendar periodCalendar() {
        return new PeriodCalendar(
                company.months(), company.weekStart(), company.fiscalStartMonth(), company.fiscalStartDay());
    }

    /** Digits after the decimal point of the company's currency. */
    public int minorDigits() {
        return MinorUnits.digits(company.currency());
    }

    /** What people are shown amounts in. */
    public MoneyUnit moneyUnit() {
        return company.moneyUnit();
    }

    /** What the decoder needs to know; live, until {@link DecodeSettings#withReferenceMillis} makes it a replay's. */
    public DecodeSettings decodeSettings() {
        return DecodeSettings.of(company.currency())
                .withRates(company.rates())
                .withHorizonMillis(Duration.ofDays(retentionDays).toMillis())
                .withBehaviour(
                        behaviour.trackedKinds(), behaviour.pageKinds(), behaviour.demoForms(), behaviour.traits());
    }
}
