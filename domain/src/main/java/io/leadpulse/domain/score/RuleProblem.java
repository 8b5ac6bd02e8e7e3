package io.leadpulse.domain.score;

/**
 * One thing that is wrong with rules.
 *
 * @param key path of the setting within the rules, such as {@code rules.page_view.points}
 * @param value the bad value as text; {@code null} as text when it is missing
 * @param allowed what is allowed there
 */
public record RuleProblem(String key, String value, String allowed) {

    @Override
    public String toString() {
        return key + " = " + value + ": allowed is " + allowed;
    }
}
