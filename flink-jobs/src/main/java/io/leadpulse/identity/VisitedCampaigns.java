package io.leadpulse.identity;

import io.leadpulse.domain.campaign.CampaignVisit;
import io.leadpulse.domain.identity.Visitor;
import io.leadpulse.domain.identity.VisitorBook;
import io.leadpulse.domain.identity.VisitorRecord;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.organisation.Organisation;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.rollup.PaneDelta;
import io.leadpulse.rollup.RollupDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.streaming.api.TimerService;

/**
 * By which campaigns and channels a visitor came, so that each counts him once. Keyed state of the visitors. It outlives the
 * visitor's records, which go after {@link VisitorBook#KEEP_MILLIS}: bounded by the campaigns of one visitor within the
 * correction horizon; who comes by none has none.
 */
final class VisitedCampaigns {
    private final MapState<String, CampaignVisit> visits;
    private final Organisation organisation;
    private final long horizonMillis;

    VisitedCampaigns(RuntimeContext runtime, Organisation organisation, long horizonMillis) {
        this.organisation = organisation;
        this.horizonMillis = horizonMillis;
        visits = runtime.getMapState(
                new MapStateDescriptor<>(EngineUids.VISITOR_CAMPAIGNS, String.class, CampaignVisit.class));
    }

    /** Says what changes when events come, are corrected or find another owner. */
    void moved(Visitor after, List<VisitorBook.Move> moves, Consumer<RollupDelta> out) throws Exception {
        Set<String> scopes = new TreeSet<>();
        long timeMillis = Long.MIN_VALUE;
        for (VisitorBook.Move move : moves) {
            if (move.before() != null) {
                scopes.addAll(CampaignVisit.scopesOf(move.before().fact()));
            }
            scopes.addAll(CampaignVisit.scopesOf(move.after().fact()));
            timeMillis = Math.max(timeMillis, move.after().timeMillis());
        }
        say(scopes, after, timeMillis, out);
    }

    /** Says what follows from the records that are kept of a visitor; nothing of what has been said. */
    void kept(Visitor visitor, Consumer<RollupDelta> out) throws Exception {
        Set<String> scopes = new TreeSet<>();
        long timeMillis = Long.MIN_VALUE;
        for (VisitorRecord record : visitor.records()) {
            scopes.addAll(CampaignVisit.scopesOf(record.fact()));
            timeMillis = Math.max(timeMillis, record.timeMillis());
        }
        say(scopes, visitor, timeMillis, out);
    }

    /** Remembers what leaves the visitor's records. */
    void left(List<VisitorRecord> left) throws Exception {
        for (VisitorRecord record : left) {
            for (String scope : CampaignVisit.scopesOf(record.fact())) {
                keep(scope, of(scope).left(record));
            }
        }
    }

    /** Nothing else is known of the visitor any more: forgets what is older than the horizon, and wakes for the rest. */
    void rest(long nowMillis, TimerService timers) throws Exception {
        long nextMillis = Long.MAX_VALUE;
        List<String> old = new ArrayList<>();
        for (Map.Entry<String, CampaignVisit> each : visits.entries()) {
            long dueMillis = each.getValue().saidMillis() + horizonMillis;
            if (dueMillis <= nowMillis) {
                old.add(each.getKey());
            } else {
                nextMillis = Math.min(nextMillis, dueMillis);
            }
        }
        for (String scope : old) {
            visits.remove(scope);
        }
        if (nextMillis != Long.MAX_VALUE) {
            timers.registerEventTimeTimer(nextMillis);
        }
    }

    private void say(Set<String> scopes, Visitor visitor, long timeMillis, Consumer<RollupDelta> out) throws Exception {
        for (String scope : scopes) {
            CampaignVisit before = of(scope);
            CampaignVisit now = before.said(scope, visitor);
            say(scope, before, now, timeMillis, out);
            keep(scope, now);
        }
    }

    private void say(
            String scope, CampaignVisit before, CampaignVisit now, long timeMillis, Consumer<RollupDelta> out) {
        Contributions gone = new Contributions();
        before.contribute(scope, organisation, gone);
        Contributions come = new Contributions();
        now.contribute(scope, organisation, come);
        List<PaneDelta> panes = new ArrayList<>();
        come.minus(gone)
                .forEach((key, value) -> panes.add(new PaneDelta(key.measure(), key.dimension(), key.pane(), value)));
        if (!panes.isEmpty()) {
            out.accept(new RollupDelta(scope, timeMillis, panes));
        }
    }

    private CampaignVisit of(String scope) throws Exception {
        CampaignVisit visit = visits.get(scope);
        return visit == null ? CampaignVisit.NONE : visit;
    }

    private void keep(String scope, CampaignVisit visit) throws Exception {
        if (visit.isNone()) {
            visits.remove(scope);
        } else {
            visits.put(scope, visit);
        }
    }
}
