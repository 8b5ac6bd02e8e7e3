package io.leadpulse.bench.micro;

import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.SalesEvent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the event alone takes: it and its texts made anew, and nothing read. A decoder cannot allocate less. */
@State(Scope.Thread)
public class EventBenchmark {
    /** What the events were decoded from. */
    @Param({"mix", "page", "track", "identify", "activity", "deal", "company"})
    public String input;

    private EventCopy[] copies;
    private int at;

    @Setup
    public void prepare() {
        EventDecoder decoder = Task.decoder();
        RawRecord[] records = Inputs.of(input);
        copies = new EventCopy[records.length];
        for (int i = 0; i < records.length; i++) {
            SalesEvent event = decoder.decode(records[i]).event();
            copies[i] = new EventCopy(event);
            Task.require(event.equals(copies[i].make()), "copying " + records[i].id());
        }
    }

    @Benchmark
    public Decoded alone() {
        return Decoded.of(copies[at++ & (Inputs.COUNT - 1)].make());
    }

    /** Makes an event anew. */
    private static final class EventCopy {
        private final SalesEvent event;
        private final byte[][] texts;
        private final boolean hasAmount;
        private final long amountMinor;

        EventCopy(SalesEvent event) {
            this.event = event;
            String[] all = {
                event.event(),
                event.lead(),
                event.anonymousId(),
                event.deal(),
                event.subject(),
                event.actor(),
                event.owner(),
                event.stage(),
                event.status(),
                event.reason(),
                event.competitor(),
                event.currency(),
                event.product(),
                event.asset(),
                event.campaign(),
                event.channel(),
                event.alert(),
                event.template()
            };
            texts = new byte[all.length][];
            for (int i = 0; i < all.length; i++) {
                texts[i] = all[i] == null ? null : all[i].getBytes(StandardCharsets.ISO_8859_1);
            }
            hasAmount = event.amountMinor() != null;
            amountMinor = hasAmount ? event.amountMinor() : 0;
        }

        SalesEvent make() {
            Map<String, String> attributes = event.attributes();
            return new SalesEvent(
                    event.id(),
                    text(0),
                    event.kind(),
                    event.timeMillis(),
                    event.version(),
                    event.contentHash(),
                    text(1),
                    text(2),
                    text(3),
                    text(4),
                    text(5),
                    text(6),
                    text(7),
                    text(8),
                    text(9),
                    text(10),
                    hasAmount ? (Long) amountMinor : null,
                    text(11),
                    text(12),
                    event.expectedCloseEpochDay(),
                    event.runUntilEpochDay(),
                    text(13),
                    text(14),
                    text(15),
                    event.direction(),
                    event.automatic(),
                    event.cold(),
                    event.connected(),
                    event.seconds(),
                    event.dueMillis(),
                    text(16),
                    attributes.isEmpty() ? attributes : new HashMap<>(attributes),
                    text(17),
                    event.record());
        }

        private String text(int place) {
            byte[] bytes = texts[place];
            return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
