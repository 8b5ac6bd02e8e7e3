package io.leadpulse.serving.page;

import io.leadpulse.domain.activity.HourHeat;
import io.leadpulse.domain.alert.FallOffSign;
import io.leadpulse.domain.alert.Learnt;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.figure.Lack;
import io.leadpulse.domain.figure.LackKind;
import io.leadpulse.domain.influence.Influence;
import io.leadpulse.domain.probability.WinProbability;
import io.leadpulse.domain.score.FitRule;
import io.leadpulse.domain.score.GroupScore;
import io.leadpulse.domain.score.RuleTimeline;
import io.leadpulse.domain.score.ScoreCard;
import io.leadpulse.domain.score.ScoreRule;
import io.leadpulse.domain.score.ScoreRules;
import io.leadpulse.domain.stage.StageLimits;
import io.leadpulse.schemas.MoneyUnit;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.config.RepRecord;
import io.leadpulse.schemas.result.LeadProfile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says of a lead in words what page and terminal show; plain text, nothing is escaped here. */
final class LeadWords {
    /** Facts that explain a band; more do not fit into a sentence. */
    private static final int MAX_CAUSES = 4;
    /** What fewer won leads had done says nothing; as in the view lead_beside_won. */
    private static final long MIN_WON_LEADS = 10;

    /** Points below this show as 0.0. */
    private static final double SHOWN = 0.05;

    /** More reasons are no reason. */
    private static final int MAX_FACTORS = 3;
    /** What makes a win less than a tenth likelier is not told. */
    private static final double TELLING_LOG_ODDS = 0.1;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm", Locale.ENGLISH);
    private static final Map<EventKind, String> ACTS = acts();

    private final LeadFile file;
    private final LeadNow now;
    private final String proposedOwner;
    private final Directory directory;
    private final LeadpulseConfig config;
    private final long nowMillis;

    /**
     * @param proposedOwner who is to get it while nobody owns it; null if nobody is proposed
     * @param now the score decayed to now; null when the ledger cannot be read, then the published score is told
     */
    LeadWords(LeadFile file, LeadNow now, Directory directory, String proposedOwner, long nowMillis) {
        this.file = file;
        this.proposedOwner = proposedOwner;
        this.now = now;
        this.directory = directory;
        this.config = directory.config();
        this.nowMillis = nowMillis;
    }

    /** A line of words with what it is about; lines without a value are left out. */
    record Line(String label, String value) {}

    /** Why another lead is shown than was asked for; null if it is not. */
    String merged() {
        return file.asked() == null
                ? null
                : file.asked() + " was merged into " + file.profile().lead() + ", which is shown";
    }

    /** {@code hot since 10:42: asked for a demo +50, looked at the price list +10}. */
    String headline() {
        if (now == null) {
            return file.profile().score().band() + " as of "
                    + time(file.profile().asOfMillis());
        }
        String band = now.band().name().toLowerCase(Locale.ROOT);
        String since = now.bandSinceMillis() == Fact.NO_TIME ? "" : " since " + time(now.bandSinceMillis());
        String causes = file.ledger().stream()
                .filter(entry -> Math.abs(pointsNow(entry)) >= SHOWN)
                .sorted(Comparator.comparingDouble((LeadFile.Entry entry) -> -Math.abs(pointsNow(entry))))
                .limit(MAX_CAUSES)
                .map(entry -> what(entry) + " " + signed(entry.points()))
                .collect(Collectors.joining(", "));
        return band + since + (causes.isEmpty() ? "" : ": " + causes);
    }

    /** The score, and the parts that add up to it. */
    String score() {
        return number(now == null ? file.profile().score().score() : now.score());
    }

    /** {@code fit 15.0 + interest 63.2}, and what the groups' limits and the total's took away or added. */
    String breakdown() {
        LeadProfile.Score published = file.profile().score();
        double fit = now == null ? published.fit() : now.fit();
        double interest = now == null ? published.interest() : now.interest();
        double score = now == null ? published.score() : now.score();
        double rest = score - fit - interest;
        return "fit " + number(fit) + (interest < 0 ? " - " : " + ") + "interest " + number(Math.abs(interest))
                + (Math.abs(rest) < SHOWN
                        ? ""
                        : rest < 0 ? ", at most " + number(score) : ", at least " + number(score));
    }

