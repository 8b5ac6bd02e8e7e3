package io.leadpulse.lead;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.merge.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A lead that has to do with a merge, as it alone stands: what the merged lead is made of. Like a deal it is told whole.
 *
 * @param lead the lead
 * @param facts as of {@link LeadState}
 * @param deals as of {@link LeadState}
 * @param clockMillis as of {@link LeadState}
 * @param configuration as of {@link LeadState}
 * @param into as of {@link LeadState}
 * @param mergedMillis as of {@link LeadState}
 */
public record LeadPart(
        String lead,
        List<Fact> facts,
        List<Deal> deals,
        long clockMillis,
        ConfigVersion configuration,
        String into,
        long mergedMillis) {

    static LeadPart of(String lead, LeadState state) {
        return new LeadPart(
                lead,
                state.facts(),
                state.deals(),
                state.clockMillis(),
                state.configuration(),
                state.into(),
                state.mergedMillis());
    }

    /** As one of the members of a merged lead. */
    Member memberOf(String root) {
        return lead.equals(root) ? Member.root(facts) : new Member(facts, into, mergedMillis);
    }

    /** How many facts it has, without those about the record. */
    int acts() {
        int acts = 0;
        for (Fact fact : facts) {
            acts += fact.kind().isAboutRecord() ? 0 : 1;
        }
        return acts;
    }

    /** How many characters of text its facts have, without those about the record. */
    long characters() {
        long characters = 0;
        for (Fact fact : facts) {
            characters += fact.kind().isAboutRecord() ? 0 : fact.characters();
        }
        return characters;
    }

    /** The same with at most so many facts, the newest; what is about the record is not among those counted. */
    LeadPart withNewest(int most) {
        if (acts() <= most) {
            return this;
        }
        List<Fact> newest = new ArrayList<>();
        int acts = 0;
        for (int i = facts.size() - 1; i >= 0; i--) {
            Fact fact = facts.get(i);
            if (fact.kind().isAboutRecord() || acts++ < most) {
                newest.add(fact);
            }
        }
        Collections.reverse(newest);
        return new LeadPart(lead, newest, deals, clockMillis, configuration, into, mergedMillis);
    }
}
