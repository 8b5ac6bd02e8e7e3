package io.leadpulse.bench.workload;

/**
 * The workload as it happens now: its 90 days pressed into a span of the present, so that a hundredth of the records still comes late, by
 * as large a part of it. The records of one are about leads and have ids of its own, so that several can follow each other.
 */
public final class LiveWorkload {
    /** Of one day a lead may have 300, with whatever comes on top by chance. */
    private static final int MAX_EVENTS_PER_LEAD = 200;

    /** So many leads there are at least, so that none has more than that. */
    private static final int EVENTS_PER_LEAD = 100;

    private final WorkloadSpec spec;
    private final Ids ids;
    private final long startMillis;
    private final long spanMillis;
    private final Workload workload;
    private final RecordWriter writer;
    private long place;

    /**
     * Where the numbers of leads and events begin.
     *
     * @param lead number of the first lead
     * @param event number of the first event
     */
    public record Ids(int lead, long event) {
        /** Nothing is used yet. */
        public static final Ids FIRST = new Ids(0, 0);
    }

    /**
     * Begins.
     *
     * @param events how many records there are, at least {@link WorkloadSpec#MIN_EVENTS}
     * @param leads of how many leads, or of more where each would have too many
     * @param ids behind those that were used before
     * @param startMillis when the first happens, epoch milliseconds
     * @param spanMillis in which time all happen
     */
    public LiveWorkload(long events, int leads, long seed, Ids ids, long startMillis, long spanMillis) {
        this.spec = new WorkloadSpec(events, Math.max(leads, (int) (events / EVENTS_PER_LEAD)), seed);
        this.ids = ids;
        this.startMillis = startMillis;
        this.spanMillis = spanMillis;
        this.workload = new Workload(spec, MAX_EVENTS_PER_LEAD);
        this.writer = new RecordWriter(spec);
    }

    /** The next record; there are as many as were asked for. */
    public WorkloadRecord next() {
        Draft draft = workload.next(place++);
        return writer.write(new Draft(
                draft.act(),
                draft.serial() + ids.event(),
                startMillis + (draft.timeMillis() - WorkloadSpec.START_MILLIS) * spanMillis / WorkloadSpec.SPAN_MILLIS,
                draft.lead() + ids.lead(),
                draft.place(),
                draft.detail(),
                draft.named()));
    }

    /** Where others may begin. */
    public Ids idsAfter() {
        return new Ids(ids.lead() + spec.leads(), ids.event() + spec.events());
    }
}
