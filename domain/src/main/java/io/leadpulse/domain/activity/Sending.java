package io.leadpulse.domain.activity;

import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A mail or SMS of ours, and what came of it. What came is that of the latest sending before it of the mail that it
 * names; when it names none, of the latest sending at all. So a template that is sent to a lead twice is two mails, each
 * with its own answer.
 *
 * @param sent the sending
 * @param delivered a delivery was told, or it was opened, clicked or answered
 * @param opened a person opened it in time
 * @param clicked a person clicked in it in time
 * @param replied a person answered it in time
 * @param repliedSoon a person answered it within {@link #SOON_HOURS}: what is known early of a new template
 */
public record Sending(
        Fact sent, boolean delivered, boolean opened, boolean clicked, boolean replied, boolean repliedSoon) {

    /** Answers to a mail count within so many times 24 hours. */
    public static final int MAIL_DAYS = 14;

    /** Answers to an SMS count within so many hours. */
    public static final int SMS_HOURS = 72;

    /** Answers within so many hours tell early how a sending works. */
    public static final int SOON_HOURS = 24;

    private static final long MAIL_MILLIS = MAIL_DAYS * 86_400_000L;
    private static final long SMS_MILLIS = SMS_HOURS * 3_600_000L;
    private static final long SOON_MILLIS = SOON_HOURS * 3_600_000L;

    /** A longer name is no name that people gave a template. */
    private static final int MAX_TEMPLATE_LENGTH = 64;

    /** Enough for a date, or for a month and a version. What has more is numbered by a machine, one for each sending. */
    private static final int MAX_TEMPLATE_DIGITS = 8;

    /**
     * The template from which it was made, as far as it is told apart: each costs sums of its own.
     *
     * @return empty when none was given, or when its name is longer than 64 characters or has more than eight digits
     */
    public String template() {
        String name = sent.template();
        boolean isName = name != null
                && name.length() <= MAX_TEMPLATE_LENGTH
                && name.chars().filter(Character::isDigit).count() <= MAX_TEMPLATE_DIGITS;
        return isName ? name : "";
    }

    /** The mails sent to a lead, from its facts in canonical order. */
    public static List<Sending> mails(List<Fact> facts) {
        return sendings(facts, EventKind.EMAIL_SENT, MAIL_MILLIS);
    }

    /** The SMS sent to a lead, from its facts in canonical order. */
    public static List<Sending> sms(List<Fact> facts) {
        return sendings(facts, EventKind.SMS_SENT, SMS_MILLIS);
    }

    private static List<Sending> sendings(List<Fact> facts, EventKind kind, long withinMillis) {
        List<Sending> sendings = new ArrayList<>();
        Map<String, Integer> latestByAsset = new HashMap<>();
        for (Fact fact : facts) {
            if (fact.kind() == kind) {
                if (fact.direction() != Direction.INBOUND) {
                    latestByAsset.put(fact.asset(), sendings.size());
                    sendings.add(new Sending(fact, false, false, false, false, false));
                }
                continue;
            }
            Integer place = fact.asset() == null ? (Integer) (sendings.size() - 1) : latestByAsset.get(fact.asset());
            if (place != null && place >= 0) {
                sendings.set(place, sendings.get(place).with(fact, kind == EventKind.EMAIL_SENT, withinMillis));
            }
        }
        return sendings;
    }

    private Sending with(Fact fact, boolean isMail, long withinMillis) {
        boolean isSoon = repliedSoon || fact.timeMillis() - sent.timeMillis() <= SOON_MILLIS;
        boolean isInTime = !fact.automatic() && fact.timeMillis() - sent.timeMillis() <= withinMillis;
        return switch (fact.kind()) {
            case EMAIL_DELIVERED -> isMail ? withDelivered() : this;
            case SMS_DELIVERED -> isMail ? this : withDelivered();
            case EMAIL_OPENED ->
                isMail && isInTime ? new Sending(sent, true, true, clicked, replied, repliedSoon) : this;
            case EMAIL_CLICKED ->
                isMail && isInTime ? new Sending(sent, true, opened, true, replied, repliedSoon) : this;
            case EMAIL_REPLIED -> isMail && isInTime ? new Sending(sent, true, opened, clicked, true, isSoon) : this;
            case SMS_REPLIED -> !isMail && isInTime ? new Sending(sent, true, opened, clicked, true, isSoon) : this;
            default -> this;
        };
    }

    private Sending withDelivered() {
        return new Sending(sent, true, opened, clicked, replied, repliedSoon);
    }
}
