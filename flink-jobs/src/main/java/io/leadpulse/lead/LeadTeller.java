package io.leadpulse.lead;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.control.Control;
import io.leadpulse.control.LiveConfiguration;
import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.alert.AlertDiff;
import io.leadpulse.domain.alert.AlertLife;
import io.leadpulse.domain.behaviour.BehaviourCounts;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.ExpectedClose;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.lead.LeadBook;
import io.leadpulse.domain.lead.LeadView;
import io.leadpulse.domain.measure.ContributionKey;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.score.Band;
import io.leadpulse.domain.score.ScoreEntry;
import io.leadpulse.engine.EngineContext;
import io.leadpulse.engine.EngineSettings;
import io.leadpulse.engine.ResultRecord;
import io.leadpulse.rollup.PaneDelta;
import io.leadpulse.rollup.RollupDelta;
import io.leadpulse.schemas.config.ConfigurationRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Tells what follows from a lead, whether it is one record or merged of several: which values and alerts, as of when, and
 * when it must be looked at again. Keeps no state of a lead.
 */
public final class LeadTeller {
    /** Spans of time of reps, which are no sums yet. */
    public static final OutputTag<RollupDelta> SPENT = new OutputTag<>("spent") {};

    private static final long HELD_RETRY_MILLIS = 10_000;
    private static final long SOONEST_RETRY_MILLIS = 1_000;

    private final EngineSettings settings;
    private final int measures;
    private final LiveConfiguration configuration;
    private final LateBurst burst = new LateBurst();
    private EngineContext engine;
    private LeadBook book;
    private LeadResults results;

    /**
     * Nothing has been configured yet.
     *
     * @param measures how many {@link Measure} constants are known: all, but where a test stands for an earlier release
     */
    LeadTeller(EngineSettings settings, int measures) {
        this.settings = settings;
        this.measures = measures;
        this.configuration = new LiveConfiguration(settings);
    }

    /** Takes in what was configured anew. */
    void accept(
            Control control, BroadcastState<String, ConfigurationRecord> records, BroadcastState<String, Long> silence)
            throws Exception {
        configuration.restore(records, silence);
        configuration.accept(control, records, silence);
    }

    /** Sees to it that the newest configuration is used; must be called before leads are read. */
    void configure(
            ReadOnlyBroadcastState<String, ConfigurationRecord> records, ReadOnlyBroadcastState<String, Long> silence)
            throws Exception {
        configuration.restore(records, silence);
        if (engine != configuration.current()) {
            engine = configuration.current();
            book = engine.leadBook();
            results = new LeadResults(book, engine);
        }
    }

    /** Reads leads by the configuration in force. */
    LeadBook book() {
        return book;
    }

    /** How many measures are known. */
    int measures() {
        return measures;
    }

    /** A lead on its own by the configuration in force, and the exchange rates of a time. */
    LeadView read(String lead, LeadState state, long ratesMillis) {
        return read(book, lead, state, measures, ratesMillis);
    }

    /**
     * A lead on its own by the configuration and the exchange rates by which it was last read, and as the engine that did so
     * reads leads: what was told of it by that stands as told.
     */
    LeadView readLast(String lead, LeadState kept) {
        LeadBook lastBook = kept.isEmpty() ? book : bookAt(kept.configuration());
        return read(lastBook, lead, kept, kept.measures(), kept.clockMillis());
    }

    /**
     * What the engine contributed, that last read a lead, by what {@link #readLast} gives. Of measures that are newer
     * nothing has been contributed.
     */
    static Contributions contributed(LeadView last, int measures) {
        return last.contributions().ofFirst(measures);
    }

    /** What a lead contributes by the measures that are known. */
    Contributions contributed(LeadView view) {
        return contributed(view, measures);
    }

    /**
     * What a lead contributes less what it did.
     *
     * @param last what {@link #readLast} gives
     * @param lastMeasures how many measures were known then
     * @param view how it stands now
     */
    Map<ContributionKey, Long> difference(LeadView last, int lastMeasures, LeadView view) {
        return lastMeasures >= Measure.COUNT && measures >= Measure.COUNT
                ? view.changeSince(last)
                : contributed(view).minus(contributed(last, lastMeasures));
    }

