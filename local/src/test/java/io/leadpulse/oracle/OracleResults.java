package io.leadpulse.oracle;

import java.math.BigDecimal;
import java.util.Map;

/** What the oracle answers; plain records. */
public final class OracleResults {
    private OracleResults() {}

    /**
     * Sales of a scope in a period.
     *
     * @param wonAmountMinor amount won less refunds, minor units
     * @param wonCount deals won
     * @param lostCount deals lost
     * @param openedCount deals opened
     * @param cycleSumMillis sum of the cycles of the deals won, milliseconds
     */
    public record Sales(long wonAmountMinor, long wonCount, long lostCount, long openedCount, long cycleSumMillis) {
        static final Sales NONE = new Sales(0, 0, 0, 0, 0);

        Sales plus(Sales other) {
            return new Sales(
                    wonAmountMinor + other.wonAmountMinor,
                    wonCount + other.wonCount,
                    lostCount + other.lostCount,
                    openedCount + other.openedCount,
                    cycleSumMillis + other.cycleSumMillis);
        }

        Sales withWon(long amountMinor, long cycleMillis) {
            return new Sales(
                    wonAmountMinor + amountMinor, wonCount + 1, lostCount, openedCount, cycleSumMillis + cycleMillis);
        }

        Sales withRefund(long amountMinor) {
            return new Sales(wonAmountMinor - amountMinor, wonCount, lostCount, openedCount, cycleSumMillis);
        }

        Sales withLost() {
            return new Sales(wonAmountMinor, wonCount, lostCount + 1, openedCount, cycleSumMillis);
        }

        Sales withOpened() {
            return new Sales(wonAmountMinor, wonCount, lostCount, openedCount + 1, cycleSumMillis);
        }
    }

    /**
     * How far a scope is with a goal in the current period.
     *
     * @param of scope, period and measure
     * @param goal minor units or a count, as what follows
     * @param achieved won so far
     * @param attainment of the goal, 0 and more
     * @param isLinear whether the expectation is a straight line
     * @param share of the goal that is expected by now
     * @param expected the same part of the goal
     * @param ahead of what is expected; null when it is too early to say
     * @param businessDaysLeft in the period
     * @param requiredPerDay what is missing for each business day left; null when none is left
     */
    public record GoalProgress(
            String of,
            long goal,
            long achieved,
            BigDecimal attainment,
            boolean isLinear,
            BigDecimal share,
            long expected,
            Long ahead,
            BigDecimal businessDaysLeft,
            Long requiredPerDay) {}

    /** Time in a stage: how many deals left it, and the exact sum of their stays there. */
    public record Dwell(long dealCount, long sumMillis) {}

    /**
     * What a stuck alert is of; at most one for each.
     *
     * @param lead lead
     * @param deal deal; null where it is of the lead
     * @param stage stage
     * @param enteredMillis entry into the stage
     */
    public record AlertKey(String lead, String deal, String stage, long enteredMillis) {
        @Override
        public String toString() {
            String of = deal == null ? "lead:" + lead : "deal:" + deal;
            return of + '|' + stage + '|' + OracleTime.text(enteredMillis);
        }
    }

    /** Transitions of an alert, epoch milliseconds; null for one that did not come up to as-of. */
    public record Alert(AlertKey key, long raisedMillis, Long escalatedMillis, Long resolvedMillis) {}

    /** Points that one fact gave by one rule. */
    public record LedgerEntry(String event, String rule, String group, long timeMillis, double points) {
        /** Readable, unique within a lead. */
        public String key() {
            return event + '|' + rule;
        }
    }

    /**
     * A lead's score at a time.
     *
     * @param rawByGroup decayed sum of each group, not clamped
     * @param clampedByGroup the same within the group's bounds
     * @param score sum of these within 0 to 100
     * @param band cold, warm or hot
     */
    public record Score(
            Map<String, Double> rawByGroup, Map<String, Double> clampedByGroup, double score, String band) {}

    /**
     * The rest of what is known of a lead; times in epoch milliseconds, null when there is none.
     *
     * @param createdMillis when it was created
     * @param marketingQualifiedMillis when its score reached the threshold, or it raised its hand
     * @param marketingQualifiedBy the event that did it
     * @param salesQualifiedMillis when its status became qualified or a deal was opened
     * @param firstContactMillis first contact by a person
     * @param lastContactMillis latest attempt or inbound message
     * @param lastContactKind its kind
     * @param isLastContactTwoWay whether it was a conversation, a reply or a meeting
     * @param stage derived stage; null when it has none
     * @param stageSinceMillis since when
     * @param owner rep; null when nobody owns it
     * @param status status
     */
    public record Lead(
            Long createdMillis,
            Long marketingQualifiedMillis,
            String marketingQualifiedBy,
            Long salesQualifiedMillis,
            Long firstContactMillis,
            Long lastContactMillis,
            String lastContactKind,
            Boolean isLastContactTwoWay,
            String stage,
            Long stageSinceMillis,
            String owner,
            String status) {}

    /** A lead's deals: how many are open, of what newest amount together, and how many are won and lost. */
    public record LeadDeals(long open, long openAmountMinor, long won, long lost) {}

    /** How many event lines have which fate. */
    public record Fates(long counted, long duplicate, long superseded, long held, long future) {}
}