    /** What each group gives. */
    List<Line> groups() {
        List<Line> lines = new ArrayList<>();
        if (now != null) {
            for (GroupScore group : now.groups()) {
                String limited = Math.abs(group.raw() - group.clamped()) < SHOWN
                        ? ""
                        : " (its points are " + number(group.raw()) + "; its limit counts)";
                lines.add(new Line(plain(group.group()), number(group.clamped()) + limited));
            }
        }
        return lines;
    }

    /** Everything that is one line; what is not known is not said. */
    List<Line> facts() {
        LeadProfile profile = file.profile();
        LeadProfile.Score published = profile.score();
        LeadProfile.Contacts contacts = profile.contacts();
        List<Line> lines = new ArrayList<>();
        say(
                lines,
                "Merged from",
                profile.identity().merged().isEmpty()
                        ? null
                        : String.join(", ", profile.identity().merged()));
        say(lines, "Deleted", timeOrNull(profile.identity().deletedMillis()));
        lines.add(new Line("Status", plain(profile.status())));
        lines.add(new Line("Owner", profile.owner() == null ? "nobody" : rep(profile.owner())));
        say(lines, isCustomer(profile) ? "Customer" : "Organisation", organisation(profile));
        say(lines, "Team", profile.work().team());
        say(lines, "Product", profile.work().product());
        lines.add(new Line(
                "Momentum",
                signed(now == null ? published.momentum24h() : now.momentum24h()) + " in 24 hours, "
                        + signed(now == null ? published.momentum7d() : now.momentum7d()) + " in 7 days"));
        if (now != null && now.nextBandChangeMillis() != ScoreCard.NEVER) {
            lines.add(new Line("Band changes", time(now.nextBandChangeMillis()) + " if nothing happens"));
        }
        say(lines, "Win probability", winProbability());
        say(lines, "Expected value", expectedValue());
        say(lines, "Stage", stage());
        say(lines, "Next step", profile.work().nextStep());
        say(lines, "Asked to be contacted", timeOrNull(profile.work().handRaisedMillis()));
        say(lines, "Waits for an answer since", timeOrNull(contacts.replyOwedSinceMillis()));
        say(lines, "Without an owner since", timeOrNull(profile.work().unassignedSinceMillis()));
        if (profile.work().unassignedSinceMillis() != null) {
            lines.add(new Line(
                    "Proposed owner",
                    proposedOwner == null
                            ? "nobody: " + whoSells(profile.work().product()) + " is on leave or gone"
                            : rep(proposedOwner)));
        }
        say(
                lines,
                "Next planned",
                contacts.nextPlannedMillis() == null
                        ? null
                        : plain(contacts.nextPlannedKind()) + ", " + time(contacts.nextPlannedMillis())
                                + (contacts.nextPlannedMillis() < nowMillis ? " (overdue)" : ""));
        say(
                lines,
                "Last contact",
                contacts.lastContactMillis() == null
                        ? null
                        : plain(contacts.lastContactKind()) + ", " + time(contacts.lastContactMillis())
                                + (Boolean.TRUE.equals(contacts.lastContactTwoWay()) ? ", both ways" : ", one way"));
        say(
                lines,
                "First contact",
                contacts.firstContactMillis() == null
                        ? null
                        : time(contacts.firstContactMillis())
                                + (contacts.firstContactBusinessSeconds() == null
                                        ? ""
                                        : ", after " + duration(contacts.firstContactBusinessSeconds() * 1_000)
                                                + " of working time"));
        say(lines, "Created", timeOrNull(profile.milestones().createdMillis()));
        say(lines, "Marketing-qualified", timeOrNull(profile.milestones().marketingQualifiedMillis()));
        say(lines, "Accepted", timeOrNull(profile.milestones().acceptedMillis()));
        say(lines, "Sales-qualified", timeOrNull(profile.milestones().salesQualifiedMillis()));
        say(
                lines,
                "Rejected",
                profile.milestones().rejectedMillis() == null
                        ? null
                        : time(profile.milestones().rejectedMillis())
                                + (profile.milestones().rejectedReason() == null
                                        ? ""
                                        : ": " + profile.milestones().rejectedReason()));
        say(lines, "Signs of loss not watched", signsThatAreOff());
        say(lines, "Interested in", products());
        lines.add(new Line("Usually answers", answers()));
        say(
                lines,
                "Project ends",
                profile.behaviour().projectEndEpochDay() == null
                        ? null
                        : LocalDate.ofEpochDay(profile.behaviour().projectEndEpochDay())
                                .toString());
        say(
                lines,
                "First touch",
                touch(profile.touches().firstCampaign(), profile.touches().firstChannel()));
        say(
                lines,
                "Last touch",
                touch(profile.touches().lastCampaign(), profile.touches().lastChannel()));
        return lines;
    }