    private static LeadView read(LeadBook by, String lead, LeadState state, int measures, long ratesMillis) {
        if (measures <= Measure.COUNT_OF_RELEASE_1) {
            return by.readByRelease1(lead, state.facts(), state.deals(), ratesMillis);
        }
        // Merged, and never told where: its merge was read by release 1, which did not keep where to.
        return state.root() == null
                ? by.readMergedAway(lead, state.facts(), state.deals(), ratesMillis)
                : by.read(lead, state.facts(), state.deals(), ratesMillis);
    }

    /** Reads leads as they were read by an earlier configuration. */
    LeadBook bookAt(ConfigVersion version) {
        return configuration.countsAlike(version)
                ? book
                : configuration.at(version).leadBook();
    }

    LiveConfiguration configuration() {
        return configuration;
    }

    /** Whether values are to be published: in a replay not before as-of, so that the order of arrival leaves no trace. */
    boolean speaksAt(long nowMillis) {
        return !settings.valuesAtEnd() || nowMillis == settings.asOfMillis();
    }

    /** Says that a lead stands under another: it has nothing of its own any more. */
    void publishMoved(LeadView said, LeadView nothing, String root, long nowMillis, Consumer<ResultRecord> out) {
        long saidMillis = saidAt(nothing, nowMillis);
        for (ResultRecord entry : results.ledger(said, nothing, saidMillis)) {
            out.accept(entry);
        }
        out.accept(results.profile(nothing, root, List.of(), saidMillis));
    }

    /** Whether anything is known of a lead but that its record was merged; a replay leaves no trace of others. */
    private static boolean isAnything(LeadView view) {
        return !view.facts().isEmpty() || !view.deals().isEmpty() || view.deletedMillis() != Fact.NO_TIME;
    }

    /** Publishes the lead's values: what is other in its ledger than was said, and its profile, with the alerts as told. */
    void publish(LeadView said, LeadView view, List<Alert> alerts, long nowMillis, Consumer<ResultRecord> out) {
        publishLedger(said, view, nowMillis, out);
        publishProfile(view, alerts, nowMillis, out);
    }

    /** Publishes what is other in the lead's ledger than was said. */
    void publishLedger(LeadView said, LeadView view, long nowMillis, Consumer<ResultRecord> out) {
        if (leavesTrace(view)) {
            for (ResultRecord entry : results.ledger(said, view, saidAt(view, nowMillis))) {
                out.accept(entry);
            }
        }
    }

    /** Publishes the lead's profile, with the alerts as told. */
    void publishProfile(LeadView view, List<Alert> alerts, long nowMillis, Consumer<ResultRecord> out) {
        if (leavesTrace(view)) {
            out.accept(results.profile(view, null, alerts, saidAt(view, nowMillis)));
        }
    }

    private boolean leavesTrace(LeadView view) {
        return !settings.valuesAtEnd() || isAnything(view);
    }

    /**
     * Publishes how the lead stood whenever one of several inputs that are taken in together brought it into another band. It is
     * as of their times: of one that is late nobody was told anything then. That points decay is said when it wakes.
     */
    void publishBands(LeadView before, LeadView after, List<Alert> alerts, long nowMillis, Consumer<ResultRecord> out) {
        if (settings.valuesAtEnd()) {
            return;
        }
        long lastMillis = saidAt(before, nowMillis);
        long endMillis = saidAt(after, nowMillis);
        Band band = null;
        for (ScoreEntry entry : after.score().entries()) {
            long timeMillis = entry.timeMillis();
            if (timeMillis <= lastMillis || timeMillis >= endMillis) {
                continue;
            }
            band = band == null ? before.score().band(lastMillis) : band;
            Band then = after.score().band(timeMillis);
            if (then != band) {
                out.accept(results.profile(after, null, alerts, timeMillis));
                band = then;
            }
        }
    }

    /**
     * The time of which values speak. Live it is that of the lead's latest event, if the watermark is still behind it,
     * so that an event shows at once; only alerts wait for the watermark.
     */
    long saidAt(LeadView view, long nowMillis) {
        if (settings.valuesAtEnd()) {
            return nowMillis;
        }
        long latestMillis = nowMillis;
        if (!view.facts().isEmpty()) {
            // They are in order of time.
            latestMillis = Math.max(
                    latestMillis, view.facts().get(view.facts().size() - 1).timeMillis());
        }
        for (Deal deal : view.deals()) {
            latestMillis = Math.max(latestMillis, latestOf(deal));
        }
        latestMillis = Math.max(latestMillis, view.deletedMillis());
        return latestMillis == Long.MIN_VALUE ? 0 : latestMillis;
    }

