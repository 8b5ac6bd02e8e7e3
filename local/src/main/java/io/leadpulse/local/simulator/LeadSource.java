package io.leadpulse.local.simulator;

/**
 * Where leads come from, with what 28 days of them bring: leads that have had their 24 hours, and how many of those
 * were marketing-qualified within them.
 */
enum LeadSource {
    SEARCH_PRICE("search-price", "search", 560, 112),
    ORGANIC("organic", "organic", 880, 97),
    NEWSLETTER("newsletter", "email", 260, 34),
    REFERRAL("referral", "referral", 140, 36),
    OUTBOUND_LIST("outbound-list", "outbound", 380, 23),
    SOCIAL("social-always-on", "paid_social", 420, 27),
    /** A video with a checklist, since nine days. */
    CHECKLIST_VIDEO("checklist-video", "paid_social", 1_240, 28),
    PARTNER_WEBINAR("partner-webinar", "webinar", 48, 17),
    /** Visitors of our stand, uploaded as a list days later. */
    TRADE_FAIR("trade-fair", "fair", 214, 6);

    /** The sources that flow all the time. */
    static final LeadSource[] ORDINARY = {SEARCH_PRICE, ORGANIC, NEWSLETTER, REFERRAL, OUTBOUND_LIST, SOCIAL};

    private final String campaign;
    private final String channel;
    private final int leads;
    private final int qualified;

    LeadSource(String campaign, String channel, int leads, int qualified) {
        this.campaign = campaign;
        this.channel = channel;
        this.leads = leads;
        this.qualified = qualified;
    }

    String campaign() {
        return campaign;
    }

    String channel() {
        return channel;
    }

    /** Leads of 28 days. */
    int leads() {
        return leads;
    }

    /** Those of {@link #leads()} that were marketing-qualified within 24 hours. */
    int qualified() {
        return qualified;
    }

    /** Whether its leads come by our web site. */
    boolean isWeb() {
        return this != OUTBOUND_LIST && this != TRADE_FAIR;
    }

    double rate() {
        return (double) qualified / leads;
    }
}
