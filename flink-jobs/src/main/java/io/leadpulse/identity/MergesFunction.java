package io.leadpulse.identity;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.merge.MergeBook;
import io.leadpulse.domain.merge.MergeEvent;
import io.leadpulse.engine.EngineUids;
import io.leadpulse.lead.LeadInput;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.EventFacts;
import io.leadpulse.schemas.event.Reason;
import io.leadpulse.schemas.event.SalesEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Knows which leads were merged into which, and tells every lead under which it stands, itself included, whenever that
 * changes ({@link MergeBook}). Merges are few, and one may join what others joined before, so all of them go to one key; of
 * its map only those leads are read that hang together with the one that something was said of.
 *
 * <p>The records go on to their lead as facts, which counts them. Only what is beyond the bounds ends here, as a dead
 * letter: more leads together, or more records of one, than {@link MergeBook} allows.
 */
public final class MergesFunction extends KeyedProcessFunction<String, SalesEvent, LeadInput> {
    private static final long serialVersionUID = 1;

    private static final String ALL = "merges";
    private static final String TOO_MANY = "more than %d merges of one lead, or leads merged into one than %d"
            .formatted(MergeBook.MAX_RECORDS, MergeBook.MAX_TOGETHER);

    private final OutputTag<DeadLetter> deadLetters;

    private transient MapState<String, MergeState> state;

    public MergesFunction(OutputTag<DeadLetter> deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** The one key of all merges. */
    public static String key(SalesEvent event) {
        return ALL;
    }

    @Override
    public void open(OpenContext context) {
        state = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        EngineUids.MERGE_STATE, Types.STRING, TypeInformation.of(MergeState.class)));
    }

    @Override
    public void processElement(SalesEvent event, Context context, Collector<LeadInput> out) throws Exception {
        String lead = event.lead();
        Graph graph = new Graph();
        MergeState before = graph.read(lead);
        List<MergeEvent> kept = MergeBook.accept(before.events(), read(event));
        Set<String> touched = graph.turn(lead, before, kept);
        if (kept.size() > MergeBook.MAX_RECORDS || graph.together(lead).size() > MergeBook.MAX_TOGETHER) {
            context.output(deadLetters, new DeadLetter(event.record(), Reason.TOO_MANY, TOO_MANY));
            return;
        }
        // First where it stands: a lead that has the record and has not been told is taken for one of release 1.
        if (kept != before.events()) {
            graph.tell(touched, out);
        }
        out.collect(LeadInput.plus(lead, EventFacts.fact(event), event.record()));
    }

    private static MergeEvent read(SalesEvent event) {
        String into = event.kind() == EventKind.LEAD_MERGED ? event.subject() : null;
        return new MergeEvent(event.id(), into, event.timeMillis(), event.version(), event.contentHash());
    }

    /** The part of the merges that one record has to do with, as it is after it. */
    private final class Graph {
        private final Map<String, MergeState> leads = new HashMap<>();

        MergeState read(String lead) throws Exception {
            MergeState known = leads.get(lead);
            if (known == null) {
                MergeState stored = state.get(lead);
                known = stored == null ? MergeState.NONE : stored;
                leads.put(lead, known);
            }
            return known;
        }

        /** Has the lead hang where its records now say; what may thereby stand elsewhere hangs together with these. */
        Set<String> turn(String lead, MergeState before, List<MergeEvent> kept) throws Exception {
            MergeEvent from = MergeBook.holding(before.events());
            MergeEvent to = MergeBook.holding(kept);
            leads.put(lead, before.with(kept, before.from()));
            Set<String> touched = new LinkedHashSet<>(List.of(lead));
            if (from != null) {
                touched.add(from.into());
            }
            if (!Objects.equals(from == null ? null : from.into(), to == null ? null : to.into())) {
                if (from != null) {
                    hang(from.into(), lead, false);
                }
                if (to != null) {
                    hang(to.into(), lead, true);
                }
            }
            return touched;
        }

        private void hang(String into, String lead, boolean isAdded) throws Exception {
            MergeState target = read(into);
            Set<String> from = new TreeSet<>(target.from());
            if (isAdded) {
                from.add(lead);
            } else {
                from.remove(lead);
            }
            leads.put(into, target.with(target.events(), new ArrayList<>(from)));
        }

        /** All leads that hang together with one, in either direction. */
        Set<String> together(String lead) throws Exception {
            Set<String> together = new TreeSet<>();
            Deque<String> open = new ArrayDeque<>(List.of(lead));
            while (!open.isEmpty()) {
                String each = open.remove();
                if (together.add(each)) {
                    MergeState known = read(each);
                    open.addAll(known.from());
                    MergeEvent holding = MergeBook.holding(known.events());
                    if (holding != null) {
                        open.add(holding.into());
                    }
                }
            }
            return together;
        }

        /** Tells those that stand elsewhere, or by another merge, than they were told, and keeps all. */
        void tell(Set<String> touched, Collector<LeadInput> out) throws Exception {
            Set<String> all = new TreeSet<>();
            for (String lead : touched) {
                all.addAll(together(lead));
            }
            Map<String, MergeEvent> holding = new HashMap<>();
            for (String lead : all) {
                MergeEvent event = MergeBook.holding(read(lead).events());
                if (event != null) {
                    holding.put(lead, event);
                }
            }
            Map<String, String> roots = MergeBook.roots(holding);
            for (String lead : all) {
                MergeState known = read(lead);
                // One that stands on its own is told so only if it was ever told otherwise.
                String root = roots.getOrDefault(lead, known.root() == null ? null : lead);
                // That of a circle which does not hold merges nothing.
                MergeEvent merge = root == null || root.equals(lead) ? null : holding.get(lead);
                String into = merge == null ? null : merge.into();
                long mergedMillis = merge == null ? 0 : merge.timeMillis();
                boolean isTold = Objects.equals(root, known.root())
                        && Objects.equals(into, known.into())
                        && mergedMillis == known.mergedMillis();
                if (!isTold) {
                    leads.put(lead, new MergeState(known.events(), known.from(), root, into, mergedMillis));
                    out.collect(LeadInput.under(lead, root, into, mergedMillis));
                }
            }
            for (Map.Entry<String, MergeState> each : leads.entrySet()) {
                state.put(each.getKey(), each.getValue());
            }
        }
    }
}
