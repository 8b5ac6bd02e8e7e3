package io.leadpulse.schemas.config;

import java.util.List;

/** The numbers that can stand on the key-metric panel; a company names at most {@link #MAX} of them. */
public enum KeyMetric {
    SALES_TODAY("Sales today"),
    WEEK_ATTAINMENT("Week attainment"),
    MONTH_ATTAINMENT("Month attainment"),
    QUARTER_ATTAINMENT("Quarter attainment"),
    YEAR_ATTAINMENT("Year attainment"),
    PACE("Pace"),
    OPEN_PIPELINE("Open pipeline"),
    PIPELINE_VELOCITY("Pipeline velocity"),
    WIN_RATE("Win rate"),
    SALES_CYCLE("Sales cycle"),
    LEAD_TO_SQL_RATE("Lead-to-SQL rate"),
    LEAD_TO_SALE_RATE("Lead-to-sale rate"),
    FIRST_CONTACT_TIME("First-contact time"),
    STUCK_LEADS("Stuck leads");

    /** More than nine key metrics are no key metrics. */
    public static final int MAX = 9;

    /** Those of a company that names none. */
    public static final List<KeyMetric> DEFAULT = List.of(
            SALES_TODAY,
            MONTH_ATTAINMENT,
            PACE,
            OPEN_PIPELINE,
            WIN_RATE,
            SALES_CYCLE,
            LEAD_TO_SQL_RATE,
            FIRST_CONTACT_TIME,
            STUCK_LEADS);

    private final String title;

    KeyMetric(String title) {
        this.title = title;
    }

    /** The name to show. */
    public String title() {
        return title;
    }
}