    private static boolean isCustomer(LeadProfile profile) {
        return profile.status().equals("customer");
    }

    /** An organisation with its contact, or, of a customer of whom none is known, a contact; else null. */
    private static String organisation(LeadProfile profile) {
        if (profile.organisation() != null) {
            return profile.organisation() + ", contact " + profile.lead();
        }
        return isCustomer(profile) ? "contact " + profile.lead() + ", no organisation" : null;
    }

    /**
     * Beside what won leads are compared: {@code by day 7 of its life; won leads: the median of 23}, or what that needs;
     * null for a lead that is not open.
     */
    String besideWon() {
        LeadFile.BesideWon beside = file.besideWon();
        if (beside == null) {
            return null;
        }
        if (beside.ageDays() != null) {
            return "by day " + beside.ageDays() + " of its life; won leads: the median of " + beside.wonLeads();
        }
        Lack lack = beside.wonLeads() < MIN_WON_LEADS
                ? new Lack(LackKind.TOO_FEW_WON_LEADS, MIN_WON_LEADS, beside.wonLeads())
                : Lack.of(LackKind.TOO_YOUNG_LEAD);
        return "needs " + lack.text();
    }

    /** What it had done, and won leads. */
    record Beside(String what, String done, String wonMedian) {}

    /** What won leads had usually done by the age of this one, and what it had; attributes are left out. */
    List<Beside> besideWonActs() {
        List<Beside> acts = new ArrayList<>();
        if (file.besideWon() != null) {
            for (LeadFile.DoneBeside each : file.besideWon().acts()) {
                if ((each.done() > 0 || each.wonMedian() > 0) && !isAttribute(each.rule())) {
                    String median = BigDecimal.valueOf(each.wonMedian())
                            .stripTrailingZeros()
                            .toPlainString();
                    acts.add(new Beside(actOf(each.rule()), Long.toString(each.done()), median));
                }
            }
        }
        return acts;
    }

    private boolean isAttribute(String rule) {
        return rules().versions().stream().anyMatch(version -> version.fitRules().stream()
                .anyMatch(fit -> fit.id().equals(rule)));
    }

    /** What is done where a rule gives points, by the newest version that has it. */
    private String actOf(String id) {
        String act = plain(id);
        for (ScoreRules version : rules().versions()) {
            for (ScoreRule rule : version.rules()) {
                if (rule.id().equals(id)) {
                    act = ACTS.getOrDefault(rule.matches().get(0).kind(), plain(id));
                }
            }
        }
        return act;
    }

    /** How often it did something by itself. */
    record Acts(String act, String last24h, String last7d, String last30d, String inAll, String latest) {}

    /** What it did by itself, what it did last first. */
    List<Acts> behaviour() {
        return file.profile().behaviour().acts().stream()
                .sorted(Comparator.comparingLong(LeadProfile.ActCount::latestMillis)
                        .reversed())
                .map(each -> new Acts(
                        plain(each.act()) + "s",
                        Long.toString(each.last24h()),
                        Long.toString(each.last7d()),
                        Long.toString(each.last30d()),
                        Long.toString(each.inAll()),
                        time(each.latestMillis())))
                .toList();
    }

    /** The journey, newest first: when and what. */
    List<Line> journey() {
        List<Line> lines = new ArrayList<>();
        LeadProfile.Behaviour behaviour = file.profile().behaviour();
        for (int i = behaviour.journey().size() - 1; i >= 0; i--) {
            LeadProfile.Step step = behaviour.journey().get(i);
            lines.add(new Line(time(step.atMillis()), step(step)));
        }
        if (behaviour.journeyEarlier() > 0) {
            lines.add(new Line("before", behaviour.journeyEarlier() + " more"));
        }
        return lines;
    }

    private static String step(LeadProfile.Step step) {
        String kind = plain(step.kind());
        return switch (step.type()) {
            case "touch" -> "touch by " + step.about() + " (" + kind + ")";
            case "stage" -> step.about() == null ? "stage " + kind : "stage " + kind + ", deal " + step.about();
            default -> step.about() == null ? kind : kind + " (" + step.about() + ")";
        };
    }

