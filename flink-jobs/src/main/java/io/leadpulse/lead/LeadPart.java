package io.leadpulse.lead;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.lead.LeadView;
import io.leadpulse.domain.measure.ContributionKey;
import java.util.List;
import java.util.Map;

/**
 * A lead that has to do with a merge, as it alone stands: what the merged lead is made of. Like a deal it is told whole.
 *
 * @param lead the lead
 * @param facts as of {@link LeadState}
 * @param deals as of {@link LeadState}
 * @param clockMillis as of {@link LeadState}
 * @param configuration as of {@link LeadState}
 * @param contributed what it contributes alone, as it was said: a configuration that made a difference to it may not be
 *     known yet where this is read
 */
public record LeadPart(
        String lead,
        List<Fact> facts,
        List<Deal> deals,
        long clockMillis,
        ConfigVersion configuration,
        Map<ContributionKey, Long> contributed) {

    static LeadPart of(LeadState state, LeadView view) {
        return new LeadPart(
                view.lead(),
                state.facts(),
                state.deals(),
                state.clockMillis(),
                state.configuration(),
                view.contributions().values());
    }
}
