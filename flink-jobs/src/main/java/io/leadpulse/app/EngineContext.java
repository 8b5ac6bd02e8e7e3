package io.leadpulse.app;

import io.leadpulse.domain.deal.DealStages;
import io.leadpulse.domain.event.FactBook;
import io.leadpulse.domain.lead.LeadBook;
import io.leadpulse.domain.lead.Organisation;
import java.time.Duration;

/** What operators build from {@link EngineSettings} when they open. */
public final class EngineContext {
    private final Organisation organisation;
    private final LeadBook leadBook;

    private final long asOfMillis;

    private EngineContext(Organisation organisation, long asOfMillis) {
        this.asOfMillis = asOfMillis;
        this.organisation = organisation;
        this.leadBook = new LeadBook(organisation, new FactBook.Bounds(2_000, 300));
    }

    /** Reads the settings. */
    public static EngineContext of(EngineSettings settings) {
        return new EngineContext(
                new Organisation() {
                    @Override
                    public String teamOf(String rep, long atMillis) {
                        return null;
                    }

                    @Override
                    public int epochDayOf(long timeMillis) {
                        return (int) Math.floorDiv(timeMillis, 86_400_000L);
                    }

                    @Override
                    public int minuteOfDayOf(long timeMillis) {
                        return (int) (Math.floorMod(timeMillis, 86_400_000L) / 60_000);
                    }
                },
                settings.asOfMillis());
    }

    public Organisation organisation() {
        return organisation;
    }

    public LeadBook leadBook() {
        return leadBook;
    }

    public io.leadpulse.domain.calendar.PeriodCalendar periods() {
        return new io.leadpulse.domain.calendar.PeriodCalendar(java.time.DayOfWeek.MONDAY, 1, 1);
    }

    public io.leadpulse.schemas.event.EventDecoder decoder() {
        return new io.leadpulse.schemas.event.EventDecoder(
                io.leadpulse.schemas.event.DecodeSettings.of("USD").withReferenceMillis(asOfMillis),
                (topic, value) -> java.util.Optional.empty());
    }

    public DealStages dealStages() {
        return DealStages.DEFAULT;
    }

    public long horizonMillis() {
        return Duration.ofDays(800).toMillis();
    }
}
