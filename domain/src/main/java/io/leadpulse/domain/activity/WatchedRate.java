package io.leadpulse.domain.activity;

import io.leadpulse.domain.measure.Dimension;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.rate.Maturity;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Rates of which people are told when they become worse; more is better of each. They are read from the company's sums by day:
 * a case counts on the day on which it began, and so does its success.
 *
 * <p>Not all rates on boards are among them. Of mails only the answers within 24 hours are: those within 14 days would tell of
 * the same template once more, two weeks later.
 */
public enum WatchedRate {
    COLD_CALL_CONNECTED("cold calls that reach somebody", "", 0),
    COLD_CALL_MEETING("connected cold calls with a meeting scheduled within 14 days", "", 14),
    CALL_CONNECTED("calls that reach somebody", "", 0),
    MEETING_HELD("meetings that are held, of those not cancelled", "", 0),
    MAIL_REPLIED("mails answered within 24 hours", "campaign", 1),
    AUTOMATIC_MAIL_REPLIED("automatic mails answered within 14 days", "campaign", 14),
    SMS_REPLIED("SMS answered within 72 hours", "campaign", 3),
    DEMO_OPPORTUNITY("demos with an opportunity within 30 days", "", 30),
    DEMO_NEXT_STAGE("demos after which the deal moved on within 14 days", "", 14),
    STAGE_MOVED_ON("deals that move on", "stage", 0),
    STAGE_WON("deals won, of those decided", "stage", 0),
    FORM_SENT("views of a form that end with its sending", "form", 0),
    MAIL_TEMPLATE_REPLIED("mails answered within 24 hours", "template", 1),
    AUTOMATIC_MAIL_TEMPLATE_REPLIED("automatic mails answered within 14 days", "template", 14),
    SMS_TEMPLATE_REPLIED("SMS answered within 72 hours", "template", 3);

    /** Where anything of any of these rates is found. */
    public static final Set<Measure> MEASURES = EnumSet.of(
            Measure.COLD_CALLS,
            Measure.CALLS_MADE,
            Measure.CALLS_CONNECTED,
            Measure.MEETINGS,
            Measure.MAILS,
            Measure.SMS,
            Measure.DEMOS,
            Measure.STEPS,
            Measure.FORM_ACTS);

    /** Of all parts together. */
    public static final String WHOLE = "";

    /** Where the dimension of a mail or SMS names its template; one without template ends before. */
    private static final int TEMPLATE_PLACE = 3;

    private static final String MADE = "made";
    private static final String CONNECTED = "connected";

    private final String words;
    private final String partKind;
    private final int withinDays;

    WatchedRate(String words, String partKind, int withinDays) {
        this.words = words;
        this.partKind = partKind;
        this.withinDays = withinDays;
    }

    /**
     * What one sum adds to a rate.
     *
     * @param rate the rate
     * @param part the campaign, template, stage or form; empty where the sum names none
     * @param isCase whether it counts below the line
     * @param isSuccess whether it counts above it
     */
    public record Share(WatchedRate rate, String part, boolean isCase, boolean isSuccess) {}

