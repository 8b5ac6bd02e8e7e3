package io.leadpulse.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Alerts that a lead is about to fall off: each sign is looked for by itself, and told if at its moment somebody works on the
 * lead and a deal is open, or the lead was warm or hot in the 30 days before. Where the definitions leave room:
 *
 * <ul>
 *   <li>An opt-out, and an act that goes with losing, stand until the next inbound message or two-way contact, and once only
 *       while they stand.
 *   <li>Meetings missed or declined are counted since the last meeting or demo held; the second stands until the next.
 *   <li>The second putting off of an expected close stands for as long as the deal is open then, or is open again.
 *   <li>Silence in a stage runs from the entry, from an act of the lead, or from a two-way contact.
 *   <li>Whether the score has halved is judged on the company's midnights from the tenth day without a positive act on, for
 *       a month; it stands until the next positive act.
 *   <li>All end when nobody works on the lead any more.
 * </ul>
 */
final class FallOffOracle {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final double TOLERANCE = 1e-9;
    private static final Set<String> ACTS = Set.of(
            "email_clicked",
            "page_viewed",
            "careers_page_viewed",
            "price_list_viewed",
            "asset_downloaded",
            "form_viewed",
            "form_started",
            "form_submitted",
            "social_action",
            "event_visited",
            "newsletter_signed_up",
            "site_signed_up",
            "demo_requested",
            "quote_requested",
            "callback_requested",
            "identified",
            "other_behaviour");

    private final OracleConfig config;
    private final long asOfMillis;
    private final String lead;
    private final List<OracleEvent> events;
    private final LeadOracle facts;
    private final List<OracleDeal> deals;
    private final ScoreOracle score;
    private final List<String> found = new ArrayList<>();

    FallOffOracle(
            OracleConfig config,
            long asOfMillis,
            String lead,
            List<OracleEvent> events,
            LeadOracle facts,
            List<OracleDeal> deals,
            ScoreOracle score) {
        this.config = config;
        this.asOfMillis = asOfMillis;
        this.lead = lead;
        this.events = events;
        this.facts = facts;
        this.deals = deals;
        this.score = score;
    }

    /** Each as {@code fall_off:sign|lead|deal|raised||resolved}, in no order; what did not come up to as-of is empty. */
    List<String> all() {
        untilItTurnsToUs("unsubscribed", event -> event.is("email_unsubscribed"));
        untilItTurnsToUs(
                "loss_act", event -> config.learnt().lossActs().contains(event.kind()) && !event.isAutomatic());
        missedTwice();
        for (OracleDeal deal : deals) {
            pushedTwice(deal);
            deal.stays().forEach(stay -> silent(deal.id(), stay));
        }
        facts.stays().forEach(stay -> silent(null, stay));
        halved();
        return found;
    }

    private void untilItTurnsToUs(String sign, Predicate<OracleEvent> gives) {
        long standsUntilIndex = -1;
        for (int at = 0; at < events.size(); at++) {
            if (at <= standsUntilIndex || !gives.test(events.get(at))) {
                continue;
            }
            int end = at + 1;
            while (end < events.size() && !turnsToUs(events.get(end))) {
                end++;
            }
            tell(
                    sign,
                    null,
                    events.get(at).timeMillis(),
                    end == events.size() ? NEVER : events.get(end).timeMillis());
            standsUntilIndex = end - 1L;
        }
    }

    private static boolean turnsToUs(OracleEvent event) {
        boolean inbound = "inbound".equals(event.text("direction"));
        return isTwoWay(event)
                || (!event.isAutomatic()
                        && (event.isHandRaise()
                                || event.is("form_submitted")
                                || (inbound && event.is("call", "email_sent", "sms_sent"))));
    }

    private static boolean isTwoWay(OracleEvent event) {
        return event.isConnectedCall()
                || event.is("meeting_completed", "demo_held")
                || (event.is("email_replied", "sms_replied") && !event.isAutomatic());
    }

    private void missedTwice() {
        for (int at = 0; at < events.size(); at++) {
            if (!isMiss(events.get(at))) {
                continue;
            }
            long misses = 1;
            for (int before = at - 1; before >= 0 && !isHeld(events.get(before)); before--) {
                misses += isMiss(events.get(before)) ? 1 : 0;
            }
            if (misses == 2) {
                tell(
                        "missed_twice",
                        null,
                        events.get(at).timeMillis(),
                        events.subList(at, events.size()).stream()
                                .filter(FallOffOracle::isHeld)
                                .mapToLong(OracleEvent::timeMillis)
                                .findFirst()
                                .orElse(NEVER));
            }
        }
    }

