package io.leadpulse.domain.alert;

import java.util.Locale;

/** Signs that a lead is about to fall off. The names stand on the wire and in alert ids: a constant is never renamed. */
public enum FallOffSign {
    /** Its raw score halved in ten days in which it did nothing good. */
    SCORE_HALVED("score halved in ten days"),
    /** Nothing was heard of it for longer than of three in four won leads in that stage. */
    SILENT("silent for longer than leads that were won"),
    /** It wants no more mail. */
    UNSUBSCRIBED("unsubscribed"),
    /** It missed or declined a second meeting. */
    MISSED_TWICE("missed or declined two meetings"),
    /** The day on which a deal is expected to close was put off twice. */
    PUSHED_TWICE("expected close put off twice"),
    /** It did what leads that are lost do. */
    LOSS_ACT("did what goes with losing");

    private final String words;

    FallOffSign(String words) {
        this.words = words;
    }

    /**
     * What people are told of a sign.
     *
     * @param wireName its name on the wire; one of a later version is told as it is
     * @param act wire name of the act that goes with losing; null for other signs
     */
    public static String words(String wireName, String act) {
        String words = wireName.replace('_', ' ');
        for (FallOffSign sign : values()) {
            if (sign.wireName().equals(wireName)) {
                words = sign.words;
            }
        }
        return act == null ? words : words + " (" + act.replace('_', ' ') + ")";
    }

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
