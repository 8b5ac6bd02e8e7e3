package io.leadpulse.schemas.config;

import io.leadpulse.domain.alert.AlertCause;
import io.leadpulse.domain.alert.LeadClockLimits;
import io.leadpulse.domain.alert.Learnt;
import io.leadpulse.domain.alert.NextSteps;
import io.leadpulse.domain.calendar.MonthSystem;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.campaign.QualificationAge;
import io.leadpulse.domain.campaign.QualificationWindows;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.goal.Goal;
import io.leadpulse.domain.money.ExchangeRates;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.domain.stage.LeadStages;
import io.leadpulse.domain.stage.StageLimits;
import io.leadpulse.schemas.MinorUnits;
import io.leadpulse.schemas.MoneyUnit;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.DecodeSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Makes a {@link LeadpulseConfig} of a YAML text, strictly: everything that is not right is reported, all at once, before
 * anything starts. What the text does not say is the default, so an empty text is valid. In general what is given
 * replaces the default as a whole (lists, working hours); {@code score.points}, {@code behaviour.events} and
 * {@code behaviour.pages} change only the entries that they name.
 */
public final class ConfigReader {

    private static final long MINUTE_MILLIS = 60_000L;
    /** Limits have three decimals: thousandths of an hour. */
    private static final long MILLI_HOUR_MILLIS = 3_600L;

    private static final String NEXT_STEP_ALLOWED = "a text that is not blank, or such texts by stage";
    private static final String MAX_DAYS = "3650";
    private static final String MAX_HOURS = "1000";
    private static final int MAX_MINUTES = 60_000;
    private static final int MAX_DIGEST_OVER = 100;
    private static final int MAX_MESSAGES_PER_MINUTE = 1_000;
    private static final int MIN_RETENTION_DAYS = 400;
    private static final int MAX_RETENTION_DAYS = 3_650;
    private static final int DEFAULT_RETENTION_DAYS = 800;
    private static final int DEFAULT_GRACE_MINUTES = 15;
    private static final long MILLI_MINUTES = 1_000;
    private static final long MILLI_MINUTE_MILLIS = 60;
    /** Events of the company itself come when something happens; a gap in them says nothing. */
    private static final Map<String, Long> DEFAULT_SILENT_MINUTES =
            new TreeMap<>(Map.of(Topics.ACTIVITIES, 30L, Topics.BEHAVIOUR, 60L));

    private static final String CURRENCY_ALLOWED = "an ISO 4217 currency, such as EUR";
    private static final BigDecimal MAX_RATE = new BigDecimal(1_000_000_000);
    private static final int RATE_DECIMALS = 12;
    private static final String RATE_ALLOWED =
            "a number above 0, at most 1000000000, with at most " + RATE_DECIMALS + " decimal places";
    /** One zero more each. */
    private static final List<String> WORTHS = List.of("10", "100", "1000", "10000", "100000", "1000000");

    /** By their text in the file. */
    private static final Map<String, Duration> WINDOWS = windows();

    private static final String WINDOW_ALLOWED = Section.oneOf(WINDOWS.keySet()) + " hours";

    private static final Pattern TIME_OF_DAY = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final String TIME_OF_DAY_ALLOWED = "a time from \"00:00\" to \"23:59\" (quote it)";

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Map<String, EventKind> WEB_KINDS = webKinds();
    private static final Set<String> LEAD_STAGES =
            new LinkedHashSet<>(List.of(LeadStages.NEW, LeadStages.CONTACTED, LeadStages.QUALIFIED));

    private final Section root;
    private final Problems problems;

    private ConfigReader(Section root) {
        this.root = root;
        this.problems = root.problems();
    }

    /**
     * The configuration in a file.
     *
     * @throws InvalidConfigException with every problem; also if the file cannot be read
     */
    public static LeadpulseConfig read(Path file) {
        return parse(ConfigFile.text(file));
    }

    /**
     * The configuration in a text; the defaults if it is empty.
     *
     * @throws InvalidConfigException with every problem
     */
    public static LeadpulseConfig parse(String yaml) {
        Problems problems = Problems.ofFile();
        LeadpulseConfig config = parse(yaml, problems);
        problems.throwIfAny();
        return config;
    }