    /** Signs that are learnt from other leads, as long as there are too few of these; null when nobody works on it. */
    private String signsThatAreOff() {
        String stage = file.profile().stage();
        if (stage == null) {
            return null;
        }
        Learnt learnt = directory.learnt().at(nowMillis);
        if (learnt.equals(Learnt.NOTHING)) {
            // Not how many there are: of those nobody has counted any yet.
            return "silence (needs %d won leads that passed the stage), acts that go with losing (needs %d lost leads):"
                            .formatted(Learnt.MIN_WON_LEADS, Influence.WARNING_MIN_LOST)
                    + " learnt once a day, and not yet";
        }
        List<String> off = new ArrayList<>();
        Lack silence = learnt.silenceLack(stage);
        if (silence != null) {
            off.add("silence in " + stage + " (needs " + silence.text() + ")");
        }
        Lack acts = learnt.lossActLack();
        if (acts != null) {
            off.add("acts that go with losing (needs " + acts.text() + ")");
        }
        return off.isEmpty() ? null : String.join(", ", off);
    }

    private static String whoSells(String product) {
        return product == null ? "everybody" : "everybody who sells " + product;
    }

    private String products() {
        List<LeadProfile.ProductPoints> products =
                now == null ? file.profile().behaviour().products() : now.products();
        String text = products.stream()
                .filter(each -> Math.abs(each.points()) >= SHOWN)
                .map(each -> each.product() + " " + signed(each.points()))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? null : text;
    }

    private String answers() {
        LeadProfile.Behaviour behaviour = file.profile().behaviour();
        Long hour = behaviour.answerHour();
        return hour == null
                ? "not known; needs "
                        + new Lack(LackKind.TOO_FEW_ANSWERS, (long) HourHeat.MIN_ANSWERS, behaviour.answers()).text()
                : "from %d:00 to %d:00, of %d answers".formatted(hour, hour + 1, behaviour.answers());
    }

    /** A deal in one line. */
    String deal(LeadProfile.DealState deal) {
        StringBuilder text = new StringBuilder(deal.state());
        if (deal.amountMinor() != null) {
            text.append(", ").append(money(deal.amountMinor()));
            if (deal.conversion() != null) {
                text.append(" (").append(told(deal.conversion())).append(')');
            }
        }
        if (deal.product() != null) {
            text.append(", ").append(deal.product());
        }
        if (deal.state().equals("open")) {
            if (deal.stage() != null) {
                text.append(", ").append(deal.stage());
                if (deal.stageSinceMillis() != null) {
                    text.append(" for ").append(duration(nowMillis - deal.stageSinceMillis()));
                }
            }
            text.append(limit(deal.stageLimit(), deal.stageDueMillis()));
            if (deal.expectedCloseEpochDay() != null) {
                text.append(", expected to close ").append(LocalDate.ofEpochDay(deal.expectedCloseEpochDay()));
                if (deal.expectedCloseEpochDay() < at(nowMillis).toLocalDate().toEpochDay()) {
                    text.append(", overdue");
                }
                if (deal.expectedCloseMoves() > 0) {
                    text.append(" (put off ")
                            .append(times(deal.expectedCloseMoves()))
                            .append(", by ")
                            .append(deal.expectedCloseMovedDays())
                            .append(deal.expectedCloseMovedDays() == 1 ? " day)" : " days)");
                }
            }
        } else if (deal.closedMillis() != null) {
            text.append(' ').append(time(deal.closedMillis()));
            if (deal.reason() != null) {
                text.append(": ").append(deal.reason());
            }
        }
        if (deal.owner() != null && !deal.owner().equals(file.profile().owner())) {
            text.append(", ").append(rep(deal.owner()));
        }
        return text.toString();
    }

    /** An alert in one line. */
    String alert(LeadFile.AlertRow alert) {
        String about = (alert.sign() == null ? "" : ": " + FallOffSign.words(alert.sign(), alert.act()))
                + (alert.stage() == null ? "" : " in " + alert.stage());
        String limit = alert.limit() == null ? "" : ", limit " + alert.limit();
        String until = alert.state().equals("snoozed") && alert.snoozedUntil() != null
                ? " until " + time(alert.snoozedUntil().toEpochMilli())
                : "";
        return plain(alert.cause()) + about + " since "
                + time(alert.since().toEpochMilli()) + limit + "; " + alert.severity() + ", "
                + plain(alert.state()) + until;
    }

