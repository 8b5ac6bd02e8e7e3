package io.leadpulse.bench.jet;

/** The rules of the score, as TASK.md states them. */
enum Rule {
    PAGE_VIEW(1, 5, Place.DAY),
    PRICE_LIST(10, 1, Place.DAY),
    CAREERS_PAGE(-10, 1, Place.LIFE),
    DOWNLOAD(5, 1, Place.SUBJECT),
    FORM(20, 1, Place.SUBJECT),
    DEMO_REQUEST(50, 1, Place.SUBJECT),
    SOCIAL_ACTION(3, 3, Place.DAY),
    EVENT_VISITED(10, 1, Place.SUBJECT),
    NEWSLETTER(10, 1, Place.LIFE),
    MAIL_OPENED(1, 1, Place.SUBJECT),
    LINK_CLICKED(3, 1, Place.SUBJECT),
    REPLIED(15, 1, Place.DAY),
    INBOUND_CALL(15, 1, Place.DAY),
    OUTBOUND_CALL(5, 1, Place.DAY),
    MEETING_HELD(25, Rule.EVERY, Place.LIFE),
    NO_SHOW(-15, Rule.EVERY, Place.LIFE),
    UNSUBSCRIBED(-30, 1, Place.LIFE);

    /** No limit to how often it counts. */
    static final int EVERY = Integer.MAX_VALUE;

    final int points;
    /** How many of one place count. */
    final int times;

    private final Place place;

    /** In what it counts a limited number of times. */
    private enum Place {
        DAY,
        /** An asset, a form, a product, an event or a mail. */
        SUBJECT,
        LIFE
    }

    Rule(int points, int times, Place place) {
        this.points = points;
        this.times = times;
        this.place = place;
    }

    /**
     * The place of an act, of all rules of a lead.
     *
     * @param subject what the act is about; null if it does not say
     */
    String place(long timeMillis, String subject, BusinessHours hours) {
        return switch (place) {
            case DAY -> name() + '|' + hours.day(timeMillis);
            case SUBJECT -> name() + '|' + subject;
            case LIFE -> name();
        };
    }
}
