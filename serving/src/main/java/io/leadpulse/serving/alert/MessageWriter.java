package io.leadpulse.serving.alert;

import io.leadpulse.domain.alert.FallOffSign;
import io.leadpulse.domain.campaign.PoorCampaigns;
import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.MoneyUnit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Says in words what people are told: makes of tellings the alerts that an Alertmanager takes. Pure; the same telling
 * always has the same labels and the same start, whatever else has changed, so that posting it again tells nobody again.
 *
 * <p>Names, addresses and leads stand in annotations only, never in labels: labels end up in metrics and logs.
 */
final class MessageWriter {

    /** An Alertmanager that hears nothing for so long takes an alert for resolved. */
    static final Duration STANDS_FOR = Duration.ofHours(4);

    /** A digest names so many leads and counts the others. */
    static final int DIGEST_LINES = 20;

    private static final String UNASSIGNED = "unassigned";

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm", Locale.ENGLISH);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private static final String CAMPAIGN_BOARD = "/d/leadpulse-campaigns";
    private static final String ACTIVITY_BOARD = "/d/leadpulse-activity";

    private final String publicUrl;
    private final String boardsUrlOrNull;
    private final MoneyUnit unit;
    private final LeadOutlook outlook;

    /**
     * A writer.
     *
     * @param publicUrl base of the links to pages, as people reach them
     * @param boardsUrlOrNull base of the links to boards, without a slash at the end; null where there are none
     * @param unit what amounts are shown in
     * @param outlook what is known of a lead beside its alerts
     */
    MessageWriter(String publicUrl, String boardsUrlOrNull, MoneyUnit unit, LeadOutlook outlook) {
        this.boardsUrlOrNull = boardsUrlOrNull;
        this.outlook = outlook;
        this.publicUrl = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
        this.unit = unit;
    }

    /**
     * The alerts to post.
     *
     * @param tellings all that stand and all that ended lately; of a digest all parts
     * @param alerts an alert by its id, null for one that is not known any more
     */
    List<Post> posts(List<Telling> tellings, Function<String, AlertCase> alerts, People people, long nowMillis) {
        Map<Map<String, String>, Post> byLabels = new LinkedHashMap<>();
        Map<String, List<Telling>> digests = new LinkedHashMap<>();
        for (Telling telling : tellings) {
            if (telling.kind() == MessageKind.DIGEST) {
                digests.computeIfAbsent(telling.recipient() + '\n' + telling.messageId(), id -> new ArrayList<>())
                        .add(telling);
            } else {
                Post post = single(telling, alerts.apply(telling.alert()), people, nowMillis);
                byLabels.merge(post.labels(), post, MessageWriter::lasting);
            }
        }
        digests.values().forEach(parts -> {
            Post post = digest(parts, alerts, people, nowMillis);
            byLabels.put(post.labels(), post);
        });
        return List.copyOf(byLabels.values());
    }

    /** One person may be told the same in two roles: it stands as long as one of them does. */
    private static Post lasting(Post one, Post other) {
        return one.endsMillis() >= other.endsMillis() ? one : other;
    }

    private Post single(Telling telling, AlertCase alert, People people, long nowMillis) {
        Map<String, String> labels =
                labels(alert == null ? "Lead" : alertName(alert), telling, alertId(telling), telling.severity());
        Map<String, String> said = addressed(telling.recipient(), people);
        String url = publicUrl;
        if (alert != null) {
            ZoneId zone = people.zone(telling.recipient());
            url = alert.ofScope() ? boardUrl(alert) : leadUrl(alert.lead());
            said.put("url", url);
            put(said, "lead", alert.lead());
            said.put("what", what(alert));
            if (alert.ofScope()) {
                said.put("progress", progress(alert, zone));
                put(said, "next_step", nextStep(alert));
            } else {
                said.put("since", at(alert.sinceMillis(), zone));
                put(said, "limit", alert.limit());
                said.put("last_contact", lastContact(alert, zone));
                put(said, "size", size(alert));
                put(said, "probability", outlook.winProbability().apply(alert.lead()));
                put(said, "product", alert.details().get("product"));
                put(said, "next_step", alert.details().get("next_step"));
                if (alert.cause().equals(UNASSIGNED)) {
                    String proposed = outlook.proposedOwner().apply(alert.lead());
                    put(said, "proposed_owner", proposed == null ? null : people.name(proposed));
                }
                String base = publicUrl + "/alerts/" + encoded(alert.alert());
                said.put("snooze_url", base + "/snooze");
                said.put("handled_url", base + "/handled");
                put(said, "why", why(telling, alert, people));
            }
        }
        if (telling.outcome() != null) {
            said.put("outcome", telling.outcome().said());
        }
        long endsMillis = telling.active() ? nowMillis + STANDS_FOR.toMillis() : telling.endedMillis();
        return new Post(labels, said, telling.sentMillis(), endsMillis, url);
    }

