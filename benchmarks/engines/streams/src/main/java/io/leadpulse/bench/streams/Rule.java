package io.leadpulse.bench.streams;

/** The rules of the score. */
enum Rule {
    PAGE_VIEW('p', 1, 5, Within.DAY, Group.PAGE_VIEWS),
    CAREERS_PAGE('j', -10, 1, Within.LIFE, Group.ENGAGEMENT),
    PRICE_LIST('x', 10, 1, Within.DAY, Group.ENGAGEMENT),
    DOWNLOAD('d', 5, 1, Within.SUBJECT, Group.ENGAGEMENT),
    FORM('f', 20, 1, Within.SUBJECT, Group.ENGAGEMENT),
    DEMO_REQUEST('D', 50, 1, Within.SUBJECT, Group.ENGAGEMENT),
    SOCIAL_ACTION('s', 3, 3, Within.DAY, Group.ENGAGEMENT),
    EVENT_VISITED('e', 10, 1, Within.SUBJECT, Group.ENGAGEMENT),
    NEWSLETTER('n', 10, 1, Within.LIFE, Group.ENGAGEMENT),
    MAIL_OPENED('o', 1, 1, Within.SUBJECT, Group.ENGAGEMENT),
    LINK_CLICKED('c', 3, 1, Within.SUBJECT, Group.ENGAGEMENT),
    REPLIED('r', 15, 1, Within.DAY, Group.ENGAGEMENT),
    INBOUND_CALL('i', 15, 1, Within.DAY, Group.ENGAGEMENT),
    OUTBOUND_CALL('t', 5, 1, Within.DAY, Group.ENGAGEMENT),
    UNSUBSCRIBED('u', -30, 1, Within.LIFE, Group.OPT_OUT),
    MEETING_HELD('m', 25, Rule.EVERY, Within.LIFE, Group.ENGAGEMENT),
    NO_SHOW('y', -15, Rule.EVERY, Within.LIFE, Group.ENGAGEMENT);

    /** No limit to how often it counts. */
    static final int EVERY = Integer.MAX_VALUE;

    /** Stands for no rule where a code is written. */
    static final char NONE = '-';

    private static final Rule[] BY_CODE = new Rule[128];

    static {
        for (Rule rule : values()) {
            BY_CODE[rule.code] = rule;
        }
    }

    /** What it is in stores and messages; never changes. */
    final char code;

    final int points;
    final int times;
    final Group group;
    private final Within within;

    /** In what an act counts a limited number of times. */
    private enum Within {
        LIFE,
        SUBJECT,
        DAY
    }

    /** Points that are held within bounds together. */
    enum Group {
        ENGAGEMENT,
        PAGE_VIEWS,
        OPT_OUT
    }

    Rule(char code, int points, int times, Within within, Group group) {
        this.code = code;
        this.points = points;
        this.times = times;
        this.within = within;
        this.group = group;
    }

    /** The rule of a code; null for {@link #NONE}. */
    static Rule of(char code) {
        return BY_CODE[code];
    }

    /** The code of a rule, which may be null. */
    static char codeOf(Rule rule) {
        return rule == null ? NONE : rule.code;
    }

    /**
     * In what the act counts a limited number of times, as text.
     *
     * @param subject asset or product; may be null
     */
    String within(String subject, long timeMillis, TaskConfig config) {
        return switch (within) {
            case LIFE -> "";
            case SUBJECT -> subject == null ? "" : subject;
            case DAY -> Long.toString(config.epochDayOf(timeMillis));
        };
    }
}