    /** What the sum of a day adds to which rates. */
    public static List<Share> of(Measure measure, String dimension) {
        String[] parts = dimension.split(String.valueOf(Dimension.SEPARATOR), -1);
        return switch (measure) {
            case CALLS_MADE -> List.of(new Share(CALL_CONNECTED, WHOLE, true, false));
            case CALLS_CONNECTED -> List.of(new Share(CALL_CONNECTED, WHOLE, false, true));
            case COLD_CALLS ->
                switch (parts[0]) {
                    case MADE -> List.of(new Share(COLD_CALL_CONNECTED, WHOLE, true, false));
                    case CONNECTED ->
                        List.of(
                                new Share(COLD_CALL_CONNECTED, WHOLE, false, true),
                                new Share(COLD_CALL_MEETING, WHOLE, true, false));
                    default -> List.of(new Share(COLD_CALL_MEETING, WHOLE, false, true));
                };
            case MEETINGS ->
                switch (parts[0]) {
                    case "completed", "demo_held" -> List.of(new Share(MEETING_HELD, WHOLE, true, true));
                    case "no_show" -> List.of(new Share(MEETING_HELD, WHOLE, true, false));
                    default -> List.of();
                };
            case MAILS -> ofMessage(parts, parts[1].equals("person") ? MAIL_REPLIED : AUTOMATIC_MAIL_REPLIED);
            case SMS -> parts[1].equals("person") ? ofMessage(parts, SMS_REPLIED) : List.of();
            case DEMOS ->
                switch (parts[0]) {
                    case "without_deal" -> List.of(new Share(DEMO_OPPORTUNITY, WHOLE, true, false));
                    case "opportunity" -> List.of(new Share(DEMO_OPPORTUNITY, WHOLE, false, true));
                    case "with_deal" -> List.of(new Share(DEMO_NEXT_STAGE, WHOLE, true, false));
                    default -> List.of(new Share(DEMO_NEXT_STAGE, WHOLE, false, true));
                };
            case STEPS ->
                switch (parts[0]) {
                    case "moved_on" -> List.of(new Share(STAGE_MOVED_ON, parts[1], true, true));
                    case "stopped" -> List.of(new Share(STAGE_MOVED_ON, parts[1], true, false));
                    case "won" -> List.of(new Share(STAGE_WON, parts[1], true, true));
                    default -> List.of(new Share(STAGE_WON, parts[1], true, false));
                };
            case FORM_ACTS ->
                switch (parts[1]) {
                    case "form_viewed" -> List.of(new Share(FORM_SENT, parts[0], true, false));
                    case "form_started" -> List.of();
                    default -> List.of(new Share(FORM_SENT, parts[0], false, true));
                };
            default -> List.of();
        };
    }

    private static List<Share> ofMessage(String[] parts, WatchedRate rate) {
        String success = rate == MAIL_REPLIED ? "replied_soon" : "replied";
        boolean isCase = parts[0].equals("delivered");
        boolean isSuccess = parts[0].equals(success);
        if (!isCase && !isSuccess) {
            return List.of();
        }
        Share share = new Share(rate, parts[2], isCase, isSuccess);
        return parts.length > TEMPLATE_PLACE
                ? List.of(share, new Share(byTemplate(rate), parts[TEMPLATE_PLACE], isCase, isSuccess))
                : List.of(share);
    }

    private static WatchedRate byTemplate(WatchedRate rate) {
        return switch (rate) {
            case MAIL_REPLIED -> MAIL_TEMPLATE_REPLIED;
            case AUTOMATIC_MAIL_REPLIED -> AUTOMATIC_MAIL_TEMPLATE_REPLIED;
            case SMS_REPLIED -> SMS_TEMPLATE_REPLIED;
            default -> throw new IllegalArgumentException(rate + " is not of sendings");
        };
    }

    /**
     * The rate of all parts together; null where there is none: a stage's deals are those of the stage before, and forms
     * have nothing in common.
     */
    public WatchedRate whole() {
        return switch (this) {
            case MAIL_TEMPLATE_REPLIED -> MAIL_REPLIED;
            case AUTOMATIC_MAIL_TEMPLATE_REPLIED -> AUTOMATIC_MAIL_REPLIED;
            case SMS_TEMPLATE_REPLIED -> SMS_REPLIED;
            case STAGE_MOVED_ON, STAGE_WON, FORM_SENT -> null;
            default -> this;
        };
    }

    /** Whether a new part takes the place of others, so that it is compared with all of them: so templates do. */
    public boolean newIsComparedWithAll() {
        return partKind.equals("template");
    }

    /** What its parts are: {@code campaign}, {@code template}, {@code stage} or {@code form}; empty for a rate without parts. */
    public String partKind() {
        return partKind;
    }

    /** How old its cases must be. */
    public Maturity maturity() {
        return new Maturity(Duration.ofDays(withinDays).toMillis());
    }

    /** What it is a rate of, in words for people. */
    public String words() {
        return words;
    }

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