    /** An entry of the ledger: what happened. */
    String what(LeadFile.Entry entry) {
        String text = act(entry);
        return entry.product() == null ? text : text + " (" + entry.product() + ")";
    }

    /** An entry of the ledger: what it gave and what is left. */
    String points(LeadFile.Entry entry) {
        if (entry.withdrawn() != null) {
            return "taken back: " + entry.withdrawn();
        }
        return signed(entry.points()) + (now == null ? "" : ", now " + signed(pointsNow(entry)));
    }

    double pointsNow(LeadFile.Entry entry) {
        return now == null ? 0 : now.pointsNow().getOrDefault(new LeadNow.Key(entry.factId(), entry.rule()), 0.0);
    }

    /** A time in the company's zone, as short as it can be told from now. */
    String time(long millis) {
        ZonedDateTime then = at(millis);
        ZonedDateTime today = at(nowMillis);
        if (then.toLocalDate().equals(today.toLocalDate())) {
            return then.format(TIME);
        }
        return then.format(then.getYear() == today.getYear() ? DAY : YEAR);
    }

    /** {@code 34 %, learnt from 119 won and 211 lost; for it: stage offer; against it: channel social}. */
    private String winProbability() {
        LeadFile.Value value = file.value();
        if (value == null) {
            return null;
        }
        if (value.probability() == null) {
            return "needs " + value.needs();
        }
        return WinProbability.inWords(value.probability()) + ", learnt from " + value.won() + " won and "
                + value.lost() + " lost"
                + reasons("for it", value.factors(), 1)
                + reasons("against it", value.factors(), -1);
    }

    private static String reasons(String label, List<LeadFile.Factor> factors, int sign) {
        String reasons = factors.stream()
                .filter(factor -> factor.logOdds() * sign >= TELLING_LOG_ODDS)
                .limit(MAX_FACTORS)
                .map(factor -> plain(factor.attribute()) + " " + plain(factor.value()))
                .collect(Collectors.joining(", "));
        return reasons.isEmpty() ? "" : "; " + label + ": " + reasons;
    }

    private String expectedValue() {
        LeadFile.Value value = file.value();
        if (value != null && value.typicalMinor() != null && value.likelyMinor() != null) {
            return "perhaps " + money(value.likelyMinor()) + ": no amount is known; the mean of " + value.typicalDeals()
                    + " won deals, " + value.typicalOf() + ", is " + money(value.typicalMinor());
        }
        if (value == null || value.sizeMinor() == null || value.probability() == null) {
            return null;
        }
        return money(value.expectedMinor()) + " of " + money(value.sizeMinor());
    }

    private String stage() {
        LeadProfile profile = file.profile();
        if (profile.stage() == null) {
            return null;
        }
        String text = profile.stage() + " for " + duration(nowMillis - profile.stageSinceMillis());
        for (LeadProfile.DealState deal : profile.dealList()) {
            if (deal.state().equals("open") && profile.stageSinceMillis().equals(deal.stageSinceMillis())) {
                return text + limit(deal.stageLimit(), deal.stageDueMillis());
            }
        }
        long limitMilliDays = directory.stageLimitsAt(nowMillis).limitMilliDays(profile.stage());
        if (limitMilliDays == StageLimits.NO_LIMIT) {
            return text;
        }
        long dueMillis = BusinessCalendar.dueAfterBusinessDays(
                directory.spansOf(profile.owner()), profile.stageSinceMillis(), limitMilliDays);
        return text
                + limit(
                        BigDecimal.valueOf(limitMilliDays, 3)
                                        .stripTrailingZeros()
                                        .toPlainString() + " business days",
                        dueMillis == BusinessCalendar.NEVER ? null : (Long) dueMillis);
    }

    private String limit(String words, Long dueMillis) {
        if (words == null) {
            return "";
        }
        return ", limit " + words
                + (dueMillis == null
                        ? ""
                        : dueMillis <= nowMillis ? " passed " + time(dueMillis) : " ends " + time(dueMillis));
    }

