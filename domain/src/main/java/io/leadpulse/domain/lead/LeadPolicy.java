package io.leadpulse.domain.lead;

import io.leadpulse.domain.alert.LeadClockLimits;
import io.leadpulse.domain.alert.NextSteps;
import io.leadpulse.domain.alert.OwnerCalendars;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.deal.DealValuation;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.organisation.Organisation;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.stage.LimitTimeline;
import java.time.ZoneId;

/**
 * Everything that reading a lead needs to know of the company.
 *
 * @param organisation teams and local time
 * @param calendars in whose working time clocks run
 * @param zone the company's zone, whose days bound "once a day"
 * @param rules the rules of the score by time
 * @param dealStages names and order of the stages of deals
 * @param limits how long a stay may last, by stage
 * @param clocks limits of a lead's other clocks
 * @param nextSteps what to do next, by what is wrong
 * @param valuation what deals in other currencies are worth
 * @param bounds how many facts of a lead are kept
 */
public record LeadPolicy(
        Organisation organisation,
        OwnerCalendars calendars,
        ZoneId zone,
        RuleTimeline rules,
        DealStages dealStages,
        LimitTimeline limits,
        LeadClockLimits clocks,
        NextSteps nextSteps,
        DealValuation valuation,
        FactBook.Bounds bounds) {}
