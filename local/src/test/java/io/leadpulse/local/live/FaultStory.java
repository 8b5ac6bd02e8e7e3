package io.leadpulse.local.live;

import io.leadpulse.history.HistoryGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What is written while parts of Leadpulse are killed: a generated history of leads, deals, corrections and web behaviour,
 * told in a fifth of its time, so that no behaviour comes later than it may, and so that it ended the day before yesterday.
 * It is cut into a beginning and as many pieces as are asked for. With each of them comes, for each of some reps who have an address, a lead whose deal has been too long in its stage since some minutes
 * before. At the end those of every other piece move on, and some deals are said to have been won yesterday.
 */
final class FaultStory {
    /** Reps who read mail; those of the generated history have no address. */
    static final List<String> READERS = List.of("S-1", "S-2", "S-3");

    static final String CURRENCY = "EUR";

    private static final Duration LIMIT = Duration.ofDays(1);
    /** So many times faster than it was generated. */
    private static final int FASTER = 5;

    private static final Pattern TIME = Pattern.compile("\\b20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+(?:Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern DAY = Pattern.compile("\\b20\\d\\d-\\d\\d-\\d\\d(?=[T\"])");
    private static final double BEGINNING = 0.4;
    /** The piece, as to who is stuck, that comes with the beginning. */
    static final int BEFORE = -1;

    private static final int WINS = 4;

    private final Instant base;
    private final List<String> configuration = new ArrayList<>();
    private final List<String> beginning = new ArrayList<>();
    private final List<List<String>> pieces = new ArrayList<>();

    /**
     * Makes it up.
     *
     * @param base now or before; nothing is later
     */
    FaultStory(long seed, int leads, int pieces, Instant base) {
        this.base = base.truncatedTo(ChronoUnit.SECONDS);
        List<String> events = new ArrayList<>();
        for (String line : new HistoryGenerator(seed, leads).lines()) {
            boolean isConfiguration = line.contains("\"topic\":\"org.reps.v1\"");
            (isConfiguration ? configuration : events).add(isConfiguration ? line : moved(line));
        }
        READERS.forEach(reader -> configuration.add("""
                {"topic":"org.reps.v1","value":{"id":"%1$s","effective_from":"2020-01-01T00:00:00Z","name":"Reader %1$s",\
                "team":"inside","email":"%2$s"}}""".formatted(reader, mail(reader))));
        int end = (int) (events.size() * BEGINNING);
        beginning.addAll(events.subList(0, end));
        stuck(BEFORE).forEach(lead -> beginning.addAll(story(lead)));
        for (int piece = 0; piece < pieces; piece++) {
            int from = end + (events.size() - end) * piece / pieces;
            int to = end + (events.size() - end) * (piece + 1) / pieces;
            List<String> lines = new ArrayList<>(events.subList(from, to));
            stuck(piece).forEach(lead -> lines.addAll(lines.size() / 2, story(lead)));
            this.pieces.add(lines);
        }
    }

    private String moved(String line) {
        String told = TIME.matcher(line)
                .replaceAll(time ->
                        moved(OffsetDateTime.parse(time.group()).toInstant()).toString());
        return DAY.matcher(told)
                .replaceAll(day -> isMoved(day, told)
                        ? day.group()
                        : LocalDate.ofInstant(
                                        moved(LocalDate.parse(day.group())
                                                .atStartOfDay(ZoneOffset.UTC)
                                                .toInstant()),
                                        ZoneOffset.UTC)
                                .toString());
    }

    /** Whether this day is that of a time, which has been moved already. */
    private static boolean isMoved(MatchResult day, String line) {
        return line.charAt(day.end()) == 'T';
    }

    private Instant moved(Instant time) {
        return base.minus(Duration.ofDays(2))
                .minus(Duration.between(time, HistoryGenerator.asOf()).dividedBy(FASTER))
                .truncatedTo(ChronoUnit.MILLIS);
    }

    /** The address of one of {@link #READERS}. */
    static String mail(String reader) {
        return reader.toLowerCase(Locale.ROOT) + "@example.com";
    }

    /** The meaning of the numbers: a company that always works, in a zone where it is the middle of the day. */
    String configYaml() {
        StringBuilder week = new StringBuilder();
        for (String day : List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")) {
            week.append("  ").append(day).append(": [{from: \"00:00\", to: \"24:00\"}]\n");
        }
        return """
                company: {name: Killed, zone: %s, currency: %s}
                working_hours:
                %sdeal_stages:
                  - {name: contact, limit_business_days: 3}
                  - {name: offer, limit_business_days: %d}
                goals:
                  - {scope: company, period_kind: month, amount: "250000.00"}
                  - {scope: "team:south", period_kind: quarter, measure: won_count, count: 21}
                alerts: {digest_over: 100, max_messages_per_minute: 1000, daily_digest: {enabled: false}}
                grace_minutes: 0
                """.formatted(zone(), CURRENCY, week, LIMIT.toDays());
    }

    private String zone() {
        int offset = 12 - base.atOffset(ZoneOffset.UTC).getHour();
        // The sign of these names is the other way round.
        return "Etc/GMT" + (offset > 0 ? "-" : "+") + Math.abs(offset);
    }

    /** Records that hold before any event. */
    List<String> configuration() {
        return configuration;
    }

    /** What is there when all begins. */
    List<String> beginning() {
        return beginning;
    }

    /** What comes then, in its order. */
    List<List<String>> pieces() {
        return pieces;
    }

    /** The leads whose reps are told of them because of a piece; one for each of {@link #READERS}, in their order. */
    static List<String> stuck(int piece) {
        return READERS.stream().map(reader -> "K-" + piece + "-" + reader).toList();
    }

    /** The leads whose deals move on at the end. */
    List<String> movedOn() {
        List<String> moved = new ArrayList<>();
        for (int piece = 0; piece < pieces.size(); piece += 2) {
            moved.addAll(stuck(piece));
        }
        return moved;
    }

    /** What is written at the end: that their deals moved on just before, and who was won yesterday. */
    List<String> end() {
        List<String> end = new ArrayList<>(movedOn().stream().map(this::moveOn).toList());
        for (int number = 0; number < WINS; number++) {
            end.addAll(win(number));
        }
        return end;
    }

    /** The day, of the company, on which they were won; nothing else was. */
    LocalDate dayOfWins() {
        // Now is the middle of the day.
        return wins().atZone(ZoneId.of(zone())).toLocalDate();
    }

    private Instant wins() {
        return base.minus(Duration.ofHours(16));
    }

    private List<String> win(int number) {
        String lead = "W-" + number;
        String deal = ",\"deal\":\"D-" + lead + "\",\"version\":%d,\"amount\":\"" + (number + 1)
                + "00.50\",\"currency\":\"" + CURRENCY + "\",\"owner\":\"S-1\"";
        return List.of(
                activity(lead, "created", "lead_created", wins().minusSeconds(3), ""),
                activity(lead, "opened", "deal_opened", wins().minusSeconds(2), deal.formatted(1)),
                activity(lead, "won", "deal_won", wins(), deal.formatted(2)));
    }

    /** The address of who is told of a lead. */
    static String mailOf(String lead) {
        return mail(reader(lead));
    }

    private static String reader(String lead) {
        return lead.substring(lead.indexOf("S-"));
    }

    private List<String> story(String lead) {
        String reader = reader(lead);
        Instant entered = base.minus(LIMIT).minus(Duration.ofMinutes(10));
        return List.of(
                activity(lead, "created", "lead_created", entered.minus(Duration.ofHours(2)), ""),
                activity(
                        lead,
                        "assigned",
                        "lead_assigned",
                        entered.minus(Duration.ofMinutes(110)),
                        ",\"owner\":\"" + reader + '"'),
                activity(
                        lead,
                        "call",
                        "call",
                        entered.minus(Duration.ofMinutes(100)),
                        ",\"actor\":\"" + reader + "\",\"direction\":\"outbound\",\"connected\":true,\"seconds\":90"),
                activity(
                        lead,
                        "opened",
                        "deal_opened",
                        entered,
                        ",\"deal\":\"D-%1$s\",\"version\":1,\"owner\":\"%2$s\",\"stage\":\"offer\",\"amount\":\"1200.00\",\"currency\":\"%3$s\""
                                .formatted(lead, reader, CURRENCY)));
    }

    private String moveOn(String lead) {
        return activity(
                lead,
                "moved",
                "deal_stage_changed",
                base.minus(Duration.ofMinutes(1)),
                ",\"deal\":\"D-%s\",\"version\":2,\"stage\":\"contact\"".formatted(lead));
    }

    private static String activity(String lead, String id, String kind, Instant time, String more) {
        return """
                {"topic":"crm.activities.v1","value":{"source":"crm","id":"%1$s-%2$s","kind":"%3$s","time":"%4$s","lead":"%1$s"%5$s}}""".formatted(lead, id, kind, time, more);
    }
}