    /** As {@link #parse(String)}, with the problems and the keys that were asked for; null after a problem. */
    static LeadpulseConfig parse(String yaml, Problems problems) {
        ConfigNode tree = ConfigTree.ofYaml(yaml, problems);
        return tree == null ? null : new ConfigReader(Section.root(tree, problems)).config();
    }

    private LeadpulseConfig config() {
        Company company = company();
        Set<Long> holidays = holidays();
        StageReading stages = stages();
        Section alerts = root.section("alerts");
        LeadClockLimits clockLimits = clockLimits(alerts);
        AlertDelivery alertDelivery = alertDelivery(alerts);
        DailyDigest dailyDigest = dailyDigest(alerts.section("daily_digest"));
        NextSteps nextSteps = nextSteps(alerts.section("next_steps"));
        alerts.end();
        QualificationWindows qualificationWindows = qualificationWindows(root.section("campaigns"));
        Learnt learnt = LearntReader.read(root.section("learnt"), Learnt.NOTHING);
        int retentionDays =
                root.integer("retention_days", DEFAULT_RETENTION_DAYS, MIN_RETENTION_DAYS, MAX_RETENTION_DAYS);
        ScoreRules defaults = ScoreRules.defaults();
        ScoreRules scoreRules =
                ScoreReader.read(root.section("score"), defaults, defaults.version(), defaults.effectiveFromMillis());
        BehaviourMapping behaviour = behaviour(root.section("behaviour"));
        Bounds bounds = bounds(root.section("bounds"));
        int graceMinutes = root.integer("grace_minutes", DEFAULT_GRACE_MINUTES, 0, 24 * 60);
        Map<String, Long> silentAfterMillis = silentAfterMillis(root.section("sources"));
        Map<KeyMetric, BigDecimal> keyMetricAims = new EnumMap<>(KeyMetric.class);
        List<KeyMetric> keyMetrics = keyMetrics(keyMetricAims);
        List<Goal> goals = goals(new GoalReader(company));
        List<RepRecord> reps = reps();
        WorkingWeek workingWeek = WorkingHours.read(root, WorkingHours.DEFAULT);
        root.end();
        return problems.isEmpty()
                ? new LeadpulseConfig(
                        company,
                        workingWeek,
                        holidays,
                        stages.dealStages,
                        stages.limits,
                        clockLimits,
                        alertDelivery,
                        dailyDigest,
                        nextSteps,
                        qualificationWindows,
                        learnt,
                        scoreRules,
                        behaviour,
                        bounds,
                        retentionDays,
                        graceMinutes,
                        silentAfterMillis,
                        keyMetrics,
                        keyMetricAims,
                        goals,
                        reps)
                : null;
    }

    private Company company() {
        Section company = root.section("company");
        Section fiscal = company.section("fiscal_year_start");
        String name = company.text("name", "My company");
        ZoneId zone = company.scalar("zone", ZoneId.of("UTC"), RepReader.ZONE_ALLOWED, RepReader::zone);
        String currency = company.scalar("currency", "EUR", CURRENCY_ALLOWED, ConfigReader::currency);
        Company read = new Company(
                name,
                zone,
                currency,
                moneyUnit(company, currency),
                exchangeRates(currency, zone),
                company.choice("months", MonthSystem.GREGORIAN, Arrays.asList(MonthSystem.values())),
                company.choice("week_start", DayOfWeek.MONDAY, Arrays.asList(DayOfWeek.values())),
                fiscal.integer("month", 1, 1, 12),
                fiscal.integer("day", 1, 1, 28));
        fiscal.end();
        company.end();
        return read;
    }

