package io.leadpulse.engine;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.deal.DealValuation;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.goal.GoalBook;
import io.leadpulse.domain.goal.GoalLine;
import io.leadpulse.domain.goal.Membership;
import io.leadpulse.domain.goal.ProgressBook;
import io.leadpulse.domain.lead.LeadBook;
import io.leadpulse.domain.lead.LeadPolicy;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.organisation.Organisation;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.schemas.config.Bounds;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.config.RecordCheck;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.result.ResultCodecs;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What operators build from {@link EngineSettings} when they open. Immutable; those of equal settings share one, since reading them
 * is most of what it takes to open an operator, and a job has a dozen.
 */
public final class EngineContext {
    private static final long FOR_EVER_MILLIS = Long.MAX_VALUE / 2;
    /** More than the operators of a job ask for at a time: what is in force, and what was when leads were last read. */
    private static final int REMEMBERED = 16;

    private static final Map<EngineSettings, EngineContext> RECENT = new LinkedHashMap<>(2 * REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EngineSettings, EngineContext> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final EngineSettings settings;
    private final LeadpulseConfig config;
    private final Directory directory;
    private final List<ConfigurationRecord> inForce;

    private EngineContext(EngineSettings settings) {
        this.settings = settings;
        this.config = ConfigReader.parse(settings.configYaml());
        this.inForce = settings.configurationRecords().stream()
                .filter(record -> record.json() != null)
                .toList();
        this.directory = Directory.of(config, inForce, settings.asOfMillis());
    }

    /**
     * Reads the settings.
     *
     * @throws io.leadpulse.schemas.config.InvalidConfigException if the configuration cannot be used
     */
    public static EngineContext of(EngineSettings settings) {
        // Whoever comes while one is made waits for that one.
        synchronized (RECENT) {
            EngineContext known = RECENT.get(settings);
            if (known == null) {
                known = new EngineContext(settings);
                RECENT.put(settings, known);
            }
            return known;
        }
    }

    /** Teams and local time. */
    public Organisation organisation() {
        return directory;
    }

    /** Reads leads by this configuration. */
    public LeadBook leadBook() {
        Bounds bounds = config.bounds();
        return new LeadBook(new LeadPolicy(
                directory,
                directory,
                config.company().zone(),
                directory.rules(),
                config.dealStages(),
                directory.stageLimits(),
                config.clockLimits(),
                directory.learnt(),
                config.nextSteps(),
                new DealValuation(config.company().rates()),
                new FactBook.Bounds(bounds.factsPerLead(), bounds.factsPerLeadAndDay())));
    }

    /** The rules that were proposed, after those in force before them; null while there are none. */
    public RuleTimeline candidateRules() {
        return directory.candidateRules();
    }

    /** Who is told while a rep is away; null when he is there, or nobody stands in for him. */
    public String deputyOf(String rep, long atMillis) {
        return directory.deputyOf(rep, atMillis);
    }

    /** Encodes results. */
    public Results results() {
        return new Results(new ResultCodecs(config.company().currency()));
    }

    /** Decodes records; events later than as-of, or live than their arrival, are refused as future. */
    public EventDecoder decoder() {
        return new EventDecoder(
                config.decodeSettings().withReferenceMillis(settings.isLive() ? Fact.NO_TIME : settings.asOfMillis()),
                new RecordCheck(settings.configYaml(), inForce));
    }

    /**
     * Decodes records to find out when they were: none is too late, and later than {@code latestMillis} is future.
     */
    public EventDecoder scanningDecoder(long latestMillis) {
        return new EventDecoder(
                config.decodeSettings().withHorizonMillis(FOR_EVER_MILLIS).withReferenceMillis(latestMillis),
                new RecordCheck(settings.configYaml(), inForce));
    }

    /** The company's days, weeks, months, quarters and years. */
    public PeriodCalendar periods() {
        return config.periodCalendar();
    }

    /** The company's working time. */
    public BusinessCalendar companyCalendar() {
        return directory.companyCalendar();
    }

    /** All goals ever given. */
    public GoalBook goals() {
        return directory.goals();
    }

    /** How scopes go in their periods. */
    public ProgressBook progressBook() {
        return new ProgressBook(companyCalendar(), periods(), goals(), organisation(), this::memberships);
    }

    /** What the goals of a scope are measured in. */
    public Collection<GoalLine> goalLines(String scope) {
        return directory.goals().lines(scope);
    }

    /** When a rep belongs to the sales force; always for the company and teams. */
    public List<Membership> memberships(String scope) {
        String rep = Scope.repOf(scope);
        return rep == null ? List.of(new Membership(Long.MIN_VALUE, Long.MAX_VALUE)) : directory.memberships(rep);
    }

    /** How long leads of a channel have to qualify before their campaign is judged by them. */
    public Duration qualificationWindow(String channel) {
        return Duration.ofMillis(config.qualificationWindows().of(channel).withinMillis());
    }

    /** Which stages close a deal. */
    public DealStages dealStages() {
        return config.dealStages();
    }

    /** How far behind the ticks event time stays while no event comes, milliseconds. */
    public long graceMillis() {
        return Duration.ofMinutes(config.graceMinutes()).toMillis();
    }

    /** How long facts are kept, milliseconds. */
    public long horizonMillis() {
        return Duration.ofDays(config.retentionDays()).toMillis();
    }
}