    private static boolean isMiss(OracleEvent event) {
        return event.is("meeting_no_show", "meeting_declined");
    }

    private static boolean isHeld(OracleEvent event) {
        return event.is("meeting_completed", "demo_held");
    }

    private void pushedTwice(OracleDeal deal) {
        List<Long> pushes = new ArrayList<>();
        for (int i = 1; i < deal.expected().size(); i++) {
            if (deal.expected().get(i).day().isAfter(deal.expected().get(i - 1).day())) {
                pushes.add(deal.expected().get(i).fromMillis());
            }
        }
        if (pushes.size() >= 2) {
            for (WorkCalendar.Stretch open : deal.open()) {
                tell("pushed_twice", deal.id(), Math.max(pushes.get(1), open.fromMillis()), open.toMillis());
            }
        }
    }

    private void silent(String deal, OracleDeal.Stay stay) {
        Duration limit = config.learnt().silences().get(stay.stage());
        if (limit == null) {
            return;
        }
        long leftMillis = stay.leftMillis() == null ? NEVER : stay.leftMillis();
        TreeSet<Long> heard = new TreeSet<>();
        for (OracleEvent event : events) {
            if (isTwoWay(event) || turnsToUs(event) || (ACTS.contains(event.kind()) && !event.isAutomatic())) {
                heard.add(event.timeMillis());
            }
        }
        TreeSet<Long> turns = new TreeSet<>(heard.subSet(stay.enteredMillis(), leftMillis));
        turns.add(stay.enteredMillis());
        for (long since : turns) {
            Long next = turns.higher(since);
            tell("silent", deal, since + limit.toMillis(), next == null ? leftMillis : next);
        }
    }

    private void halved() {
        TreeSet<Long> acts = new TreeSet<>();
        score.ledger().stream().filter(entry -> entry.points() > 0).forEach(entry -> acts.add(entry.timeMillis()));
        for (long act : acts) {
            Long next = acts.higher(act);
            LocalDate tenth = day(act + 10 * DAY_MILLIS);
            for (LocalDate day = tenth; !day.isAfter(tenth.plusDays(30)); day = day.plusDays(1)) {
                long midnight = day.atStartOfDay(config.zone()).toInstant().toEpochMilli();
                boolean isJudged = midnight - act >= 10 * DAY_MILLIS && (next == null || midnight < next);
                if (isJudged && midnight <= asOfMillis && isHalved(midnight) && mayFallOff(midnight)) {
                    tell("score_halved", null, midnight, next == null ? NEVER : next);
                    break;
                }
            }
        }
    }

    private LocalDate day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(config.zone()).toLocalDate();
    }

    private boolean isHalved(long millis) {
        double before = raw(millis - 10 * DAY_MILLIS);
        return before > TOLERANCE && raw(millis) <= before / 2 + TOLERANCE;
    }

    private double raw(long millis) {
        return score.at(millis).rawByGroup().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private boolean mayFallOff(long millis) {
        return facts.isWorkedOn(millis)
                && (deals.stream().anyMatch(deal -> deal.open().stream()
                                .anyMatch(open -> open.fromMillis() <= millis && millis < open.toMillis()))
                        || wasWarm(millis));
    }

    /** Looked at when something happened, and twice a day. */
    private boolean wasWarm(long millis) {
        TreeSet<Long> looks = new TreeSet<>();
        long from = millis - 30 * DAY_MILLIS;
        events.forEach(event -> looks.add(event.timeMillis()));
        looks.removeIf(look -> look <= from || look > millis);
        looks.add(from + 1);
        if (looks.stream().anyMatch(this::isWarm)) {
            return true;
        }
        for (long look = millis; look > from; look -= Duration.ofHours(12).toMillis()) {
            if (isWarm(look)) {
                return true;
            }
        }
        return false;
    }

    private boolean isWarm(long millis) {
        return !score.at(millis).band().equals("cold");
    }

    private void tell(String sign, String deal, long raised, long until) {
        if (raised > asOfMillis || raised >= until || !mayFallOff(raised)) {
            return;
        }
        long ended = until;
        for (long change : facts.changes()) {
            if (change > raised && !facts.isWorkedOn(change)) {
                ended = Math.min(ended, change);
            }
        }
        found.add(String.join(
                "|",
                "fall_off:" + sign,
                lead,
                deal == null ? "" : deal,
                OracleTime.text(raised),
                "",
                ended <= asOfMillis ? OracleTime.text(ended) : ""));
    }
}