    /** What is told again is another alert: of one that it has just heard the end of an Alertmanager says nothing. */
    private static String alertId(Telling telling) {
        String again = telling.nth() == 1 ? "" : "\n" + telling.nth();
        return Hash64.hex(Hash64.of(telling.alert() + '\n' + telling.roundMillis() + again));
    }

    private Post digest(List<Telling> parts, Function<String, AlertCase> alerts, People people, long nowMillis) {
        Telling any = parts.get(0);
        boolean critical = parts.stream().anyMatch(part -> part.severity() == Severity.CRITICAL);
        Map<String, String> labels = labels(
                "LeadDigest",
                any,
                Hash64.hex(Hash64.of("digest\n" + any.messageId())),
                critical ? Severity.CRITICAL : Severity.WARNING);
        boolean stands = parts.stream().anyMatch(Telling::active);
        Map<String, List<AlertCase>> byLead = new LinkedHashMap<>();
        for (Telling part : parts) {
            AlertCase alert = alerts.apply(part.alert());
            if (alert != null && (part.active() || !stands)) {
                byLead.computeIfAbsent(alert.lead(), lead -> new ArrayList<>()).add(alert);
            }
        }
        List<List<AlertCase>> leads = new ArrayList<>(byLead.values());
        leads.sort(Comparator.<List<AlertCase>>comparingLong(MessageWriter::amount)
                .reversed()
                .thenComparing(lead -> lead.stream().noneMatch(AlertCase::critical))
                .thenComparing(lead -> lead.get(0).lead()));
        Map<String, String> said = addressed(any.recipient(), people);
        long total = leads.stream().mapToLong(MessageWriter::amount).sum();
        said.put("url", publicUrl);
        said.put("count", String.format(Locale.ROOT, "%,d", leads.size()));
        put(said, "total", total == 0 ? null : money(total));
        ZoneId zone = people.zone(any.recipient());
        for (int line = 0; line < Math.min(DIGEST_LINES, leads.size()); line++) {
            List<AlertCase> lead = leads.get(line);
            said.put(String.format(Locale.ROOT, "line_%02d", line + 1), line(lead, zone));
            said.put(
                    String.format(Locale.ROOT, "link_%02d", line + 1),
                    leadUrl(lead.get(0).lead()));
        }
        if (leads.size() > DIGEST_LINES) {
            said.put("more", String.format(Locale.ROOT, "%,d", leads.size() - DIGEST_LINES));
        }
        long endsMillis = stands
                ? nowMillis + STANDS_FOR.toMillis()
                : parts.stream().mapToLong(Telling::endedMillis).max().orElse(nowMillis);
        return new Post(labels, said, any.sentMillis(), endsMillis, publicUrl);
    }

    private String line(List<AlertCase> lead, ZoneId zone) {
        List<String> words = new ArrayList<>();
        words.add(lead.get(0).lead());
        if (amount(lead) > 0) {
            words.add(money(amount(lead)));
        }
        for (AlertCase alert : lead) {
            words.add((alert.critical() ? "critical: " : "") + what(alert) + " since " + at(alert.sinceMillis(), zone));
        }
        return String.join(" · ", words);
    }

    private static long amount(List<AlertCase> lead) {
        return lead.stream().mapToLong(AlertCase::amountMinor).max().orElse(0);
    }

