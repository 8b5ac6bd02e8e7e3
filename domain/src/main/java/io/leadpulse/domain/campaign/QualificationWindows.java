package io.leadpulse.domain.campaign;

import io.leadpulse.domain.rate.Maturity;
import java.time.Duration;
import java.util.Map;

/**
 * How long a channel's leads have to qualify before their campaign is judged by them.
 *
 * <p>A trade fair's list is called through over two weeks; judged after a day it would look like a failure.
 *
 * @param byChannel by the channel's name
 * @param others of channels not named
 */
public record QualificationWindows(Map<String, Duration> byChannel, Duration others) {

    private static final Duration ONE_DAY = Duration.ofHours(24);
    private static final Duration TWO_WEEKS = Duration.ofDays(14);

    /** 24 hours; 14 days for events, fairs and outbound lists. */
    public static final QualificationWindows DEFAULT = new QualificationWindows(
            Map.of("event", TWO_WEEKS, "fair", TWO_WEEKS, "outbound_list", TWO_WEEKS), ONE_DAY);

    /** Copies the map; refuses negative windows with an {@link IllegalArgumentException}. */
    public QualificationWindows {
        byChannel = Map.copyOf(byChannel);
        byChannel.values().forEach(QualificationWindows::check);
        check(others);
    }

    /**
     * When leads of a channel count.
     *
     * @param channel may be null or unknown: then the window of the others
     */
    public Maturity of(String channel) {
        Duration window = channel == null ? null : byChannel.get(channel);
        return new Maturity((window == null ? others : window).toMillis());
    }

    private static void check(Duration window) {
        if (window.isNegative()) {
            throw new IllegalArgumentException("a window of " + window + " is not allowed: 0 or more");
        }
    }
}
