package io.leadpulse.domain.goal;

import java.util.List;

/**
 * The goal that rules a period as of a time.
 *
 * @param amount what is asked for, pro rata; minor units or a count, at least 1
 * @param wholeAmount the same before pro rata
 * @param basis where it comes from
 * @param memberBusinessDays business days of the period with membership; equal to {@code periodBusinessDays} for the
 *     company and teams
 * @param periodBusinessDays business days of the period
 * @param effectiveFromMillis from when on the ruling goal holds, epoch milliseconds
 * @param earlier the goals it replaced, oldest first
 */
public record ResolvedGoal(
        long amount,
        long wholeAmount,
        GoalBasis basis,
        int memberBusinessDays,
        int periodBusinessDays,
        long effectiveFromMillis,
        List<GoalChange> earlier) {}