    private static Map<String, String> labels(String alertName, Telling telling, String alertId, Severity severity) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("alertname", alertName);
        labels.put("rep", telling.recipient());
        labels.put("message_id", telling.messageId());
        labels.put("alert_id", alertId);
        labels.put("severity", severity.wireName());
        return labels;
    }

    private static Map<String, String> addressed(String recipient, People people) {
        Map<String, String> said = new LinkedHashMap<>();
        put(said, "to", people.email(recipient));
        said.put("name", people.name(recipient));
        return said;
    }

    /**
     * The name by which an Alertmanager routes: of a lead's causes {@code Lead...}, of goals {@code Goal...}, of a campaign
     * {@code PoorCampaign}, of a rate {@code WorksWorse}.
     */
    private static String alertName(AlertCase alert) {
        if (alert.poorCampaign()) {
            return "PoorCampaign";
        }
        if (alert.worksWorse()) {
            return "WorksWorse";
        }
        StringBuilder name = new StringBuilder(alert.ofScope() ? "Goal" : "Lead");
        for (String word : alert.cause().split("_", -1)) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.toString();
    }

    private static String what(AlertCase alert) {
        Map<String, String> details = alert.details();
        return switch (alert.cause()) {
            case "stuck" -> "Stuck in " + alert.stage();
            case "idle" -> "No contact";
            case "first_contact" -> alert.handRaised() ? "Asked for us and was not contacted" : "Not contacted yet";
            case "reply_owed" -> "Waits for our answer";
            case "planned_overdue" -> "Planned " + details.getOrDefault("kind", "activity") + " did not happen";
            case "expected_close_passed" -> "Expected close date has passed";
            case "fall_off" -> "About to fall off: " + sign(details);
            case UNASSIGNED -> "Nobody owns this lead";
            case "marketing_qualified" ->
                alert.handRaised() ? "Qualified: it asked for us" : "Qualified: its score reached the threshold";
            case "behind_pace" -> "Behind pace: " + goalOf(alert);
            case "poor_campaign" ->
                "Campaign " + details.getOrDefault("campaign", "unknown") + ": its leads do not qualify";
            case "works_worse" -> "Works worse than before: " + rateOf(details);
            case "milestone" -> details.getOrDefault("step", "100") + " % reached: " + goalOf(alert);
            default -> alert.cause().replace('_', ' ');
        };
    }

    private static String sign(Map<String, String> details) {
        return FallOffSign.words(details.getOrDefault("sign", "unknown sign"), details.get("act"));
    }

    private static String goalOf(AlertCase alert) {
        Map<String, String> details = alert.details();
        String period = details.getOrDefault("period_kind", "period") + " of " + details.getOrDefault("period", "now");
        return alert.scope().replace(":", " ") + ", " + details.getOrDefault("period_label", period);
    }

    private static String rateOf(Map<String, String> details) {
        String words = details.getOrDefault("words", "a rate");
        return details.containsKey("part")
                ? words + ", " + details.getOrDefault("part_kind", "part") + ' ' + details.get("part")
                : words;
    }

    /** What to do; null where the alert itself says it. */
    private static String nextStep(AlertCase alert) {
        if (alert.poorCampaign()) {
            return "See on the board what sales says of its leads; narrow or pause it until they qualify";
        }
        if (!alert.worksWorse()) {
            return null;
        }
        String changed =
                switch (alert.details().getOrDefault("part_kind", "")) {
                    case "campaign" -> "its text, template or list";
                    case "template" -> "its text and subject, and to whom it is sent";
                    case "form" -> "the form and the page that it is on";
                    case "stage" -> "what is offered, prices, and who works on the deals";
                    default -> "texts and templates, lists, times of the day, and who does it";
                };
        return "Find what changed since " + day(alert.details().get("from")) + ": " + changed
                + "; undo it, or record the change so that its effect is measured";
    }

    private static String day(String dateOrNull) {
        return dateOrNull == null ? "then" : DAY.format(LocalDate.parse(dateOrNull));
    }

    private static String worse(Map<String, String> details) {
        return "%s (%s of %s) from %s to %s, %s (%s of %s%s) in the eight weeks before"
                .formatted(
                        percent(details.get("now_rate")),
                        details.getOrDefault("now_successes", "?"),
                        details.getOrDefault("now_cases", "?"),
                        day(details.get("from")),
                        day(details.get("until")),
                        percent(details.get("before_rate")),
                        details.getOrDefault("before_successes", "?"),
                        details.getOrDefault("before_cases", "?"),
                        details.containsKey("before_of") ? " with any template" : "");
    }

    private String progress(AlertCase alert, ZoneId zone) {
        Map<String, String> details = alert.details();
        if (alert.worksWorse()) {
            return worse(details);
        }
        if (alert.poorCampaign()) {
            return "%s of %s leads%s qualified within %s hours (%s, at most %s); usual in %s are %s"
                    .formatted(
                            details.getOrDefault("qualified", "?"),
                            details.getOrDefault("leads", "?"),
                            touched(alert, zone),
                            details.getOrDefault("window_hours", "?"),
                            percent(details.get("rate")),
                            percent(details.get("rate_at_most")),
                            details.getOrDefault("channel", "its channel"),
                            percent(details.get("usual_rate")));
        }
        StringBuilder words = new StringBuilder();
        words.append(figure(alert, "achieved_minor")).append(" of ").append(figure(alert, "goal_minor"));
        if (details.containsKey("expected_minor")) {
            words.append(", by now usually ").append(figure(alert, "expected_minor"));
        }
        if (details.containsKey("pace_index")) {
            words.append(", pace ").append(details.get("pace_index"));
        }
        return words.toString();
    }

    /** From when to when those leads were touched by whom the campaign is judged, and its channel's other campaigns. */
    private static String touched(AlertCase alert, ZoneId zone) {
        String windowHours = alert.details().get("window_hours");
        if (windowHours == null) {
            return "";
        }
        Instant until = Instant.ofEpochMilli(alert.raisedMillis()).minus(Duration.ofHours(Long.parseLong(windowHours)));
        return " touched from " + DAY.format(until.minus(PoorCampaigns.LOOK).atZone(zone)) + " to "
                + DAY.format(until.atZone(zone));
    }

    private static String percent(String shareOrNull) {
        return shareOrNull == null
                ? "unknown"
                : new BigDecimal(shareOrNull).movePointRight(2).setScale(1, RoundingMode.HALF_UP) + " %";
    }

    private String figure(AlertCase alert, String name) {
        String value = alert.details().get(name);
        if (value == null) {
            return "unknown";
        }
        boolean isMoney = alert.details().getOrDefault("measure", "won_amount").equals("won_amount");
        return isMoney ? money(Long.parseLong(value)) : value;
    }

    private static String lastContact(AlertCase alert, ZoneId zone) {
        if (alert.lastContactMillis() == AlertCase.NEVER) {
            return "never";
        }
        String kind = alert.details().get("last_contact_kind");
        return at(alert.lastContactMillis(), zone) + (kind == null ? "" : " (" + kind.replace('_', ' ') + ")");
    }

    private String size(AlertCase alert) {
        return alert.amountMinor() == 0 ? null : money(alert.amountMinor());
    }

    private static String why(Telling telling, AlertCase alert, People people) {
        if (alert.owner() == null) {
            return "nobody owns this lead";
        }
        String owner = people.name(alert.owner());
        return switch (telling.audience()) {
            case OWNER -> telling.recipient().equals(alert.owner()) ? null : "in place of " + owner;
            case TEAM_LEAD ->
                (telling.severity() == Severity.CRITICAL ? "critical" : "not handled in time") + ", owner " + owner;
            case EACH -> "owner " + owner;
        };
    }

    private String money(long minor) {
        BigDecimal amount = unit.amount(minor);
        return String.format(Locale.ROOT, "%,." + amount.scale() + "f %s", amount, unit.name());
    }

    private static String at(long millis, ZoneId zone) {
        return DAY_AND_TIME.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** Where to look at what is of no lead; the pages themselves where there is no board of it. */
    private String boardUrl(AlertCase alert) {
        if (boardsUrlOrNull == null || !(alert.poorCampaign() || alert.worksWorse())) {
            return publicUrl;
        }
        return boardsUrlOrNull + (alert.poorCampaign() ? CAMPAIGN_BOARD : ACTIVITY_BOARD);
    }

    private String leadUrl(String lead) {
        return publicUrl + "/leads/" + encoded(lead);
    }

    /** As one segment of a path: a space is %20 there, not +. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void put(Map<String, String> said, String name, String valueOrNull) {
        if (valueOrNull != null) {
            said.put(name, valueOrNull);
        }
    }
}
