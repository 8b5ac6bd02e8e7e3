package io.leadpulse.schemas.event;

import io.leadpulse.domain.event.Fact;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Everything that can be wrong with an input, each with the reason for which it must become a dead letter: for tests of
 * the decoder, of replay and of the conservation equation. The order and the bytes are always the same.
 *
 * <p>To be decoded with {@link DecodeSettings#of} of a currency with two decimals other than the yen, as of
 * {@link #AS_OF_MILLIS}.
 */
public final class BrokenInputs {
    /** As-of for which {@code future} and {@code too_late} hold. */
    public static final long AS_OF_MILLIS = Rfc3339.millis("2025-06-30T23:59:59Z");

    /** What gives JSON its form, white space, and what is not quite that. */
    private static final String MARKS = "{}[]\",:0-eN\\u \t\n\r\f\u007f";

    private static final String DEAL =
            "{'source':'crm','id':'b-1','kind':'deal_won','time':'2025-03-01T09:00:00Z','lead':'L1','deal':'D1','amount':'1.00'}";
    private static final String PAGE =
            "{'type':'page','messageId':'b-2','anonymousId':'v-1','timestamp':'2025-03-01T09:00:00Z'}";

    private static final List<String> EVENTS = List.of(Topics.ACTIVITIES, Topics.BEHAVIOUR, Topics.COMPANY_EVENTS);

    private final List<BrokenInput> inputs = new ArrayList<>();

    private BrokenInputs() {}

    /**
     * One broken input.
     *
     * @param name what is wrong, unique
     * @param reason why it must be refused
     * @param record the record; null for a line that is none
     * @param line the line of a replay file, without its end
     */
    public record BrokenInput(String name, Reason reason, RawRecord record, byte[] line) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** All of them; the offsets of records are their places in this list, from 1. */
    public static List<BrokenInput> all() {
        BrokenInputs corpus = new BrokenInputs();
        corpus.bytes();
        corpus.json();
        corpus.fields();
        corpus.amounts();
        corpus.times();
        corpus.behaviour();
        corpus.others();
        corpus.lines();
        return corpus.inputs;
    }

    /** These bytes with up to three changes, some of which leave a valid record: bytes changed, put in, repeated, cut off. */
    static byte[] mutated(byte[] value, Random random) {
        byte[] bytes = value.clone();
        for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            int place = random.nextInt(bytes.length);
            byte mark = (byte) MARKS.charAt(random.nextInt(MARKS.length()));
            switch (random.nextInt(8)) {
                case 0 -> bytes[place] = (byte) random.nextInt(256);
                case 1 -> bytes[place] = (byte) (bytes[place] ^ (1 << random.nextInt(8)));
                case 2 -> bytes[place] = mark;
                case 3 -> bytes = with(bytes, place, mark);
                case 4 -> bytes = with(bytes, place, (byte) random.nextInt(' ', 0x80));
                case 5 -> bytes = with(bytes, place, bytes[place]);
                case 6 -> bytes = Arrays.copyOf(bytes, place);
                default -> bytes = Arrays.copyOfRange(bytes, place, bytes.length);
            }
        }
        return bytes;
    }

    private static byte[] with(byte[] bytes, int place, byte more) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, place, longer, place + 1, bytes.length - place);
        longer[place] = more;
        return longer;
    }

    /**
     * Those that can lie in the topics that a live engine reads. Live an event is of the future when it is later than its
     * arrival, so the one that is just later than as-of is a day later than now.
     *
     * @param nowMillis about when they arrive, epoch milliseconds
     */
    public static List<BrokenInput> live(long nowMillis) {
        String tomorrow = Rfc3339.text(nowMillis + 86_400_000);
        List<BrokenInput> live = new ArrayList<>();
        for (BrokenInput each : all()) {
            boolean isRead = each.record() != null
                    && (Topics.CONFIGURATION.contains(each.record().topic())
                            || EVENTS.contains(each.record().topic()));
            // Without value a record of configuration takes its key away, which is nothing wrong.
            boolean takesAway = isRead
                    && Topics.CONFIGURATION.contains(each.record().topic())
                    && each.record().value() == null;
            if (isRead && !takesAway) {
                RawRecord record = each.record();
                byte[] value = each.name().equals("later than as-of")
                        ? json(DEAL.replace("2025-03-01T09:00:00Z", tomorrow))
                        : record.value();
                live.add(new BrokenInput(
                        each.name(),
                        each.reason(),
                        new RawRecord(record.topic(), 0, record.offset(), Fact.NO_TIME, null, value, List.of()),
                        each.line()));
            }
        }
        return live;
    }

    /** All of them as one replay file. */
    public static byte[] file() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (BrokenInput each : all()) {
            file.writeBytes(each.line());
            file.write('\n');
        }
        return file.toByteArray();
    }

    private void bytes() {
        add("no value", Reason.NULL_VALUE, Topics.ACTIVITIES, (byte[]) null);
        add("no value of behaviour", Reason.NULL_VALUE, Topics.BEHAVIOUR, (byte[]) null);
        add(
                "two megabytes",
                Reason.TOO_LARGE,
                Topics.ACTIVITIES,
                DEAL.replace("'1.00'", "'" + "9".repeat(2_000_000) + "'"));
        add("two megabytes of nothing", Reason.TOO_LARGE, Topics.BEHAVIOUR, new byte[2_000_000]);
        add("a byte that is never UTF-8", Reason.INVALID_UTF8, Topics.ACTIVITIES, broken(DEAL, 0xff));
        add("a lone continuation byte", Reason.INVALID_UTF8, Topics.ACTIVITIES, broken(DEAL, 0x80));
        add("an overlong slash", Reason.INVALID_UTF8, Topics.ACTIVITIES, broken(DEAL, 0xc0, 0xaf));
        add("a surrogate in UTF-8", Reason.INVALID_UTF8, Topics.ACTIVITIES, broken(DEAL, 0xed, 0xa0, 0x80));
        add("half a character at the end", Reason.INVALID_UTF8, Topics.BEHAVIOUR, broken(PAGE, 0xe2, 0x82));
        add("UTF-16", Reason.INVALID_UTF8, Topics.ACTIVITIES, DEAL.getBytes(StandardCharsets.UTF_16));
        add("UTF-16 without mark", Reason.INVALID_JSON, Topics.ACTIVITIES, DEAL.getBytes(StandardCharsets.UTF_16BE));
    }

    private void json() {
        add("empty", Reason.INVALID_JSON, Topics.ACTIVITIES, "");
        add("white space", Reason.INVALID_JSON, Topics.ACTIVITIES, " \n\t ");
        add("no JSON", Reason.INVALID_JSON, Topics.ACTIVITIES, "deal won!");
        add("cut off", Reason.INVALID_JSON, Topics.ACTIVITIES, DEAL.substring(0, DEAL.length() - 3));
        add("a byte order mark", Reason.INVALID_JSON, Topics.ACTIVITIES, '\ufeff' + DEAL);
        add("something behind it", Reason.INVALID_JSON, Topics.ACTIVITIES, DEAL + DEAL);
        add("a comment", Reason.INVALID_JSON, Topics.ACTIVITIES, "/* */" + DEAL);
        add("a name that stands twice", Reason.INVALID_JSON, Topics.ACTIVITIES, with("'lead':'L2'"));
        add("not a number", Reason.INVALID_JSON, Topics.ACTIVITIES, with("'seconds':NaN"));
        add("infinity", Reason.INVALID_JSON, Topics.ACTIVITIES, with("'seconds':-Infinity"));
        add("a number of 1,000 digits", Reason.INVALID_JSON, Topics.ACTIVITIES, with("'seconds':" + "9".repeat(1000)));
        add("a leading zero", Reason.INVALID_JSON, Topics.ACTIVITIES, with("'seconds':007"));
        add("a bomb of arrays", Reason.TOO_DEEP, Topics.ACTIVITIES, "[".repeat(100_000));
        add("a bomb of objects", Reason.TOO_DEEP, Topics.BEHAVIOUR, "{'a':".repeat(100_000));
        add("a bomb in a field", Reason.TOO_DEEP, Topics.ACTIVITIES, with("'x':" + "[".repeat(40) + "]".repeat(40)));
        add("an array", Reason.NOT_AN_OBJECT, Topics.ACTIVITIES, "[" + DEAL + "]");
        add("a string", Reason.NOT_AN_OBJECT, Topics.ACTIVITIES, "'deal_won'");
        add("null", Reason.NOT_AN_OBJECT, Topics.COMPANY_EVENTS, "null");
        add("an empty object", Reason.MISSING_FIELD, Topics.ACTIVITIES, "{}");
    }

    private void fields() {
        for (String name : List.of("source", "id", "kind", "time", "deal")) {
            add("without " + name, Reason.MISSING_FIELD, Topics.ACTIVITIES, without(name));
            add(
                    "with null as " + name,
                    Reason.MISSING_FIELD,
                    Topics.ACTIVITIES,
                    without(name).replace("}", ",'" + name + "':null}"));
            add(
                    "with an object as " + name,
                    Reason.WRONG_TYPE,
                    Topics.ACTIVITIES,
                    without(name).replace("}", ",'" + name + "':{}}"));
        }
        add("without lead", Reason.NO_LEAD, Topics.ACTIVITIES, without("lead"));
        add(
                "with null as lead",
                Reason.NO_LEAD,
                Topics.ACTIVITIES,
                without("lead").replace("}", ",'lead':null}"));
        add(
                "with blanks as lead",
                Reason.NO_LEAD,
                Topics.ACTIVITIES,
                without("lead").replace("}", ",'lead':'  '}"));
        add(
                "with a number as lead",
                Reason.WRONG_TYPE,
                Topics.ACTIVITIES,
                without("lead").replace("}", ",'lead':17}"));
        add("of unknown kind", Reason.UNKNOWN_KIND, Topics.ACTIVITIES, DEAL.replace("deal_won", "deal_wun"));
        add("of a kind in capitals", Reason.UNKNOWN_KIND, Topics.ACTIVITIES, DEAL.replace("deal_won", "DEAL_WON"));
        add("of a kind of another topic", Reason.UNKNOWN_KIND, Topics.COMPANY_EVENTS, DEAL);
        add("with a slash in its source", Reason.INVALID_VALUE, Topics.ACTIVITIES, DEAL.replace("'crm'", "'crm/eu'"));
        add("with half a surrogate pair", Reason.INVALID_VALUE, Topics.ACTIVITIES, with("'owner':'\\ud800'"));
        add("with NUL", Reason.INVALID_VALUE, Topics.ACTIVITIES, with("'reason':'a\\u0000b'"));
        add(
                "with an endless id",
                Reason.INVALID_VALUE,
                Topics.ACTIVITIES,
                with("'owner':'" + "x".repeat(10_000) + "'"));
        add("with a text as flag", Reason.WRONG_TYPE, Topics.ACTIVITIES, with("'cold':'true'"));
        add("with a fraction as seconds", Reason.WRONG_TYPE, Topics.ACTIVITIES, with("'seconds':1.5"));
        add("with endless seconds", Reason.INVALID_VALUE, Topics.ACTIVITIES, with("'seconds':9223372036854775808"));
        add("with a version below 0", Reason.INVALID_VALUE, Topics.ACTIVITIES, with("'version':-1"));
        add("with a list as attributes", Reason.WRONG_TYPE, Topics.ACTIVITIES, with("'attributes':['a']"));
        add("with an endless attribute", Reason.INVALID_VALUE, Topics.ACTIVITIES, with("'attributes':{'a':1e999}"));
    }

    private void amounts() {
        for (String amount : List.of(
                "NaN",
                "Infinity",
                "-1.00",
                "+1.00",
                "1e3",
                "1,000.00",
                "1.001",
                ".5",
                "5.",
                "",
                " 1",
                "0x10",
                "99999999999999.99",
                "9".repeat(24),
                "9".repeat(25),
                "١٢")) {
            add(
                    "with the amount '" + amount + "'",
                    Reason.INVALID_AMOUNT,
                    Topics.ACTIVITIES,
                    DEAL.replace("1.00", amount));
        }
        for (String number : List.of("1", "1.5", "1e999", "-0", "123456789012345678901234567890")) {
            add(
                    "with the number " + number + " as amount",
                    Reason.INVALID_AMOUNT,
                    Topics.ACTIVITIES,
                    DEAL.replace("'1.00'", number));
        }
        add("with a truth value as amount", Reason.WRONG_TYPE, Topics.ACTIVITIES, DEAL.replace("'1.00'", "true"));
        add("in yen", Reason.FOREIGN_CURRENCY, Topics.ACTIVITIES, with("'currency':'JPY'"));
        add("in no currency", Reason.INVALID_VALUE, Topics.ACTIVITIES, with("'currency':'money'"));
    }

    private void times() {
        for (String time : List.of(
                "2025-03-01",
                "2025-03-01T09:00:00",
                "2025-03-01 09:00:00Z",
                "2025-02-29T09:00:00Z",
                "2025-13-01T09:00:00Z",
                "2025-03-01T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "2025-03-01T09:00:00+25:00",
                "2025-03-01T09:00:00.Z",
                "0025-03-01T09:00:00Z",
                "12025-03-01T09:00:00Z",
                "1969-12-31T23:59:59Z",
                "2200-01-01T00:00:00Z",
                "+292278994-08-17T07:12:55Z",
                "yesterday",
                "")) {
            add(
                    "at '" + time + "'",
                    Reason.INVALID_TIME,
                    Topics.ACTIVITIES,
                    DEAL.replace("2025-03-01T09:00:00Z", time));
        }
        add("at a number", Reason.WRONG_TYPE, Topics.ACTIVITIES, DEAL.replace("'2025-03-01T09:00:00Z'", "1740819600"));
        add(
                "later than as-of",
                Reason.FUTURE,
                Topics.ACTIVITIES,
                DEAL.replace("2025-03-01T09:00:00Z", "2025-07-01T00:00:00Z"));
        add("far later", Reason.FUTURE, Topics.BEHAVIOUR, PAGE.replace("2025-03", "2099-03"));
        add("older than the horizon", Reason.TOO_LATE, Topics.ACTIVITIES, DEAL.replace("2025-03", "2020-03"));
    }

    private void behaviour() {
        add("behaviour without type", Reason.MISSING_FIELD, Topics.BEHAVIOUR, PAGE.replace("'type':'page',", ""));
        add("behaviour of unknown type", Reason.UNKNOWN_KIND, Topics.BEHAVIOUR, PAGE.replace("'page'", "'pages'"));
        add(
                "behaviour without message id",
                Reason.MISSING_FIELD,
                Topics.BEHAVIOUR,
                PAGE.replace("'messageId':'b-2',", ""));
        add("behaviour of nobody", Reason.NO_LEAD, Topics.BEHAVIOUR, PAGE.replace("'anonymousId':'v-1',", ""));
        add("behaviour without time", Reason.MISSING_FIELD, Topics.BEHAVIOUR, PAGE.replace("'timestamp'", "'time'"));
        add(
                "behaviour corrected out of the years",
                Reason.INVALID_TIME,
                Topics.BEHAVIOUR,
                PAGE.replace(
                        "}",
                        ",'originalTimestamp':'1970-01-01T00:00:00Z','sentAt':'2199-01-01T00:00:00Z','receivedAt':'1990-01-01T00:00:00Z'}"));
        add("an act without name", Reason.MISSING_FIELD, Topics.BEHAVIOUR, PAGE.replace("'page'", "'track'"));
        add("properties as text", Reason.WRONG_TYPE, Topics.BEHAVIOUR, PAGE.replace("}", ",'properties':'x'}"));
        add("traits as number", Reason.WRONG_TYPE, Topics.BEHAVIOUR, PAGE.replace("}", ",'traits':1}"));
    }

    private void others() {
        add("of an unknown topic", Reason.UNKNOWN_TOPIC, "crm.activities.v0", DEAL);
        add("of a result topic", Reason.UNKNOWN_TOPIC, Topics.PROFILES, DEAL);
        add(
                "a company event without subject",
                Reason.MISSING_FIELD,
                Topics.COMPANY_EVENTS,
                "{'source':'ads','id':'b-3','kind':'campaign_started','time':'2025-03-01T09:00:00Z'}");
        add("a rep without value", Reason.NULL_VALUE, Topics.REPS, (byte[]) null);
        add("a rep that is no JSON", Reason.INVALID_JSON, Topics.REPS, "{rep}");
        add("rules that are a list", Reason.NOT_AN_OBJECT, Topics.RULES, "[]");
    }

    private void lines() {
        String record = "{'topic':'crm.activities.v1','key':'L1','headers':{},'value':" + DEAL + "}";
        line("an empty line", "");
        line("a line that is no JSON", "topic=crm.activities.v1");
        line("a line that is an array", "[" + record + "]");
        line("a line that is cut off", record.substring(0, record.length() - 1));
        line("two records in a line", record + record);
        line("a line without topic", record.replace("'topic'", "'topics'"));
        line("a line with a number as topic", record.replace("'crm.activities.v1'", "1"));
        line("a line without value", record.replace("'value'", "'values'"));
        line("a line with two values", record.replace("'headers'", "'value':{},'headers'"));
        line("a line with a value in two forms", record.replace("'headers':{}", "'value_base64':'e30='"));
        line("a line with a bad base64", record.replace("'value':" + DEAL, "'value_base64':'*'"));
        line("a line with a number as key", record.replace("'L1','headers'", "7,'headers'"));
        line("a line with a list as headers", record.replace("'headers':{}", "'headers':[]"));
        line("a line with a number as header", record.replace("'headers':{}", "'headers':{'a':1}"));
        line("a line with an endless offset", record.replace("'headers':{}", "'offset':99999999999999999999"));
        line("a line with a bad timestamp", record.replace("'headers':{}", "'timestamp':'now'"));
        line("a line with not a number", record.replace("'1.00'", "NaN"));
        addLine("a line that is not UTF-8", broken(record, 0xff));
    }

    private void add(String name, Reason reason, String topic, String value) {
        add(name, reason, topic, json(value));
    }

    private void add(String name, Reason reason, String topic, byte[] value) {
        RawRecord record = new RawRecord(topic, 0, inputs.size() + 1L, Fact.NO_TIME, null, value, List.of());
        inputs.add(new BrokenInput(name, reason, record, ReplayLineWriter.line(record)));
    }

    private void line(String name, String line) {
        addLine(name, json(line));
    }

    private void addLine(String name, byte[] line) {
        inputs.add(new BrokenInput(name, Reason.NOT_A_RECORD, null, line));
    }

    /** The deal with one more field. */
    private static String with(String field) {
        return DEAL.replace("}", "," + field + "}");
    }

    /** The deal without a field. */
    private static String without(String name) {
        return DEAL.replaceFirst("'" + name + "':'[^']*',?", "").replace(",}", "}");
    }

    /** A value with bytes put into its first string. */
    private static byte[] broken(String value, int... bytes) {
        byte[] whole = json(value);
        int at = value.indexOf("':'") + 3;
        byte[] broken = Arrays.copyOf(whole, whole.length + bytes.length);
        System.arraycopy(whole, at, broken, at + bytes.length, whole.length - at);
        for (int each = 0; each < bytes.length; each++) {
            broken[at + each] = (byte) bytes[each];
        }
        return broken;
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
