package io.leadpulse.app;

import io.leadpulse.domain.alert.OwnerCalendars;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.calendar.WorkingWeek;
import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.goal.GoalBook;
import io.leadpulse.domain.goal.GoalLine;
import io.leadpulse.domain.goal.Membership;
import io.leadpulse.domain.lead.LeadBook;
import io.leadpulse.domain.lead.LeadPolicy;
import io.leadpulse.domain.lead.Organisation;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.domain.stage.StageLimits;
import io.leadpulse.schemas.event.DecodeSettings;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.result.ResultCodecs;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What operators build from {@link EngineSettings} when they open. */
public final class EngineContext {
    private final EngineSettings settings;
    private final BusinessCalendar calendar = new BusinessCalendar(
            ZoneOffset.UTC, WorkingWeek.wholeDays(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)), Set.of());

    private EngineContext(EngineSettings settings) {
        this.settings = settings;
    }

    /** Reads the settings. */
    public static EngineContext of(EngineSettings settings) {
        return new EngineContext(settings);
    }

    public Organisation organisation() {
        ZoneId zone = calendar.zone();
        return new Organisation() {
            @Override
            public String teamOf(String rep, long atMillis) {
                return null;
            }

            @Override
            public int epochDayOf(long timeMillis) {
                return (int) calendar.epochDay(timeMillis);
            }

            @Override
            public int minuteOfDayOf(long timeMillis) {
                return (int) (Math.floorMod(timeMillis, 86_400_000L) / 60_000);
            }

            @Override
            public long slotStartMillis(int epochDay, int slot) {
                return LocalDate.ofEpochDay(epochDay)
                        .atTime(LocalTime.ofSecondOfDay(slot * 300L))
                        .atZone(zone)
                        .toInstant()
                        .toEpochMilli();
            }
        };
    }

    public LeadBook leadBook() {
        OwnerCalendars calendars = owner -> calendar;
        return new LeadBook(new LeadPolicy(
                organisation(),
                calendars,
                calendar.zone(),
                RuleTimeline.of(ScoreRules.defaults()),
                StageLimits.DEFAULT,
                new FactBook.Bounds(2_000, 300)));
    }

    public Results results() {
        return new Results(new ResultCodecs("USD"));
    }

    public PeriodCalendar periods() {
        return new PeriodCalendar(DayOfWeek.MONDAY, 1, 1);
    }

    public EventDecoder decoder() {
        return new EventDecoder(
                DecodeSettings.of("USD").withReferenceMillis(settings.asOfMillis()),
                (topic, value) -> Optional.empty());
    }

    public BusinessCalendar companyCalendar() {
        return calendar;
    }

    public GoalBook goals() {
        return GoalBook.of(List.of());
    }

    public List<GoalLine> goalLines(String scope) {
        return List.of();
    }

    public List<Membership> memberships(String scope) {
        return List.of(new Membership(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    public DealStages dealStages() {
        return DealStages.DEFAULT;
    }

    public long horizonMillis() {
        return Duration.ofDays(800).toMillis();
    }
}