    private String act(LeadFile.Entry entry) {
        for (ScoreRules rules : rules().versions()) {
            if (rules.version() != entry.ruleVersion()) {
                continue;
            }
            for (ScoreRule rule : rules.rules()) {
                if (rule.id().equals(entry.rule())) {
                    return ACTS.getOrDefault(rule.matches().get(0).kind(), plain(entry.rule()));
                }
            }
            for (FitRule rule : rules.fitRules()) {
                if (rule.id().equals(entry.rule())) {
                    return "attribute " + plain(rule.attribute());
                }
            }
        }
        return plain(entry.rule());
    }

    private RuleTimeline rules() {
        return directory.rules();
    }

    private String rep(String id) {
        return directory.repAt(id, nowMillis).map(RepRecord::name).orElse(id);
    }

    /** What was told of a deal in another currency, and at which rate. */
    private static String told(LeadProfile.Conversion conversion) {
        return "%s at %s, rate of %s"
                .formatted(
                        MoneyUnit.of(conversion.currency()).text(conversion.amountMinor()),
                        conversion.rate(),
                        LocalDate.ofEpochDay(conversion.rateEpochDay()));
    }

    private String money(long minor) {
        return config.moneyUnit().text(minor);
    }

    private ZonedDateTime at(long millis) {
        return Instant.ofEpochMilli(millis).atZone(config.company().zone());
    }

    private String timeOrNull(Long millis) {
        return millis == null ? null : time(millis);
    }

    private static void say(List<Line> lines, String label, String value) {
        if (value != null) {
            lines.add(new Line(label, value));
        }
    }

    private static String touch(String campaign, String channel) {
        return campaign == null ? channel : channel == null ? campaign : campaign + " (" + channel + ")";
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    /** A name of the wire as words. */
    static String plain(String name) {
        return name.replace('_', ' ');
    }

    static String number(double value) {
        // 0.0 has no sign: minus zero and small negative values show as it.
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
        return rounded.toPlainString();
    }

    static String signed(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
        String text = rounded.stripTrailingZeros().toPlainString();
        return rounded.signum() < 0 ? text : "+" + text;
    }

    /** The two largest units that are not 0: {@code 3 days 4 h}. */
    static String duration(long millis) {
        Duration duration = Duration.ofMillis(Math.max(0, millis));
        long days = duration.toDays();
        if (days > 0) {
            return days
                    + (days == 1 ? " day" : " days")
                    + (duration.toHoursPart() > 0 ? " " + duration.toHoursPart() + " h" : "");
        }
        return duration.toHours() > 0
                ? duration.toHours() + " h"
                        + (duration.toMinutesPart() > 0 ? " " + duration.toMinutesPart() + " min" : "")
                : duration.toMinutes() + " min";
    }

    private static Map<EventKind, String> acts() {
        Map<EventKind, String> acts = new EnumMap<>(EventKind.class);
        acts.put(EventKind.CALL, "talked on the phone");
        acts.put(EventKind.EMAIL_OPENED, "opened a mail");
        acts.put(EventKind.EMAIL_CLICKED, "clicked a link in a mail");
        acts.put(EventKind.EMAIL_REPLIED, "replied");
        acts.put(EventKind.SMS_REPLIED, "replied");
        acts.put(EventKind.EMAIL_UNSUBSCRIBED, "unsubscribed");
        acts.put(EventKind.MEETING_COMPLETED, "met us");
        acts.put(EventKind.MEETING_NO_SHOW, "did not come to a meeting");
        acts.put(EventKind.DEMO_HELD, "saw a demo");
        acts.put(EventKind.PAGE_VIEWED, "looked at a page");
        acts.put(EventKind.CAREERS_PAGE_VIEWED, "looked at the careers page");
        acts.put(EventKind.PRICE_LIST_VIEWED, "looked at the price list");
        acts.put(EventKind.ASSET_DOWNLOADED, "downloaded something");
        acts.put(EventKind.FORM_SUBMITTED, "sent a form");
        acts.put(EventKind.SOCIAL_ACTION, "reacted on social media");
        acts.put(EventKind.EVENT_VISITED, "visited an event");
        acts.put(EventKind.NEWSLETTER_SIGNED_UP, "signed up for the newsletter");
        acts.put(EventKind.SITE_SIGNED_UP, "signed up on the site");
        acts.put(EventKind.DEMO_REQUESTED, "asked for a demo");
        acts.put(EventKind.QUOTE_REQUESTED, "asked for a quote");
        acts.put(EventKind.CALLBACK_REQUESTED, "asked to be called back");
        return Map.copyOf(acts);
    }
}