    private static long latestOf(Deal deal) {
        return deal.closedMillis() == Stay.OPEN
                ? deal.stays().stream().mapToLong(Stay::enteredMillis).reduce(deal.openedMillis(), Math::max)
                : deal.closedMillis();
    }

    /**
     * Whether the lead's alerts are not judged now, since history is coming in; it then has a timer.
     *
     * @param newestMillis the newest time of what has come
     * @param isGathered whether that waited for more of its kind
     */
    boolean isHeld(long newestMillis, boolean isGathered, long nowMillis, TimerService timers) {
        long wallMillis = timers.currentProcessingTime();
        // Where the clock itself is in the past, history comes as it happened but for some late news.
        boolean isPresent = nowMillis >= wallMillis - LiveWake.CATCHING_UP_MILLIS;
        if (isPresent && newestMillis < nowMillis && nowMillis - newestMillis > LateBurst.LATE_MILLIS) {
            burst.extend(wallMillis, isGathered);
        }
        return isHeld(timers);
    }

    /** The same without an input. In a replay never: its end is the only time that counts. */
    boolean isHeld(TimerService timers) {
        long wallMillis = timers.currentProcessingTime();
        if (settings.valuesAtEnd() || !burst.lasts(wallMillis)) {
            return false;
        }
        timers.registerProcessingTimeTimer(LateBurst.nextLook(wallMillis));
        return true;
    }

    static long newestOf(Deal deal) {
        long newest = latestOf(deal);
        for (Ownership owner : deal.owners()) {
            newest = Math.max(newest, owner.fromMillis());
        }
        for (ExpectedClose expected : deal.expectedCloses()) {
            newest = Math.max(newest, expected.fromMillis());
        }
        return newest;
    }

    /** Its alerts stay as told; what it contributes was said by the rates of this time, and is read by these next. */
    LeadState unjudged(LeadState lead, long ratesMillis) {
        return lead.read(lead.told(), lead.wakeMillis(), ratesMillis, configuration.version(), measures);
    }

    /** Publishes the alerts that are other than told, and sees to it that the lead wakes when it must. */
    LeadState told(LeadState lead, LeadView view, long nowMillis, TimerService timers, Consumer<ResultRecord> out) {
        return told(lead, view, nowMillis, timers, out, false);
    }

    /**
     * The same.
     *
     * @param isRegrouped whether leads were merged or taken apart since: what is taken back is so because of that
     */
    LeadState told(
            LeadState lead,
            LeadView view,
            long nowMillis,
            TimerService timers,
            Consumer<ResultRecord> out,
            boolean isRegrouped) {
        long alertMillis = alertNow(lead, nowMillis);
        if (settings.valuesAtEnd() && nowMillis < settings.asOfMillis()) {
            // What is told and taken back before the end would tell of nothing but the order in which the past came in.
            return unjudged(lead.withWake(woken(lead, settings.asOfMillis(), timers)), alertMillis);
        }
        AlertDiff alerts = AlertDiff.of(lead.told(), view.alertsAsOf(alertMillis), alertMillis);
        for (Alert alert : alerts.publish()) {
            out.accept(results.alert(alert, isRegrouped, asOf(alertMillis)));
        }
        long wakeMillis = Math.min(
                nextWake(view, nowMillis, alertMillis, timers), nextRateChange(lead, nowMillis, alertMillis, timers));
        return lead.read(
                alerts.told(), woken(lead, wakeMillis, timers), alertMillis, configuration.version(), measures);
    }

    /** Sees to it that a lead wakes then, unless it wakes before; when it wakes first. */
    private static long woken(LeadState lead, long wakeMillis, TimerService timers) {
        if (wakeMillis < lead.wakeMillis()) {
            timers.registerEventTimeTimer(wakeMillis);
            return wakeMillis;
        }
        return lead.wakeMillis();
    }

    /**
     * The event time as of which alerts are judged and open deals valued: no later than up to which the sources have been heard, so that nothing
     * is raised or taken back for want of what one of them would have told; it never goes back.
     */
    long alertNow(LeadState lead, long nowMillis) {
        return Math.max(lead.clockMillis(), Math.min(nowMillis, configuration.heldFromMillis()));
    }