    /** What amounts are shown in; the currency itself, if nothing is said. */
    private static MoneyUnit moneyUnit(Section company, String currency) {
        Section unit = company.section("display_unit");
        String name = unit.text("name", null);
        Integer zeros = unit.scalar("worth", null, Section.oneOf(WORTHS), node -> {
            int at = WORTHS.indexOf(node.text());
            if (at < 0 || !node.is(ConfigNode.Kind.NUMBER)) {
                throw new Section.Refused();
            }
            return at + 1;
        });
        if (unit.has("name") || unit.has("worth")) {
            unit.require("name", "a text");
            unit.require("worth", Section.oneOf(WORTHS));
        }
        unit.end();
        return name == null || zeros == null
                ? MoneyUnit.of(currency)
                : new MoneyUnit(name, MinorUnits.digits(currency), zeros);
    }

    private ExchangeRates exchangeRates(String companyCurrency, ZoneId zone) {
        Map<String, List<ExchangeRates.Rate>> byCurrency = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Section section : root.sections("exchange_rates")) {
            int before = problems.size();
            section.require("currency", CURRENCY_ALLOWED);
            String currency = section.scalar("currency", null, CURRENCY_ALLOWED, ConfigReader::currency);
            section.require("from", Section.DATE_ALLOWED);
            Long from = section.scalar("from", null, Section.DATE_ALLOWED, Section::epochDay);
            section.require("rate", RATE_ALLOWED);
            BigDecimal rate = section.scalar("rate", null, RATE_ALLOWED, ConfigReader::rate);
            section.end();
            if (problems.size() > before || currency == null || from == null || rate == null) {
                continue;
            }
            if (currency.equals(companyCurrency)) {
                section.refuse("currency", "another currency than the company's");
            } else if (!seen.add(currency + from)) {
                section.refuse("from", "each currency and date once");
            } else {
                byCurrency.computeIfAbsent(currency, any -> new ArrayList<>()).add(new ExchangeRates.Rate(from, rate));
            }
        }
        if (byCurrency.isEmpty()) {
            return ExchangeRates.NONE;
        }
        Map<String, ExchangeRates.Currency> currencies = new HashMap<>();
        byCurrency.forEach((currency, rates) ->
                currencies.put(currency, new ExchangeRates.Currency(MinorUnits.digits(currency), rates)));
        return new ExchangeRates(zone, MinorUnits.digits(companyCurrency), currencies);
    }

    private static BigDecimal rate(ConfigNode node) {
        BigDecimal rate = Section.decimal(node);
        if (rate.signum() <= 0
                || rate.compareTo(MAX_RATE) > 0
                || rate.stripTrailingZeros().scale() > RATE_DECIMALS) {
            throw new Section.Refused();
        }
        return rate;
    }

    private static String currency(ConfigNode node) {
        boolean known = node.is(ConfigNode.Kind.TEXT)
                && CURRENCY.matcher(node.text()).matches()
                && Currency.getAvailableCurrencies().stream()
                        .anyMatch(each ->
                                each.getCurrencyCode().equals(node.text()) && each.getDefaultFractionDigits() >= 0);
        if (!known) {
            throw new Section.Refused();
        }
        return node.text();
    }

    private Set<Long> holidays() {
        Set<Long> seen = new HashSet<>();
        List<Long> holidays = root.itemsOrNull("holidays", Section.DATE_ALLOWED, node -> {
            Long epochDay = Section.epochDay(node);
            if (!seen.add(epochDay)) {
                throw new Section.Refused("each date once");
            }
            return epochDay;
        });
        return holidays == null ? Set.of() : Set.copyOf(holidays);
    }

    /** Names and limits of stages, which stand together in the file. */
    private record StageReading(DealStages dealStages, StageLimits limits) {}

    private StageReading stages() {
        Map<String, Long> limits = new HashMap<>();
        limits.put(LeadStages.NEW, StageLimits.NO_LIMIT);
        Section leadStages = root.section("lead_stages");
        for (String stage : List.of(LeadStages.CONTACTED, LeadStages.QUALIFIED)) {
            Section section = leadStages.section(stage);
            limits.put(stage, limit(section, StageLimits.DEFAULT.limitMilliDays(stage)));
            section.end();
        }
        leadStages.end();
        Long defaultLimit =
                limitOrNull(root, "default_limit_business_days", StageLimits.DEFAULT.defaultLimitMilliDays());

        Set<String> names = new HashSet<>();
        List<String> open = new ArrayList<>();
        if (root.gives("deal_stages")) {
            for (Section section : root.sections("deal_stages")) {
                String name = section.requiredText("name");
                Long limit = limit(section, null);
                section.end();
                if (name == null) {
                    continue;
                }
                if (LEAD_STAGES.contains(name)) {
                    section.refuse(
                            "name", "a name other than those of a lead's stages: " + String.join(", ", LEAD_STAGES));
                } else if (!names.add(name)) {
                    section.refuse("name", "each stage once");
                } else {
                    open.add(name);
                    if (limit != null) {
                        limits.put(name, limit);
                    }
                }
            }
        } else {
            for (String stage : DealStages.DEFAULT.open()) {
                names.add(stage);
                open.add(stage);
                limits.put(stage, StageLimits.DEFAULT.limitMilliDays(stage));
            }
        }
        List<String> won = closing("won_stages", DealStages.DEFAULT.won(), names);
        List<String> lost = closing("lost_stages", DealStages.DEFAULT.lost(), names);
        return problems.isEmpty()
                ? new StageReading(new DealStages(open, won, lost), new StageLimits(limits, defaultLimit))
                : new StageReading(DealStages.DEFAULT, StageLimits.DEFAULT);
    }

    private static Long limit(Section stage, Long fallback) {
        return limitOrNull(stage, "limit_business_days", fallback);
    }

    private static Long limitOrNull(Section section, String key, Long fallback) {
        return section.scaled(key, fallback, 3, "0", MAX_DAYS, "business days (0: never stuck)");
    }

    /** Names of the stages that close a deal; one that stands in an earlier list too is refused. */
    private List<String> closing(String key, List<String> fallback, Set<String> names) {
        List<String> given = root.itemsOrNull(key, "a text that is not blank", node -> {
            if (!node.is(ConfigNode.Kind.TEXT) || node.text().isBlank()) {
                throw new Section.Refused();
            }
            if (!names.add(node.text())) {
                throw new Section.Refused(
                        "a stage that stands in no other place: open, won and lost exclude each other");
            }
            return node.text();
        });
        if (given != null) {
            return given;
        }
        fallback.stream()
                .filter(name -> !names.add(name))
                .forEach(name -> problems.add(
                        key, "\"" + name + "\" (the default)", "a stage that stands in no other place", root.line()));
        return fallback;
    }

    private static LeadClockLimits clockLimits(Section alerts) {
        LeadClockLimits defaults = LeadClockLimits.DEFAULT;
        Section contact = alerts.section("first_contact");
        long warning = contact.integer(
                        "hand_raised_warning_business_minutes",
                        (int) (defaults.handRaisedWarningMillis() / MINUTE_MILLIS),
                        1,
                        MAX_MINUTES)
                * MINUTE_MILLIS;
        long critical = contact.integer(
                        "hand_raised_critical_business_minutes",
                        (int) (defaults.handRaisedCriticalMillis() / MINUTE_MILLIS),
                        1,
                        MAX_MINUTES)
                * MINUTE_MILLIS;
        if (critical < warning) {
            contact.refuse("hand_raised_critical_business_minutes", "not below hand_raised_warning_business_minutes");
            critical = warning;
        }
        LeadClockLimits limits = new LeadClockLimits(
                warning,
                critical,
                hours(contact, "hot_business_hours", defaults.hotMillis()),
                contact.scaled(
                        "other_business_days", defaults.firstContactMilliDays(), 3, "0.001", MAX_DAYS, "business days"),
                hours(alerts, "reply_owed_business_hours", defaults.replyOwedMillis()),
                alerts.integer("idle_calendar_days", defaults.idleDays(), 1, MAX_RETENTION_DAYS),
                minutes(alerts, "unassigned_business_minutes", defaults.unassignedMillis(), 1),
                minutes(alerts, "unassigned_hand_raised_business_minutes", defaults.unassignedHandRaisedMillis(), 1),
                minutes(alerts, "planned_overdue_business_minutes", defaults.plannedOverdueMillis(), 0));
        contact.end();
        return limits;
    }

    private static QualificationWindows qualificationWindows(Section campaigns) {
        Duration others = campaigns.scalar(
                "window_hours", QualificationWindows.DEFAULT.others(), WINDOW_ALLOWED, ConfigReader::window);
        Map<String, Duration> byChannel = new HashMap<>(QualificationWindows.DEFAULT.byChannel());
        byChannel.putAll(campaigns.section("channel_window_hours").entries(WINDOW_ALLOWED, ConfigReader::window));
        campaigns.end();
        return new QualificationWindows(byChannel, others);
    }

    /** Only such as the ages of leads are told apart by. */
    private static Duration window(ConfigNode node) {
        Duration window = WINDOWS.get(node.text());
        if (window == null || !node.is(ConfigNode.Kind.NUMBER)) {
            throw new Section.Refused();
        }
        return window;
    }

    private static Map<String, Duration> windows() {
        Map<String, Duration> windows = new LinkedHashMap<>();
        for (Duration end : QualificationAge.ENDS) {
            if (end.toMinutesPart() == 0) {
                windows.put(Long.toString(end.toHours()), end);
            }
        }
        return windows;
    }

    private static AlertDelivery alertDelivery(Section alerts) {
        AlertDelivery defaults = AlertDelivery.DEFAULT;
        List<String> marketing = alerts.textsOrNull("marketing");
        return new AlertDelivery(
                alerts.integer("digest_over", defaults.digestOver(), 1, MAX_DIGEST_OVER),
                alerts.integer("max_messages_per_minute", defaults.maxMessagesPerMinute(), 1, MAX_MESSAGES_PER_MINUTE),
                alerts.scaled(
                        "team_lead_after_business_days",
                        defaults.teamLeadAfterMilliDays(),
                        3,
                        "0.001",
                        MAX_DAYS,
                        "business days"),
                marketing == null ? defaults.marketing() : marketing);
    }

    private static DailyDigest dailyDigest(Section digest) {
        DailyDigest defaults = DailyDigest.DEFAULT;
        List<String> recipients = digest.textsOrNull("recipients");
        DailyDigest read = new DailyDigest(
                digest.flag("enabled", defaults.enabled()),
                digest.scalar("at", defaults.at(), TIME_OF_DAY_ALLOWED, ConfigReader::timeOfDay),
                digest.flag("on_days_off", defaults.onDaysOff()),
                recipients == null ? defaults.recipients() : recipients);
        digest.end();
        return read;
    }

    private static LocalTime timeOfDay(ConfigNode node) {
        if (!node.is(ConfigNode.Kind.TEXT) || !TIME_OF_DAY.matcher(node.text()).matches()) {
            throw new Section.Refused();
        }
        return LocalTime.parse(node.text());
    }

    private static long minutes(Section section, String key, long fallbackMillis, int min) {
        return section.integer(key, (int) (fallbackMillis / MINUTE_MILLIS), min, MAX_MINUTES) * MINUTE_MILLIS;
    }

    /** By cause a text, or texts by stage; a cause that is not named keeps its default. */
    private static NextSteps nextSteps(Section section) {
        Map<String, AlertCause> causes = new LinkedHashMap<>();
        for (AlertCause cause : NextSteps.DEFAULT.texts().keySet()) {
            causes.put(cause.wireName(), cause);
        }
        Map<AlertCause, Map<String, String>> texts = new HashMap<>();
        section.entries(NEXT_STEP_ALLOWED, ConfigReader::textByStage).forEach((name, byStage) -> {
            AlertCause cause = causes.get(name);
            if (cause == null) {
                section.refuse(name, Section.nearest(name, causes.keySet()) + Section.oneOf(causes.keySet()));
            } else {
                texts.put(cause, byStage);
            }
        });
        return NextSteps.DEFAULT.with(texts);
    }

    private static Map<String, String> textByStage(ConfigNode node) {
        if (node.is(ConfigNode.Kind.TEXT) && !node.text().isBlank()) {
            return Map.of(NextSteps.EVERY_STAGE, node.text());
        }
        if (!node.is(ConfigNode.Kind.MAPPING)) {
            throw new Section.Refused();
        }
        Map<String, String> byStage = new HashMap<>();
        node.fields().forEach((stage, text) -> {
            if (!text.is(ConfigNode.Kind.TEXT) || text.text().isBlank()) {
                throw new Section.Refused();
            }
            byStage.put(stage, text.text());
        });
        return byStage;
    }

    private static long hours(Section section, String key, long fallbackMillis) {
        return section.scaled(key, fallbackMillis / MILLI_HOUR_MILLIS, 3, "0.001", MAX_HOURS, "business hours")
                * MILLI_HOUR_MILLIS;
    }

    private static BehaviourMapping behaviour(Section behaviour) {
        BehaviourMapping defaults = BehaviourMapping.defaults();
        Map<String, EventKind> tracked = new LinkedHashMap<>(defaults.trackedKinds());
        Set<String> seen = new HashSet<>();
        Section events = behaviour.section("events");
        events.entries(Section.oneOf(WEB_KINDS.keySet()), node -> Section.chosen(node, WEB_KINDS))
                .forEach((name, kind) -> {
                    if (seen.add(DecodeSettings.normalName(name))) {
                        tracked.put(DecodeSettings.normalName(name), kind);
                    } else {
                        events.refuse(name, "each name once (case, _ and - do not matter)");
                    }
                });
        Map<String, EventKind> pages = new LinkedHashMap<>(defaults.pageKinds());
        Section prefixes = behaviour.section("pages");
        prefixes.entries(Section.oneOf(WEB_KINDS.keySet()), node -> Section.chosen(node, WEB_KINDS))
                .forEach((prefix, kind) -> {
                    if (prefix.startsWith("/")) {
                        pages.put(prefix, kind);
                    } else {
                        prefixes.refuse(prefix, "the beginning of a path, such as /pricing");
                    }
                });
        List<String> demoForms = behaviour.textsOrNull("demo_forms");
        List<String> traits = behaviour.textsOrNull("traits");
        behaviour.end();
        return new BehaviourMapping(
                tracked,
                pages,
                demoForms == null ? defaults.demoForms() : Set.copyOf(demoForms),
                traits == null ? defaults.traits() : Set.copyOf(traits));
    }

    private static Bounds bounds(Section bounds) {
        Bounds read = new Bounds(
                bounds.integer("facts_per_lead", Bounds.DEFAULT.factsPerLead(), 100, 20_000),
                bounds.integer("facts_per_lead_and_day", Bounds.DEFAULT.factsPerLeadAndDay(), 10, 20_000));
        if (read.factsPerLeadAndDay() > read.factsPerLead()) {
            bounds.refuse("facts_per_lead_and_day", "not above facts_per_lead, " + read.factsPerLead());
        }
        bounds.end();
        return read;
    }

    private static Map<String, Long> silentAfterMillis(Section sources) {
        Map<String, Long> limits = new HashMap<>();
        DEFAULT_SILENT_MINUTES.forEach((topic, minutes) -> {
            Section source = sources.section(topic);
            limits.put(
                    topic,
                    source.scaled(
                                    "silent_after_minutes",
                                    minutes * MILLI_MINUTES,
                                    3,
                                    "0.001",
                                    String.valueOf(MAX_MINUTES),
                                    "business minutes")
                            * MILLI_MINUTE_MILLIS);
            source.end();
        });
        sources.end();
        return limits;
    }

    /** Each a name, or a mapping with a goal or limit beside it; these are put into the aims. */
    private List<KeyMetric> keyMetrics(Map<KeyMetric, BigDecimal> aims) {
        Map<String, KeyMetric> byName = new LinkedHashMap<>();
        for (KeyMetric metric : KeyMetric.values()) {
            byName.put(metric.wireName(), metric);
        }
        Set<KeyMetric> seen = EnumSet.noneOf(KeyMetric.class);
        List<KeyMetric> metrics = root.itemsOrSectionsOrNull(
                "key_metrics",
                Section.oneOf(byName.keySet()),
                node -> once(Section.chosen(node, byName), seen),
                section -> {
                    section.require("metric", Section.oneOf(byName.keySet()));
                    KeyMetric metric = section.scalar(
                            "metric",
                            null,
                            Section.oneOf(byName.keySet()),
                            node -> once(Section.chosen(node, byName), seen));
                    BigDecimal aim = keyMetricAim(section, metric);
                    section.end();
                    if (metric != null && aim != null) {
                        aims.put(metric, aim);
                    }
                    return metric;
                });
        List<ConfigNode> given = root.listOrNull("key_metrics");
        if (given != null && given.size() > KeyMetric.MAX) {
            problems.add(
                    "key_metrics",
                    given.size() + " key metrics",
                    "at most " + KeyMetric.MAX + " key metrics",
                    root.lineOf("key_metrics"));
        }
        return metrics == null ? KeyMetric.DEFAULT : metrics;
    }

    private static KeyMetric once(KeyMetric metric, Set<KeyMetric> seen) {
        if (!seen.add(metric)) {
            throw new Section.Refused("each key metric once");
        }
        return metric;
    }

    /** The goal or limit beside a key metric, as it is given; null without one. */
    private static BigDecimal keyMetricAim(Section section, KeyMetric metricOrNull) {
        String in = metricOrNull == null ? "" : " of " + metricOrNull.unit().given();
        BigDecimal goal = section.scalar("goal", null, "a number" + in, Section::decimal);
        BigDecimal limit = section.scalar("limit", null, "a number" + in + ", 0 or more", node -> {
            BigDecimal value = Section.decimal(node);
            if (value.signum() < 0) {
                throw new Section.Refused();
            }
            return value;
        });
        if (metricOrNull == null) {
            return null;
        }
        return switch (metricOrNull.aim()) {
            case OF_GOALS -> {
                refuseIfGiven(section, "goal", "nothing here: it is held against the goals under goals");
                refuseIfGiven(section, "limit", "nothing here: it is held against the goals under goals");
                yield null;
            }
            case GOAL -> {
                refuseIfGiven(section, "limit", "goal: more of it is better");
                yield goal;
            }
            case LIMIT -> {
                refuseIfGiven(section, "goal", "limit: less of it is better");
                yield limit;
            }
        };
    }

    private static void refuseIfGiven(Section section, String key, String allowed) {
        if (section.gives(key)) {
            section.refuse(key, allowed);
        }
    }

    private List<Goal> goals(GoalReader reader) {
        Set<Goal> seen = new HashSet<>();
        List<Goal> goals = new ArrayList<>();
        for (Section section : root.sections("goals")) {
            Goal goal = reader.read(section);
            if (goal == null) {
                continue;
            }
            Goal withoutAmount = new Goal(
                    goal.scope(),
                    goal.measure(),
                    goal.activity(),
                    goal.periodKind(),
                    goal.periodEpochDay(),
                    null,
                    goal.effectiveFromMillis());
            if (!seen.add(withoutAmount)) {
                section.refuse("scope", "each scope, measure and period once for one effective_from");
            }
            goals.add(goal);
        }
        return goals;
    }

    private List<RepRecord> reps() {
        Set<String> seen = new HashSet<>();
        List<RepRecord> reps = new ArrayList<>();
        for (Section section : root.sections("reps")) {
            RepRecord rep = RepReader.read(section);
            if (rep.id() != null && !seen.add(rep.id() + '\n' + rep.effectiveFromMillis())) {
                section.refuse("id", "each rep once for one effective_from");
            }
            reps.add(rep);
        }
        return reps;
    }

    private static Map<String, EventKind> webKinds() {
        Map<String, EventKind> kinds = new LinkedHashMap<>();
        for (EventKind kind : EventKind.values()) {
            if (kind.stream() == EventKind.Stream.BEHAVIOUR && kind != EventKind.IDENTIFIED) {
                kinds.put(kind.wireName(), kind);
            }
        }
        return kinds;
    }
}
