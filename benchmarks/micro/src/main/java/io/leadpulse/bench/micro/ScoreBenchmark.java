package io.leadpulse.bench.micro;

import io.leadpulse.bench.oracle.LeadScore;
import io.leadpulse.bench.oracle.Oracle;
import io.leadpulse.bench.workload.Workload;
import io.leadpulse.bench.workload.WorkloadRecord;
import io.leadpulse.bench.workload.WorkloadSpec;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.score.ScoreBook;
import io.leadpulse.domain.score.ScoreCard;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.EventFacts;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.SalesEvent;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What a new fact of a lead asks of the score: the card of all its facts, the score, its band, and when that changes next. */
@State(Scope.Thread)
public class ScoreBenchmark {
    private static final String LEAD = "L0";
    private static final double CLOSE = 1e-9;

    /** How many facts the lead has. */
    @Param({"30", "300"})
    public int facts;

    private List<Fact> book;
    private RuleTimeline rules;
    private ZoneId zone;
    private long atMillis;

    @Setup
    public void prepare() {
        rules = Task.DIRECTORY.rules();
        zone = Task.CONFIG.company().zone();
        TreeMap<Fact, WorkloadRecord> known = new TreeMap<>(Fact.CANONICAL_ORDER);
        EventDecoder decoder = Task.decoder();
        Workload.forEach(Task.SPEC, lead -> lead == 0, record -> gather(record, decoder, known));
        Task.require(known.size() >= facts, "the first lead has " + known.size() + " facts");
        book = known.keySet().stream().limit(facts).toList();
        atMillis = book.get(facts - 1).timeMillis();
        check(known);
    }

    /** Of behaviour only what names the lead, so that whose it is does not depend on what else is known. */
    private static void gather(WorkloadRecord record, EventDecoder decoder, Map<Fact, WorkloadRecord> known) {
        SalesEvent event = decoder.decode(new RawRecord(
                        record.topic(),
                        0,
                        0,
                        WorkloadSpec.CLOSING_MILLIS,
                        record.key().getBytes(StandardCharsets.UTF_8),
                        record.value(),
                        List.of()))
                .event();
        if (event != null && LEAD.equals(event.lead()) && event.kind().stream() != EventKind.Stream.DEAL) {
            known.putIfAbsent(EventFacts.fact(event), record);
        }
    }

    private void check(Map<Fact, WorkloadRecord> known) {
        Oracle oracle = new Oracle(WorkloadSpec.AS_OF_MILLIS, WorkloadSpec.teams());
        for (Fact fact : book) {
            WorkloadRecord record = known.get(fact);
            if (record.topic().equals(Topics.BEHAVIOUR)) {
                oracle.behaviour(record.value());
            } else {
                oracle.activity(record.value());
            }
        }
        oracle.endOfPart();
        LeadScore expected = oracle.expected().scores().get(LEAD);
        ScoreCard card = ScoreBook.evaluate(book, rules, zone);
        for (long millis : new long[] {atMillis, WorkloadSpec.AS_OF_MILLIS}) {
            Task.require(
                    Math.abs(card.score(millis) - expected.at(millis)) < CLOSE, "the score of " + facts + " facts");
            Task.require(
                    card.band(millis).name().equalsIgnoreCase(expected.bandAt(millis)),
                    "the band of " + facts + " facts");
        }
        Task.require(card.score(atMillis) > 0, "a score that is nothing tells nothing");
    }

    @Benchmark
    public void update(Blackhole blackhole) {
        ScoreCard card = ScoreBook.evaluate(book, rules, zone);
        blackhole.consume(card.score(atMillis));
        blackhole.consume(card.band(atMillis));
        blackhole.consume(card.nextBandChangeAfter(atMillis));
    }
}
