package io.leadpulse.state;

import io.leadpulse.control.ConfigVersion;
import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.alert.AlertCause;
import io.leadpulse.domain.alert.AlertState;
import io.leadpulse.domain.alert.AlertTransition;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.DealEvent;
import io.leadpulse.domain.deal.ExpectedClose;
import io.leadpulse.domain.deal.OpenSpan;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Refund;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.identity.Visitor;
import io.leadpulse.domain.identity.VisitorRecord;
import io.leadpulse.identity.DealState;
import io.leadpulse.identity.VisitorState;
import io.leadpulse.lead.LeadPart;
import io.leadpulse.lead.LeadState;
import io.leadpulse.lead.MergedLeadState;
import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.event.RawHeader;
import io.leadpulse.schemas.event.RawRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/** States of every kind, whatever could stand in them: what is missing, empty, extreme, in any script, and out of order. */
final class RandomStates {
    private static final List<Integer> LENGTHS =
            List.of(0, 1, 2, 3, 30, 31, 62, 63, 64, 65, 126, 127, 128, 129, 255, 8_191, 8_192, 16_385);
    private static final String LETTERS = "abc DEF/.-_0123456789";
    private static final String OTHERS = "\u00e4\u00ff\u0100\u06a9\u4e2d\ud83d\ude00\ud800\udc00\u0000\uffff";
    private static final long DAY = 86_400_000;

    private final SplittableRandom random;
    private final List<String> said = new ArrayList<>();
    private long clockMillis;

    RandomStates(long seed) {
        random = new SplittableRandom(seed);
        clockMillis = 1_700_000_000_000L + random.nextInt();
    }

    LeadState lead(int mostFacts) {
        return new LeadState(
                list(mostFacts, this::fact),
                list(4, this::deal),
                list(6, this::alert),
                time(),
                time(),
                version(),
                text(),
                text(),
                number(),
                1 + random.nextInt(300));
    }

    MergedLeadState mergedLead() {
        return new MergedLeadState(
                list(4, this::part), text(), list(4, this::alert), time(), time(), version(), (int) number());
    }

    DealState deals() {
        return new DealState(list(12, this::dealEvent), text(), time());
    }

    VisitorState visitor() {
        List<VisitorRecord> records = list(12, this::visitorRecord);
        Map<Long, RawRecord> arrivals = new HashMap<>();
        records.forEach(each -> arrivals.put(each.fact().id(), record()));
        if (random.nextInt(4) == 0) {
            arrivals.put(random.nextLong(), record());
        }
        if (random.nextInt(4) == 0 && !records.isEmpty()) {
            arrivals.remove(records.get(0).fact().id());
        }
        return new VisitorState(
                new Visitor(records, list(4, this::visitorRecord)), arrivals, time(), 1 + random.nextInt(300));
    }

    Fact fact() {
        String event = random.nextInt(50) == 0 ? null : key();
        boolean isOfKey = event != null && random.nextInt(8) != 0;
        return Fact.builder(isOfKey ? Hash64.of(event) : random.nextLong(), event, time(), any(EventKind.values()))
                .version(random.nextInt(4) == 0 ? number() : 0)
                .contentHash(random.nextInt(8) == 0 ? 0 : random.nextLong())
                .asset(text())
                .actor(text())
                .owner(text())
                .status(text())
                .reason(text())
                .product(text())
                .campaign(text())
                .channel(text())
                .direction(any(Direction.values()))
                .automatic(random.nextBoolean())
                .cold(random.nextBoolean())
                .connected(random.nextBoolean())
                .seconds((int) number())
                .dueMillis(random.nextBoolean() ? Fact.NO_TIME : time())
                .alert(text())
                .attributes(texts())
                .template(text())
                .build();
    }

    private Deal deal() {
        return new Deal(
                text(),
                text(),
                time(),
                time(),
                any(Deal.Outcome.values()),
                random.nextBoolean(),
                amount(),
                text(),
                text(),
                text(),
                text(),
                list(3, () -> new ExpectedClose(number(), time())),
                list(4, () -> new Stay(text(), time(), time())),
                list(3, () -> new Ownership(text(), time())),
                list(2, () -> new Refund(time(), number(), text())),
                list(3, () -> new OpenSpan(time(), time())),
                time());
    }

