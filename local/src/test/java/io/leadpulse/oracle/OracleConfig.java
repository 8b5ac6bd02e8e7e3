package io.leadpulse.oracle;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the oracle needs to know of the company. The defaults are those of the definitions.
 *
 * @param zone zone of the company's calendar: its days, weeks and months, and "a day" of the score's repeat rules
 * @param workingHours working hours by weekday; a weekday that is not named is free
 * @param holidays days without business time, for the company and for every rep
 * @param dealLimitDays limit of each stage of a deal, in business days
 * @param defaultDealLimitDays limit of the stages that are not named there; null for none, then they raise nothing
 * @param leadLimitDays limit of the derived stages {@code contacted} and {@code qualified}; one not named raises nothing
 * @param minorDigits digits after the decimal point of the company's currency
 * @param weekStart first day of the week
 * @param fiscalYearStart first day of the fiscal year; quarters are counted from it
 * @param score the rules of the score
 * @param rates what other currencies are worth
 * @param learnt what was learnt from other leads
 */
public record OracleConfig(
        ZoneId zone,
        Map<DayOfWeek, List<Hours>> workingHours,
        Set<LocalDate> holidays,
        Map<String, Integer> dealLimitDays,
        Integer defaultDealLimitDays,
        Map<String, Integer> leadLimitDays,
        int minorDigits,
        DayOfWeek weekStart,
        MonthDay fiscalYearStart,
        ScoreRules score,
        OracleRates rates,
        Learnt learnt) {

    /**
     * What was learnt from other leads.
     *
     * @param silences by stage for how long a lead may be silent
     * @param lossActs kinds of acts that go with losing
     */
    public record Learnt(Map<String, Duration> silences, Set<String> lossActs) {
        /** Nothing. */
        public static final Learnt NOTHING = new Learnt(Map.of(), Set.of());
    }

    /** A company of one currency. */
    public OracleConfig(
            ZoneId zone,
            Map<DayOfWeek, List<Hours>> workingHours,
            Set<LocalDate> holidays,
            Map<String, Integer> dealLimitDays,
            Integer defaultDealLimitDays,
            Map<String, Integer> leadLimitDays,
            int minorDigits,
            DayOfWeek weekStart,
            MonthDay fiscalYearStart,
            ScoreRules score) {
        this(
                zone,
                workingHours,
                holidays,
                dealLimitDays,
                defaultDealLimitDays,
                leadLimitDays,
                minorDigits,
                weekStart,
                fiscalYearStart,
                score,
                OracleRates.NONE,
                Learnt.NOTHING);
    }

    /** The same company with other currencies. */
    public OracleConfig withRates(OracleRates others) {
        return new OracleConfig(
                zone,
                workingHours,
                holidays,
                dealLimitDays,
                defaultDealLimitDays,
                leadLimitDays,
                minorDigits,
                weekStart,
                fiscalYearStart,
                score,
                others,
                learnt);
    }

    /** The same company, having learnt this. */
    public OracleConfig withLearnt(Learnt other) {
        return new OracleConfig(
                zone,
                workingHours,
                holidays,
                dealLimitDays,
                defaultDealLimitDays,
                leadLimitDays,
                minorDigits,
                weekStart,
                fiscalYearStart,
                score,
                rates,
                other);
    }

    /** A working interval of a day, in minutes after midnight on the clock; 1440 is the midnight that ends the day. */
    public record Hours(int fromMinute, int toMinute) {}

    /**
     * A goal for every period of a kind.
     *
     * @param scope {@code company}, {@code team:X} or {@code rep:X}
     * @param periodKind week, month, quarter or year
     * @param isMoney whether it is of the amount won, else of the deals won
     * @param goal minor units or a count
     */
    public record Goal(String scope, String periodKind, boolean isMoney, long goal) {}

    /** How often a rule counts. {@code ONCE_PER_ASSET} and {@code ONCE_PER_PRODUCT} count once for each value. */
    public enum Repeat {
        ONCE,
        ONCE_PER_ASSET,
        ONCE_PER_PRODUCT,
        MAX_PER_DAY,
        EVERY
    }

    /**
     * Points for an act.
     *
     * @param name of the rule
     * @param kinds kinds of events that it matches
     * @param direction direction that it wants; null for any
     * @param wantsConnected whether only connected calls match
     * @param points points for each fact that counts
     * @param repeat how often it counts
     * @param perDay facts that count a day, where {@code repeat} is {@code MAX_PER_DAY}
     * @param group group that the points go to
     */
    public record Rule(
            String name,
            Set<String> kinds,
            String direction,
            boolean wantsConnected,
            double points,
            Repeat repeat,
            int perDay,
            String group) {}

    /** Points for an attribute of the lead while it has this value. */
    public record FitRule(String attribute, String value, double points, String group) {}

    /**
     * A group of rules.
     *
     * @param name its name
     * @param min lower clamp; negative infinity for none
     * @param max upper clamp; infinity for none
     * @param halfLifeDays half-life; null for no decay
     */
    public record Group(String name, double min, double max, Double halfLifeDays) {}

    /** All rules of the score, its bands and its threshold. */
    public record ScoreRules(
            List<Rule> rules,
            List<FitRule> fitRules,
            List<Group> groups,
            double warmFrom,
            double hotFrom,
            double marketingQualifiedFrom) {}

    /** Names of the groups of {@link #defaultScore()}. */
    public static final String FIT = "fit";

    public static final String PAGE_VIEWS = "page_views";
    public static final String ENGAGEMENT = "engagement";
    public static final String LASTING = "lasting";

    /**
     * The acceptance checks' company: UTC, Monday to Friday around the clock, weeks from Monday, years from January, two
     * minor digits.
     *
     * @param limitDays limit of every stage, derived ones too
     */
    public static OracleConfig acceptance(int limitDays) {
        return new OracleConfig(
                ZoneOffset.UTC,
                weekdays(List.of(new Hours(0, 1440))),
                Set.of(),
                Map.of(),
                limitDays,
                Map.of("contacted", limitDays, "qualified", limitDays),
                2,
                DayOfWeek.MONDAY,
                MonthDay.of(1, 1),
                defaultScore());
    }

    /** The default limits and rules, with a company's calendar. */
    public static OracleConfig of(ZoneId zone, Map<DayOfWeek, List<Hours>> workingHours, Set<LocalDate> holidays) {
        return new OracleConfig(
                zone,
                workingHours,
                holidays,
                Map.of("meeting", 7, "demo", 7, "offer", 10, "negotiation", 14),
                null,
                Map.of("contacted", 5, "qualified", 5),
                2,
                DayOfWeek.MONDAY,
                MonthDay.of(1, 1),
                defaultScore());
    }

    /** The same hours from Monday to Friday. */
    public static Map<DayOfWeek, List<Hours>> weekdays(List<Hours> hours) {
        Map<DayOfWeek, List<Hours>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.getValue() <= DayOfWeek.FRIDAY.getValue()) {
                week.put(day, hours);
            }
        }
        return week;
    }

    /** The default points, repeat rules, groups and thresholds, as the definitions list them. */
    public static ScoreRules defaultScore() {
        double none = Double.POSITIVE_INFINITY;
        return new ScoreRules(
                List.of(
                        perDay("page_view", "page_viewed", 1, 5, PAGE_VIEWS),
                        rule("careers_page", "careers_page_viewed", -10, Repeat.ONCE),
                        rule("mail_opened", "email_opened", 1, Repeat.ONCE_PER_ASSET),
                        rule("link_clicked", "email_clicked", 3, Repeat.ONCE_PER_ASSET),
                        rule("download", "asset_downloaded", 5, Repeat.ONCE_PER_ASSET),
                        perDay("social_action", "social_action", 3, 3, ENGAGEMENT),
                        rule("event_visited", "event_visited", 10, Repeat.ONCE_PER_ASSET),
                        rule("newsletter_sign_up", "newsletter_signed_up", 10, Repeat.ONCE),
                        rule("site_sign_up", "site_signed_up", 10, Repeat.ONCE),
                        perDay("price_list_viewed", "price_list_viewed", 10, 1, ENGAGEMENT),
                        rule("form_submitted", "form_submitted", 20, Repeat.ONCE_PER_ASSET),
                        new Rule(
                                "replied",
                                Set.of("email_replied", "sms_replied"),
                                null,
                                false,
                                15,
                                Repeat.MAX_PER_DAY,
                                1,
                                ENGAGEMENT),
                        new Rule(
                                "inbound_call",
                                Set.of("call"),
                                "inbound",
                                false,
                                15,
                                Repeat.MAX_PER_DAY,
                                1,
                                ENGAGEMENT),
                        new Rule(
                                "outbound_call_connected",
                                Set.of("call"),
                                "outbound",
                                true,
                                5,
                                Repeat.MAX_PER_DAY,
                                1,
                                ENGAGEMENT),
                        rule("meeting_held", "meeting_completed", 25, Repeat.EVERY),
                        rule("demo_held", "demo_held", 25, Repeat.EVERY),
                        rule("demo_requested", "demo_requested", 50, Repeat.ONCE_PER_PRODUCT),
                        rule("no_show", "meeting_no_show", -15, Repeat.EVERY),
                        new Rule(
                                "unsubscribed",
                                Set.of("email_unsubscribed"),
                                null,
                                false,
                                -30,
                                Repeat.ONCE,
                                0,
                                LASTING)),
                List.of(),
                List.of(
                        new Group(FIT, -none, 25, null),
                        new Group(PAGE_VIEWS, -none, 20, 14.0),
                        new Group(ENGAGEMENT, -none, none, 14.0),
                        new Group(LASTING, -none, none, null)),
                30,
                70,
                70);
    }

    private static Rule rule(String name, String kind, double points, Repeat repeat) {
        return new Rule(name, Set.of(kind), null, false, points, repeat, 0, ENGAGEMENT);
    }

    private static Rule perDay(String name, String kind, double points, int perDay, String group) {
        return new Rule(name, Set.of(kind), null, false, points, Repeat.MAX_PER_DAY, perDay, group);
    }
}
