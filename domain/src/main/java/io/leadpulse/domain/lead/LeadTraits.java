package io.leadpulse.domain.lead;

import io.leadpulse.domain.campaign.Touch;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.score.FitRule;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.score.ScoreRules;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the win probability knows of a lead beside its stage. Only what has few values and does not grow with the lead's
 * own story: who made the first contact, the channel of the first campaign touch, the product, and those attributes that
 * a rule of the score names in any version. Other attributes may be names or addresses; they stay where they are.
 */
public final class LeadTraits {
    /** Who made the first contact. */
    public static final String DIRECTION = "direction";

    /** The channel of the first campaign touch, see {@link LeadView#touches()}. */
    public static final String CHANNEL = "channel";

    /** The product, see {@link LeadView#product()}. */
    public static final String PRODUCT = "product";

    /** A longer value is no value of a closed set. */
    private static final int MAX_LENGTH = 64;

    private LeadTraits() {}

    /** The lead's values by attribute; what is not known is left out. */
    public static Map<String, String> of(LeadView lead) {
        Map<String, String> traits = new TreeMap<>();
        for (Fact fact : lead.facts()) {
            for (String attribute : lead.fitAttributes()) {
                put(traits, attribute, fact.attributes().get(attribute));
            }
        }
        Direction origin = lead.contacts().origin();
        put(
                traits,
                DIRECTION,
                origin == Direction.UNKNOWN ? null : origin.name().toLowerCase(Locale.ROOT));
        Touch first = lead.touches().first();
        put(traits, CHANNEL, first == null ? null : first.channel());
        put(traits, PRODUCT, lead.product());
        return traits;
    }

    /** The attributes that a rule names in any version. What is learnt makes a version a day: not to be asked for each lead. */
    static Set<String> fitAttributes(RuleTimeline rules) {
        Set<String> named = new TreeSet<>();
        for (ScoreRules version : rules.versions()) {
            for (FitRule rule : version.fitRules()) {
                named.add(rule.attribute());
            }
        }
        return named;
    }

    /** The newest value that is one. */
    private static void put(Map<String, String> traits, String attribute, String value) {
        if (value != null && !value.isBlank() && value.length() <= MAX_LENGTH) {
            traits.put(attribute, value);
        }
    }
}
