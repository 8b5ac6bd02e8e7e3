package io.leadpulse.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a lead did by itself up to a time, counted anew for each number. */
final class BehaviourOracle {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final long VISIT_MILLIS = Duration.ofMinutes(30).toMillis();
    private static final Set<String> VIEWS =
            Set.of("page_viewed", "careers_page_viewed", "price_list_viewed", "form_viewed", "form_started");
    private static final Map<String, Set<String>> KINDS = Map.of(
            "price_list_view", Set.of("price_list_viewed"),
            "download", Set.of("asset_downloaded"),
            "form", Set.of("form_submitted", "demo_requested", "quote_requested", "callback_requested"),
            "social_action", Set.of("social_action"),
            "mail_open", Set.of("email_opened"),
            "mail_click", Set.of("email_clicked"),
            "reply", Set.of("email_replied", "sms_replied"));

    private final List<OracleEvent> events;
    private final long asOfMillis;

    /** Reads a lead's facts, automatic ones left out. */
    BehaviourOracle(List<OracleEvent> facts, long asOfMillis) {
        this.events = facts.stream()
                .filter(event -> !event.isAutomatic() && event.timeMillis() <= asOfMillis)
                .toList();
        this.asOfMillis = asOfMillis;
    }

    /** By act how often in 24 hours, 7 days, 30 days and in all, and when last; acts that were done. */
    Map<String, String> acts() {
        Map<String, String> acts = new TreeMap<>();
        KINDS.forEach((act, kinds) -> put(
                acts,
                act,
                events.stream()
                        .filter(event -> kinds.contains(event.kind()))
                        .map(OracleEvent::timeMillis)
                        .toList()));
        List<Long> views = events.stream()
                .filter(event -> VIEWS.contains(event.kind()))
                .map(OracleEvent::timeMillis)
                .sorted()
                .toList();
        put(
                acts,
                "web_visit",
                views.stream()
                        .distinct()
                        .filter(view -> views.stream().noneMatch(other -> other < view && other > view - VISIT_MILLIS))
                        .toList());
        return acts;
    }

    private void put(Map<String, String> acts, String act, List<Long> times) {
        if (!times.isEmpty()) {
            acts.put(
                    act,
                    "%d %d %d %d %s"
                            .formatted(
                                    within(times, DAY_MILLIS),
                                    within(times, 7 * DAY_MILLIS),
                                    within(times, 30 * DAY_MILLIS),
                                    times.size(),
                                    OracleTime.text(times.stream()
                                            .mapToLong(Long::longValue)
                                            .max()
                                            .orElseThrow())));
        }
    }

    private long within(List<Long> times, long spanMillis) {
        return times.stream().filter(time -> time > asOfMillis - spanMillis).count();
    }

    /** How often it answered, and at which hour most often: {@code 3 10}, {@code 2 -} below three. */
    String answers(ZoneId zone) {
        int[] byHour = new int[24];
        int answers = 0;
        for (OracleEvent event : events) {
            if (event.isConnectedCall() || event.is("email_replied", "sms_replied")) {
                byHour[Instant.ofEpochMilli(event.timeMillis()).atZone(zone).getHour()]++;
                answers++;
            }
        }
        int usual = 0;
        for (int hour = 0; hour < byHour.length; hour++) {
            usual = byHour[hour] > byHour[usual] ? hour : usual;
        }
        return answers + " " + (answers < 3 ? "-" : usual);
    }
}
