package io.leadpulse.local.latency;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What is sent when: background at a steady rate, and about every second a probe. Made before anything is sent, so that a
 * system that is slow does not slow down what it is measured by.
 */
final class SendPlan {
    private static final long PROBE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Else probes could keep in step with a scrape or a checkpoint, and all see the same of it. */
    private static final double MAX_JITTER = 0.4;

    /**
     * One event.
     *
     * @param atNanos when it is to be sent, nanoseconds after the beginning
     * @param probe number of the probe, from 0; negative for background
     */
    record Planned(long atNanos, int probe) {
        boolean isProbe() {
            return probe >= 0;
        }
    }

    private final List<Planned> events;
    private final int probes;

    private SendPlan(List<Planned> events, int probes) {
        this.events = events;
        this.probes = probes;
    }

    /**
     * Makes a plan.
     *
     * @param background number of events beside the probes
     * @param perSecond how many of them a second
     * @param seed of the jitter
     */
    static SendPlan of(int background, int perSecond, long seed) {
        List<Planned> events = new ArrayList<>();
        for (int number = 0; number < background; number++) {
            events.add(new Planned(TimeUnit.SECONDS.toNanos(1) * number / perSecond, -1));
        }
        int probes = Math.max(1, background / perSecond);
        Random random = new Random(seed);
        for (int probe = 0; probe < probes; probe++) {
            double place = probe + 0.5 + MAX_JITTER * (2 * random.nextDouble() - 1);
            events.add(new Planned((long) (place * PROBE_EVERY_NANOS), probe));
        }
        events.sort(Comparator.comparingLong(Planned::atNanos));
        return new SendPlan(List.copyOf(events), probes);
    }

    /** All events in the order in which they are sent. */
    List<Planned> events() {
        return events;
    }

    /** How many of them are probes. */
    int probes() {
        return probes;
    }
}
