package io.leadpulse.domain.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One alert with its life so far. Flat because it crosses an edge and is kept as told.
 *
 * @param id the same for the same lead, deal, cause, stage and entry, whenever and wherever it is computed
 * @param lead whose alert it is
 * @param deal the deal meant; null when the alert is the lead's
 * @param cause why
 * @param stage the stage of a stay; null for causes without one
 * @param about what of the lead or deal it is about: kind of a planned activity, expected day of closing; null for causes
 *     that need no more words
 * @param enteredMillis from when the clock runs: entry into the stage, creation, message, last contact
 * @param limitMilliDays limit in thousandths of a business day; 0 when it is given in milliseconds
 * @param limitMillis limit in milliseconds, of working time (first contact, reply owed) or of 24-hour days (idle); 0 when
 *     it is given in business days
 * @param dueMillis when the limit was reached; not after the raise, which a planned activity may delay
 * @param owner owner when it was raised; null when it had none
 * @param state the kind of the last transition
 * @param transitions at least the raise, in order of time
 * @param details what its reader wants to know beside it, by name, as of its last step; empty once it has ended
 */
public record Alert(
        String id,
        String lead,
        String deal,
        AlertCause cause,
        String stage,
        String about,
        long enteredMillis,
        long limitMilliDays,
        long limitMillis,
        long dueMillis,
        String owner,
        AlertState state,
        List<AlertTransition> transitions,
        Map<String, String> details) {

    /**
     * Detail with the ids, parted by spaces, that the same cause has with leads that were merged into its lead: who was told
     * of one of them is not told anew.
     */
    public static final String REPLACES = "replaces";

    private static final int ID_HEX_DIGITS = 16;
    /** Copied for each id: to look for whoever offers it takes longer than the hash. */
    private static final MessageDigest SHA_256 = sha256();

    /** The id of an alert: the first 64 bits of a SHA-256 over what makes it one alert, in hexadecimal. */
    public static String idOf(String lead, String deal, AlertCause cause, String stage, long enteredMillis) {
        return hashOf(
                lead, deal == null ? "" : deal, cause.name(), stage == null ? "" : stage, Long.toString(enteredMillis));
    }

    /** A hash of parts that together name one alert. */
    static String hashOf(String... parts) {
        String text = String.join("\u0000", parts);
        try {
            byte[] hash = ((MessageDigest) SHA_256.clone()).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_HEX_DIGITS / 2);
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("SHA-256 of this Java platform cannot be copied", impossible);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    /** When it was raised. */
    public long raisedMillis() {
        return transitions.get(0).atMillis();
    }

    /** Until when the last snooze lasts; {@link AlertTransition#NO_TIME} when it was never snoozed. */
    public long snoozedUntilMillis() {
        long untilMillis = AlertTransition.NO_TIME;
        for (AlertTransition step : transitions) {
            if (step.kind() == AlertState.SNOOZED) {
                untilMillis = step.untilMillis();
            }
        }
        return untilMillis;
    }

    /** When the cause ended, or {@link Long#MAX_VALUE} while it stands. */
    public long resolvedMillis() {
        AlertTransition last = transitions.get(transitions.size() - 1);
        return last.kind() == AlertState.RESOLVED ? last.atMillis() : Long.MAX_VALUE;
    }

    /** The same alert with one more step at its end. */
    Alert then(AlertState kind, long atMillis) {
        List<AlertTransition> longer = new ArrayList<>(transitions);
        longer.add(new AlertTransition(kind, atMillis));
        return with(longer);
    }

    /** The same alert with this life. */
    Alert with(List<AlertTransition> life) {
        return new Alert(
                id,
                lead,
                deal,
                cause,
                stage,
                about,
                enteredMillis,
                limitMilliDays,
                limitMillis,
                dueMillis,
                owner,
                life.get(life.size() - 1).kind(),
                life,
                details);
    }

    /** The same alert with these details. */
    public Alert withDetails(Map<String, String> other) {
        return new Alert(
                id,
                lead,
                deal,
                cause,
                stage,
                about,
                enteredMillis,
                limitMilliDays,
                limitMillis,
                dueMillis,
                owner,
                state,
                transitions,
                other);
    }

    /** How many leads were merged into its lead when it was last told, while it was open; see {@link #REPLACES}. */
    public int members() {
        String ids = details.get(REPLACES);
        return ids == null ? 0 : ids.split(" ", -1).length;
    }

    /** When its last step was. */
    public long lastStepMillis() {
        return transitions.get(transitions.size() - 1).atMillis();
    }

    /** Whether its cause still stands. */
    public boolean isOpen() {
        return state != AlertState.RESOLVED && state != AlertState.WITHDRAWN;
    }
}
