package io.leadpulse.domain.score;

import java.io.Serializable;
import java.util.List;

/**
 * What one sort of act is worth. The rules of a version are an ordered list: the first that means a fact takes it, also
 * when its repeat rule then leaves the fact out, so that one act never counts twice.
 *
 * @param id lower case letters, digits and underscores; unique within one version; over versions the same id is the
 *     same rule, and its repeat rule looks back at what the earlier versions counted
 * @param matches the facts meant; any one of these is enough, and all share the one repeat rule
 * @param points what a counted fact gives, positive or negative
 * @param group name of the {@link ScoreGroup.Type#ENGAGEMENT} group that it counts in
 * @param repeat how often it counts
 * @param autoQualifies whether a counted fact makes the lead marketing-qualified whatever its score
 */
public record ScoreRule(
        String id, List<FactMatch> matches, double points, String group, Repeat repeat, boolean autoQualifies)
        implements Serializable {

    public ScoreRule {
        matches = List.copyOf(matches);
    }
}