    private Alert alert() {
        return new Alert(
                random.nextBoolean() ? Long.toHexString(random.nextLong()) : text(),
                text(),
                text(),
                any(AlertCause.values()),
                text(),
                text(),
                time(),
                number(),
                number(),
                time(),
                text(),
                any(AlertState.values()),
                list(5, () -> new AlertTransition(any(AlertState.values()), time(), time())),
                texts());
    }

    private LeadPart part() {
        return new LeadPart(text(), list(10, this::fact), list(2, this::deal), time(), version(), text(), number());
    }

    private DealEvent dealEvent() {
        String event = key();
        return new DealEvent(
                random.nextInt(8) == 0 ? random.nextLong() : Hash64.of(event),
                event,
                time(),
                any(EventKind.values()),
                number(),
                number(),
                text(),
                text(),
                text(),
                text(),
                text(),
                amount(),
                text(),
                text(),
                amount());
    }

    private VisitorRecord visitorRecord() {
        return new VisitorRecord(fact(), text(), text());
    }

    private RawRecord record() {
        return new RawRecord(
                text(),
                (int) number(),
                number(),
                time(),
                bytes(),
                bytes(),
                list(2, () -> new RawHeader(text(), bytes())),
                text());
    }

    private ConfigVersion version() {
        return random.nextBoolean() ? ConfigVersion.FILE : new ConfigVersion(number(), number());
    }

    private byte[] bytes() {
        if (random.nextInt(5) == 0) {
            return null;
        }
        byte[] bytes = new byte[any(LENGTHS)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Keys as sources make them, and others that look like them. */
    private String key() {
        String source = any(List.of("crm/", "web:v-1/", "web/", "", "a/b/", "\u06a9/", "crm/call-", "crm/D-12-", "/"));
        long bits = random.nextLong();
        return source
                + switch (random.nextInt(10)) {
                    case 0 -> new UUID(bits, random.nextLong()).toString();
                    case 1 -> new UUID(bits, 7).toString().toUpperCase(Locale.ROOT);
                    case 2 -> Long.toHexString(bits);
                    case 3 -> "abcdef0123456789abcdef".substring(random.nextInt(20));
                    case 4 -> "000" + random.nextInt(1_000);
                    case 5 -> "123456789012345678901234567890".substring(random.nextInt(30));
                    case 6 -> "0".repeat(random.nextInt(30));
                    case 7 ->
                        any(List.of("opened", "won-", "9223372036854775807", "e-9223372036854775808", "-", "m\u0661"));
                    case 8 -> randomText(any(LENGTHS) % 300);
                    default -> "e-" + (1_000_000 + random.nextInt(1_000));
                };
    }

    private String text() {
        int which = random.nextInt(12);
        if (which < 4) {
            return null;
        }
        if (which < 10 && !said.isEmpty()) {
            return any(said);
        }
        String text = randomText(random.nextInt(5) == 0 ? any(LENGTHS) : random.nextInt(20));
        if (text.length() < 300) {
            said.add(text);
        }
        return text;
    }

    private String randomText(int length) {
        String from = random.nextInt(4) == 0 ? OTHERS : LETTERS;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.put("name " + i, text());
        }
        return random.nextInt(20) == 0 ? null : texts;
    }

    private long time() {
        return switch (random.nextInt(12)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            case 2 -> number();
            case 3 -> clockMillis - random.nextLong(400 * DAY);
            case 4 -> clockMillis += 1_000L * random.nextInt(100_000);
            default -> clockMillis += random.nextLong(DAY);
        };
    }

    private Long amount() {
        return random.nextBoolean() ? null : (Long) number();
    }

    private long number() {
        return switch (random.nextInt(6)) {
            case 0 -> any(List.of(0L, 1L, -1L, 63L, 64L, 127L, 128L, -64L, -65L, Long.MAX_VALUE, Long.MIN_VALUE));
            case 1 -> random.nextLong();
            case 2 -> random.nextLong() >> random.nextInt(64);
            default -> random.nextInt(1_000);
        };
    }

    private <E> List<E> list(int most, Supplier<E> element) {
        List<E> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    private <E> E any(List<E> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <E> E any(E[] all) {
        return all[random.nextInt(all.length)];
    }
}
