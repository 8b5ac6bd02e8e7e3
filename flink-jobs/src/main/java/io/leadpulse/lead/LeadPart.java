package io.leadpulse.lead;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import java.util.List;

/**
 * A lead that has to do with a merge, as it alone stands: what the merged lead is made of. Like a deal it is told whole.
 *
 * @param lead the lead
 * @param facts as of {@link LeadState}
 * @param deals as of {@link LeadState}
 * @param clockMillis as of {@link LeadState}: whose exchange rates hold in what it contributes alone
 * @param configuration as of {@link LeadState}: by which it contributes alone
 */
public record LeadPart(String lead, List<Fact> facts, List<Deal> deals, long clockMillis, ConfigVersion configuration) {

    static LeadPart of(String lead, LeadState state) {
        return new LeadPart(lead, state.facts(), state.deals(), state.clockMillis(), state.configuration());
    }
}