    /**
     * The next time at which a deal of the lead is worth something else. In a replay values are said at as-of only, for
     * which it wakes anyway.
     */
    private long nextRateChange(LeadState lead, long nowMillis, long alertMillis, TimerService timers) {
        if (settings.valuesAtEnd()) {
            return LeadState.NO_TIMER;
        }
        long next = book.policy().valuation().nextChangeAfter(lead.deals(), alertMillis);
        return next <= nowMillis ? heldRetry(nowMillis, timers) : next;
    }

    /**
     * What is due and held is looked at again: soon if the sources were heard up to a moment ago, and not every few seconds of
     * a past that is being worked off.
     */
    private long heldRetry(long nowMillis, TimerService timers) {
        long behindMillis = nowMillis - configuration.heldFromMillis();
        long retryMillis = Math.min(HELD_RETRY_MILLIS, Math.max(SOONEST_RETRY_MILLIS, behindMillis));
        return LiveWake.notBeforeThePresent(nowMillis + retryMillis, timers.currentProcessingTime());
    }

    /** The next time at which something follows from the facts without a new one. */
    private long nextWake(LeadView view, long nowMillis, long alertMillis, TimerService timers) {
        if (nowMillis >= settings.asOfMillis()) {
            return LeadState.NO_TIMER;
        }
        long next = AlertLife.nextAfter(view.alerts(alertMillis), alertMillis);
        if (next <= nowMillis) {
            // Held: it is due, and is looked at again until the source has spoken.
            next = heldRetry(nowMillis, timers);
        }
        next = Math.min(next, nextLook(view, nowMillis, timers));
        long saidMillis = saidAt(view, nowMillis);
        long countsChange = view.behaviour().nextChangeAfter(saidMillis);
        if (countsChange != BehaviourCounts.NEVER) {
            next = Math.min(next, LiveWake.notBeforeThePresent(countsChange, timers.currentProcessingTime()));
        }
        return Math.min(next, view.score().nextBandChangeAfter(saidMillis));
    }

    /** When an open lead is looked at again although nothing happens. */
    private static long nextLook(LeadView view, long nowMillis, TimerService timers) {
        return view.isOpen() && nowMillis != Long.MIN_VALUE
                ? LiveWake.after(nowMillis, timers.currentProcessingTime())
                : LeadState.NO_TIMER;
    }

    /**
     * A lead that others speak for. It does not wake: what it contributes alone may be by an earlier configuration or by
     * earlier exchange rates, because what is contributed of the merged lead is all of it together less what its parts
     * were said to.
     */
    LeadState silent(LeadState lead, long ratesMillis) {
        return lead.read(List.of(), lead.wakeMillis(), ratesMillis, configuration.version(), measures);
    }

    /**
     * Event time, but not later than as-of: a bounded source ends with a watermark beyond all time. It never goes back,
     * also where the watermark begins anew after a restart.
     */
    long now(LeadState lead, long watermarkMillis) {
        return Math.max(lead.clockMillis(), Math.min(watermarkMillis, settings.asOfMillis()));
    }

    /** In replay everything is said as of its end, so that the order of arrival leaves no trace. */
    private long asOf(long nowMillis) {
        return settings.valuesAtEnd() ? settings.asOfMillis() : nowMillis;
    }

    /**
     * Sends on what changed in what a lead contributes, all of one scope at once.
     *
     * @param spent takes spans of time, which are no sums yet
     */
    static void emitDeltas(
            Map<ContributionKey, Long> difference,
            long timeMillis,
            Collector<RollupDelta> out,
            Consumer<RollupDelta> spent) {
        String scope = null;
        List<PaneDelta> panes = new ArrayList<>();
        for (Map.Entry<ContributionKey, Long> each : difference.entrySet()) {
            ContributionKey key = each.getKey();
            if (!key.scope().equals(scope)) {
                if (scope != null) {
                    emit(new RollupDelta(scope, timeMillis, panes), out, spent);
                }
                scope = key.scope();
                panes = new ArrayList<>();
            }
            panes.add(new PaneDelta(key.measure(), key.dimension(), key.pane(), each.getValue()));
        }
        if (scope != null) {
            emit(new RollupDelta(scope, timeMillis, panes), out, spent);
        }
    }

    private static void emit(RollupDelta delta, Collector<RollupDelta> out, Consumer<RollupDelta> spent) {
        if (Scope.spenderOf(delta.scope()) == null) {
            out.collect(delta);
        } else {
            spent.accept(delta);
        }
    }
}
