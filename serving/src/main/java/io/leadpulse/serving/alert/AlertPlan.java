package io.leadpulse.serving.alert;

import static io.leadpulse.serving.alert.AlertCase.NEVER;

import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.config.AlertDelivery;
import io.leadpulse.schemas.config.Directory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Decides who is told what, when, and in which message. It holds the alerts as they stand and what was told, and has
 * neither clock nor connection: {@link #step} says what to begin and to end now, {@link #commit} makes it so once it is
 * in the log. Asked again without a commit it says the same. Late, repeated and withdrawn alerts change what stands;
 * nothing is told twice for the same cause, severity and snooze. An alert of a merged lead names those of its members
 * that stood for the same cause: what was told of them was told of it. What people last heard of, and then that it is over,
 * with an alert that another has taken the place of since, or that was taken back because leads were merged or taken
 * apart, they are told again where it stands.
 *
 * <p>It holds open alerts and what was told. An alert that ended is forgotten {@link #AFTER_END} later; a message of
 * which nothing stands any more, and no alert is open, after as long as the log remembers it. Not thread-safe.
 */
final class AlertPlan {

    /** Alerts of one storm arrive within this: nobody is told before it was quiet for so long. */
    static final Duration GATHER = Duration.ofSeconds(5);

    /** But nobody waits longer than this for a storm to end. */
    static final Duration LONGEST_GATHER = Duration.ofSeconds(30);

    /** "At once": more leads than a digest begins with, within this time, come as a digest. */
    static final Duration AT_ONCE = Duration.ofMinutes(10);

    /** Older alerts of a later import wait so long for company: it comes in pieces. */
    static final Duration BACKLOG_WAIT = Duration.ofMinutes(5);

    /** At a first start, what is older than this is history. */
    static final Duration HISTORY = Duration.ofHours(24);

    /** A lead that qualified longer ago, and was told to nobody, is told to nobody any more; a weekend and a holiday are less. */
    static final Duration QUALIFYING_IS_NEWS = Duration.ofDays(7);

    /**
     * So long an alert that ended is still posted, in case that the Alertmanager restarts; while that takes nothing, until so
     * long after it last did.
     */
    static final Duration AFTER_END = Duration.ofMinutes(15);

    /**
     * So long the Alertmanager gathers before it tells, {@code LEADPULSE_GROUP_WAIT} of {@code alertmanager/render.sh}: it
     * has told what it took earlier than that before it was last heard of.
     */
    static final Duration GROUP_WAIT = Duration.ofSeconds(5);

    private static final Duration DROP_EVERY = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /**
     * Of an alert and those that took its place the one that speaks for it last: that stands, at the end of a chain of merges;
     * else that was resolved or corrected, and not only merged on or taken apart.
     */
    private static final Comparator<AlertCase> LAST_WORD = Comparator.comparing(AlertCase::open)
            .thenComparing(alert -> !alert.regrouped())
            .thenComparing(alert -> alert.open() ? alert.replaces().size() : 0)
            .thenComparingLong(AlertCase::asOfMillis)
            .thenComparing(alert -> alert.replaces().size())
            .thenComparing(AlertCase::alert);

    private final AlertDelivery policy;
    private final Duration engineBehind;
    private final Duration remembered;
    private final Map<String, AlertCase> cases = new HashMap<>();
    private final Map<Telling.Key, Telling> told = new LinkedHashMap<>();
    private final Map<String, Map<Telling.Key, Telling>> toldOfAlert = new HashMap<>();
    /** Of an alert of a merged lead those of its members that stood for the same cause, as it last said while it did. */
    private final Map<String, List<String>> earlier = new HashMap<>();
    /** The other way: there may be several while merges are on their way, of a chain or of one that was corrected. */
    private final Map<String, Set<String>> heirs = new HashMap<>();
    /** Of a digest all parts, by its message id. */
    private final Map<String, Set<Telling.Key>> digests = new HashMap<>();
    /**
     * Of what was told that which stands or ended within {@link #AFTER_END}, and so all that was told within
     * {@link #AT_ONCE}: all that is to be looked at every second. Perhaps some more.
     */
    private final Map<Telling.Key, Telling> lively = new LinkedHashMap<>();
    /** When messages left, oldest first, as far back as a minute. */
    private final Deque<Long> messageMillis = new ArrayDeque<>();
    /** When one was first wanted; only of what waits. */
    private Map<Telling.Key, Long> wantedSince = new HashMap<>();

    /** Until when who was told when is waited for, before his team lead hears of it; as these calendars say. */
    private final Map<Wait, Long> waitedUntil = new HashMap<>();

    private Directory waitingBy;

    private long firstCaughtUpMillis = NEVER;
    private long confirmedMillis = NEVER;
    private boolean caughtUp;
    private long droppedMillis = NEVER;

    /**
     * A plan without alerts.
     *
     * @param engineBehind how far the engine's clock may be behind this one's
     */
    AlertPlan(AlertDelivery policy, Duration engineBehind) {
        this(policy, engineBehind, SentLog.MATTERS);
    }

    /**
     * A plan without alerts.
     *
     * @param remembered how long what ended is remembered, at least {@link #AFTER_END}
     */
    AlertPlan(AlertDelivery policy, Duration engineBehind, Duration remembered) {
        this.policy = policy;
        this.engineBehind = engineBehind;
        this.remembered = remembered;
    }

    /**
     * What to do now.
     *
     * @param begun tellings to write to the log and to post
     * @param ended tellings that cease to stand, to write and to post once more
     * @param messages how many messages that makes
     * @param waiting messages that wait for working hours, company or a free minute
     * @param muted alerts by cause that wait because a source is silent or the pipeline unhealthy
     */
    record Step(List<Telling> begun, List<Telling> ended, int messages, int waiting, Map<String, Integer> muted) {
        boolean isEmpty() {
            return begun.isEmpty() && ended.isEmpty();
        }

        List<Telling> all() {
            return Stream.concat(begun.stream(), ended.stream()).toList();
        }
    }

    /** That a message left; what is told and taken back within one moment is two. */
    private record Left(String recipient, String messageId, boolean end, long atMillis) {}

    /** That a rep was told, and has not acted since. */
    private record Wait(String rep, long sinceMillis) {}

    /** One telling that is wanted. */
    private record Wish(AlertCase alert, Telling.Key key, String recipient, boolean backlog) {
        String lead() {
            return alert.lead();
        }
    }

    /** One message that could leave now: all tellings in it, and the rank by which messages queue. */
    private record Draft(
            List<Telling> begun,
            List<Telling> ended,
            boolean urgent,
            boolean critical,
            long amountMinor,
            long raisedMillis,
            String order) {

        /** Who waits for us first, then what is bad, then what is big, then what is old; ends come last. */
        static final Comparator<Draft> BY_RANK = Comparator.<Draft, Boolean>comparing(draft -> draft.begun.isEmpty())
                .thenComparing(draft -> !draft.urgent)
                .thenComparing(draft -> !draft.critical)
                .thenComparing(Draft::amountMinor, Comparator.reverseOrder())
                .thenComparingLong(Draft::raisedMillis)
                .thenComparing(Draft::order);
    }

    /** Takes an alert as it stands now, in place of what was known of it. */
    void put(AlertCase alert) {
        // What is resolved does not say any more what it replaced.
        if (alert.open() || !alert.replaces().isEmpty()) {
            replaces(alert.alert(), alert.replaces());
        }
        if (alert.open() || !linked(alert.alert()).isEmpty()) {
            cases.put(alert.alert(), alert);
        } else {
            cases.remove(alert.alert());
        }
    }

    private void replaces(String alert, List<String> members) {
        List<String> before = members.isEmpty() ? earlier.remove(alert) : earlier.put(alert, members);
        if (members.equals(before)) {
            return;
        }
        if (before != null) {
            before.forEach(member -> remove(heirs, member, alert));
        }
        members.forEach(
                member -> heirs.computeIfAbsent(member, id -> new HashSet<>()).add(alert));
    }

    /** Takes note that there is no such alert any more. */
    void remove(String alert) {
        cases.remove(alert);
    }

    /** Takes over what the log remembers, and when this installation first had read everything. */
    void restore(Collection<Telling> tellings, long caughtUpMillis) {
        tellings.forEach(this::remember);
        tellings.stream()
                .flatMap(telling -> Stream.of(
                        new Left(telling.recipient(), telling.messageId(), false, telling.sentMillis()),
                        new Left(telling.recipient(), telling.messageId(), true, telling.endedMillis())))
                .distinct()
                .map(Left::atMillis)
                .filter(millis -> millis > 0)
                .sorted()
                .forEach(messageMillis::add);
        firstCaughtUpMillis = caughtUpMillis;
    }

    /** Everything that was in the topic has been read: from now on an alert that is not here is none. */
    void caughtUp(long nowMillis) {
        caughtUp = true;
        if (firstCaughtUpMillis == NEVER) {
            firstCaughtUpMillis = nowMillis;
        }
    }

    long firstCaughtUpMillis() {
        return firstCaughtUpMillis;
    }

    /** Takes note of when the Alertmanager last took everything that was to be posted; {@link AlertCase#NEVER} if it never did. */
    void confirmed(long atMillis) {
        confirmedMillis = atMillis;
    }

    /** Whether it ended so long ago that the Alertmanager has taken that, too, and that it is not posted any more. */
    private boolean isOver(Telling telling, long nowMillis) {
        long heardMillis = confirmedMillis == NEVER ? nowMillis : Math.min(nowMillis, confirmedMillis);
        return endedBefore(telling, heardMillis, AFTER_END);
    }

    /** What stands as told, or ended so lately that it is still posted. */
    List<Telling> posted(long nowMillis) {
        List<Telling> posted = new ArrayList<>();
        Set<String> digestsPosted = new HashSet<>();
        for (Telling telling : lively.values()) {
            if (!postable(telling, nowMillis)) {
                continue;
            }
            if (telling.kind() != MessageKind.DIGEST) {
                posted.add(telling);
            } else if (digestsPosted.add(telling.messageId())) {
                // A digest is one alert: what it is labelled with must not change as its parts end.
                digests.get(telling.messageId()).forEach(part -> posted.add(told.get(part)));
            }
        }
        return posted;
    }

    private boolean postable(Telling telling, long nowMillis) {
        return telling.outcome() != Outcome.LAPSED && !isOver(telling, nowMillis);
    }

    /** The alert of this id; null when it is not known any more. */
    AlertCase alert(String id) {
        return standing(id);
    }

    /**
     * What to begin and to end.
     *
     * @param people who is who, now
     * @param muted whether people would be told wrong things now: nothing begins or ends
     */
    Step step(long nowMillis, People people, boolean muted) {
        if (!caughtUp) {
            return new Step(List.of(), List.of(), 0, 0, Map.of());
        }
        lively.values().removeIf(telling -> isOver(telling, nowMillis));
        List<Wish> wishes = new ArrayList<>();
        Map<Telling.Key, Long> since = new HashMap<>();
        int waitingForPeople = 0;
        for (AlertCase alert : cases.values()) {
            for (Telling.Key key : wanted(alert, nowMillis, people)) {
                since.put(key, wantedSince.getOrDefault(key, nowMillis));
                Optional<String> recipient = recipient(alert, key, people);
                if (recipient.isPresent()) {
                    wishes.add(new Wish(alert, key, recipient.get(), backlog(alert, key)));
                } else {
                    waitingForPeople++;
                }
            }
        }
        wantedSince = since;
        if (muted) {
            Map<String, Integer> byCause = new TreeMap<>();
            wishes.forEach(wish -> byCause.merge(wish.alert().cause(), 1, Integer::sum));
            return new Step(List.of(), List.of(), 0, wishes.size() + waitingForPeople, byCause);
        }
        List<Draft> drafts = new ArrayList<>();
        int held = 0;
        Map<Lately, Set<String>> lately = lately(nowMillis);
        for (List<Wish> ofRecipient : byRecipient(wishes).values()) {
            held += draft(ofRecipient, lately, nowMillis, people, drafts);
        }
        List<Telling> silentEnds = ends(nowMillis, people, drafts);
        drafts.sort(Draft.BY_RANK);
        int free = Math.max(0, policy.maxMessagesPerMinute() - lastMinute(nowMillis));
        List<Telling> begun = new ArrayList<>();
        List<Telling> ended = new ArrayList<>(silentEnds);
        int messages = Math.min(free, drafts.size());
        for (Draft draft : drafts.subList(0, messages)) {
            begun.addAll(draft.begun());
            ended.addAll(draft.ended());
        }
        ended.addAll(replaced(begun, nowMillis));
        return new Step(begun, ended, messages, waitingForPeople + held + drafts.size() - messages, Map.of());
    }

    /** Makes a step so. To be called when it is in the log. */
    void commit(Step step, long nowMillis) {
        step.all().forEach(this::remember);
        for (int message = 0; message < step.messages(); message++) {
            messageMillis.add(nowMillis);
        }
        forget(nowMillis);
    }

    /**
     * What the Alertmanager told and then gave up because nobody confirmed it: never posted again, so never told again.
     * What it perhaps has not told yet still stands.
     *
     * @param confirmedMillis when the Alertmanager last took everything that stands
     */
    List<Telling> lapsed(long nowMillis, long confirmedMillis) {
        return lively.values().stream()
                .filter(Telling::active)
                .filter(telling -> telling.sentMillis() + GROUP_WAIT.toMillis() < confirmedMillis)
                .map(telling -> telling.ended(nowMillis, Outcome.LAPSED, telling.alert()))
                .toList();
    }

    /** Takes note of what {@link #lapsed} said. */
    void lapse(List<Telling> lapsed) {
        lapsed.forEach(this::remember);
    }

    private void remember(Telling telling) {
        Telling.Key key = telling.key();
        lively.put(key, telling);
        toldOfAlert
                .computeIfAbsent(telling.alert(), id -> new LinkedHashMap<>())
                .put(key, telling);
        if (told.put(key, telling) == null && telling.kind() == MessageKind.DIGEST) {
            digests.computeIfAbsent(telling.messageId(), id -> new LinkedHashSet<>())
                    .add(key);
        }
    }

    private static boolean endedBefore(Telling telling, long nowMillis, Duration ago) {
        return !telling.active() && telling.endedMillis() + ago.toMillis() <= nowMillis;
    }

    /** Forgets alerts that ended, when what was told of them ended long enough ago; now and then what was told, too. */
    private void forget(long nowMillis) {
        cases.values()
                .removeIf(alert -> !alert.open()
                        && linked(alert.alert()).stream().allMatch(telling -> isOver(telling, nowMillis)));
        if (droppedMillis == NEVER || droppedMillis + DROP_EVERY.toMillis() <= nowMillis) {
            droppedMillis = nowMillis;
            drop(nowMillis);
            waitedUntil.clear();
        }
    }

    /** Drops what the log would not give us any more, but of an open alert nothing: it must not be told again. */
    private void drop(long nowMillis) {
        Set<String> needed = new HashSet<>();
        for (Telling telling : told.values()) {
            AlertCase alert = standing(telling.alert());
            if ((alert != null && alert.open()) || !endedBefore(telling, nowMillis, remembered)) {
                needed.add(telling.messageId());
            }
        }
        told.values().removeIf(telling -> {
            if (needed.contains(telling.messageId())) {
                return false;
            }
            toldOfAlert.computeIfPresent(telling.alert(), (alert, tellings) -> {
                tellings.remove(telling.key());
                return tellings.isEmpty() ? null : tellings;
            });
            remove(digests, telling.messageId(), telling.key());
            return true;
        });
        for (String id : List.copyOf(earlier.keySet())) {
            if (!cases.containsKey(id) && linked(id).isEmpty()) {
                replaces(id, List.of());
            }
        }
    }

    private static <T> void remove(Map<String, Set<T>> index, String id, T value) {
        index.computeIfPresent(id, (known, values) -> {
            values.remove(value);
            return values.isEmpty() ? null : values;
        });
    }

    /** How many tellings are remembered. */
    int remembers() {
        return told.size();
    }

    /** What was told of an alert, and of those of the same cause that it took the place of when leads were merged. */
    private Collection<Telling> linked(String alert) {
        List<String> members = earlier.get(alert);
        if (members == null) {
            return toldUnder(alert);
        }
        List<Telling> linked = new ArrayList<>(toldUnder(alert));
        members.forEach(member -> linked.addAll(toldUnder(member)));
        return linked;
    }

    /**
     * Of that what its readers take it to be told by. Nothing of it to whom it was taken back last: who heard of two members,
     * and of one of them that it is over, knows by the other.
     */
    private List<Telling> toldOf(String alert) {
        Collection<Telling> linked = linked(alert);
        if (linked.isEmpty()) {
            return List.of();
        }
        List<Telling> known = new ArrayList<>(linked.size());
        List<Telling> takenBack = new ArrayList<>();
        for (Telling telling : linked) {
            (isTakenBack(telling, alert) ? takenBack : known).add(telling);
        }
        for (Telling back : takenBack) {
            boolean isLastHeard = known.stream()
                    .filter(back::isForReaderOf)
                    .noneMatch(telling -> telling.active() || telling.endedMillis() > back.endedMillis());
            if (isLastHeard) {
                known.removeIf(back::isForReaderOf);
            }
        }
        return known;
    }

    /**
     * Whether who was told then heard that it is over, and would not know by it that this alert stands. Of what a correction
     * took back and brings again, or what was resolved and is so no more, he is told no second time. The end of a part of a
     * digest is not told. What was told again as worse, or after a snooze, goes by that.
     */
    private boolean isTakenBack(Telling telling, String alert) {
        if (telling.active()) {
            return false;
        }
        boolean isOfThis = alert.equals(telling.endedWith());
        boolean isKnownHere = isOfThis || earlier.getOrDefault(alert, List.of()).contains(telling.endedWith());
        return switch (telling.outcome()) {
            case MERGED -> single(telling);
            case WITHDRAWN -> single(telling) && !isOfThis;
            case RESOLVED, HANDLED -> single(telling) && !isKnownHere;
            case ESCALATED, REMINDED -> !isKnownHere;
            case LAPSED -> false;
        };
    }

    private Collection<Telling> toldUnder(String alert) {
        return toldOfAlert.getOrDefault(alert, Map.of()).values();
    }

    private static boolean single(Telling telling) {
        return telling.kind() == MessageKind.LEAD || telling.kind() == MessageKind.TEAM_LEAD;
    }

    /** What of an alert should have been told by now and was not. */
    private List<Telling.Key> wanted(AlertCase alert, long nowMillis, People people) {
        if (!alert.open() || alert.handled() || alert.snoozedAt(nowMillis)) {
            return List.of();
        }
        long round = alert.snoozedUntilMillis() == NEVER ? 0 : alert.snoozedUntilMillis();
        List<Telling> known = toldOf(alert.alert());
        List<Telling.Key> wanted = new ArrayList<>();
        if (alert.ofScope()) {
            // The history of goals stands on the boards; nobody is congratulated on last month.
            if (!historyOfGoals(alert)) {
                each(alert, round, scopeAudience(alert, people), wanted);
            }
        } else if (alert.marketingQualified()) {
            // Its clock is that of the first contact; the team lead hears of that.
            if (alert.owner() != null && !historyOfQualifying(alert, round, nowMillis)) {
                wanted.add(Telling.Key.first(alert.alert(), alert.severity(), round, Audience.OWNER, ""));
            }
        } else if (alert.owner() == null) {
            if (alert.handRaised()) {
                wanted.add(Telling.Key.first(alert.alert(), alert.severity(), round, Audience.OWNER, ""));
            }
            each(alert, round, people.teamLeads(alert.details().get("product")), wanted);
        } else {
            wanted.add(Telling.Key.first(alert.alert(), alert.severity(), round, Audience.OWNER, ""));
            String lead = people.teamLead(alert.owner());
            if (lead != null
                    && !lead.equals(alert.owner())
                    && (alert.critical() || unhandled(known, people, nowMillis))) {
                // A rep's snooze reminds the rep, not his team lead.
                wanted.add(Telling.Key.first(alert.alert(), alert.severity(), 0, Audience.TEAM_LEAD, ""));
            }
        }
        wanted.removeIf(key -> wasTold(key, known));
        // What a team lead was told in somebody's place he is not told once more in his own.
        wanted.removeIf(key -> key.audience() != Audience.OWNER
                && recipient(alert, key, people)
                        .filter(recipient -> known.stream()
                                .anyMatch(telling -> telling.severity() == key.severity()
                                        && telling.roundMillis() == key.roundMillis()
                                        && telling.recipient().equals(recipient)))
                        .isPresent());
        wanted.replaceAll(this::next);
        return wanted;
    }

    private static boolean wasTold(Telling.Key key, List<Telling> known) {
        for (Telling telling : known) {
            if (key.saysSame(telling)) {
                return true;
            }
        }
        return false;
    }

    /** After the last that was told of it: earlier ones may have been forgotten. */
    private Telling.Key next(Telling.Key key) {
        int last = toldUnder(key.alert()).stream()
                .filter(key::saysSame)
                .mapToInt(Telling::nth)
                .max()
                .orElse(0);
        return key.nth(last + 1);
    }

    private static void each(AlertCase alert, long round, List<String> persons, List<Telling.Key> wanted) {
        if (persons.isEmpty()) {
            // Nobody to tell: it waits, and is counted as waiting.
            wanted.add(Telling.Key.first(alert.alert(), alert.severity(), round, Audience.EACH, ""));
        }
        persons.forEach(
                person -> wanted.add(Telling.Key.first(alert.alert(), alert.severity(), round, Audience.EACH, person)));
    }

    private List<String> scopeAudience(AlertCase alert, People people) {
        if (alert.ofMarketing()) {
            return policy.marketing().isEmpty() ? people.teamLeads() : policy.marketing();
        }
        boolean milestone = alert.milestone();
        String scope = alert.scope();
        if (scope.startsWith("team:")) {
            String team = scope.substring("team:".length());
            return milestone ? people.team(team) : people.leadsOfTeam(team);
        }
        if (scope.startsWith("rep:")) {
            String rep = scope.substring("rep:".length());
            String lead = people.teamLead(rep);
            List<String> leads = lead == null ? List.of() : List.of(lead);
            return milestone ? Stream.concat(Stream.of(rep), leads.stream()).toList() : leads;
        }
        return milestone ? people.active() : people.teamLeads();
    }

    /** Whether somebody was told a business day of his ago, and nothing has happened since. */
    private boolean unhandled(List<Telling> known, People people, long nowMillis) {
        if (people.directory() != waitingBy) {
            waitingBy = people.directory();
            waitedUntil.clear();
        }
        for (Telling telling : known) {
            if (telling.audience() == Audience.OWNER && waitedUntil(telling, people) <= nowMillis) {
                return true;
            }
        }
        return false;
    }

    private long waitedUntil(Telling telling, People people) {
        return waitedUntil.computeIfAbsent(
                new Wait(telling.recipient(), telling.sentMillis()),
                wait -> people.dueMillis(wait.rep(), wait.sinceMillis(), policy.teamLeadAfterMilliDays()));
    }

    private static Optional<String> recipient(AlertCase alert, Telling.Key key, People people) {
        return switch (key.audience()) {
            case OWNER -> alert.handRaised() ? people.onDuty(alert.owner()) : people.inPlaceOf(alert.owner());
            case TEAM_LEAD -> people.inPlaceOf(people.teamLead(alert.owner()));
            case EACH -> key.intended().isEmpty() ? Optional.empty() : people.inPlaceOf(key.intended());
        };
    }

    private boolean history(long millis) {
        return millis < firstCaughtUpMillis - HISTORY.toMillis();
    }

    /**
     * Whether a goal's alert is history. That a goal is behind is so until it is over; that a milestone was reached is
     * news only when it turns out, be it by a deal that is dated back, however long ago it was then reached. An engine that
     * works off history judges hours of it at once, as of their end: what turned out before all was read, and was reached
     * long before, is none.
     */
    private boolean historyOfGoals(AlertCase alert) {
        if (!alert.milestone()) {
            return history(alert.raisedMillis());
        }
        long begunMillis = firstCaughtUpMillis - engineBehind.toMillis();
        return alert.asOfMillis() < begunMillis
                || (alert.raisedMillis() < begunMillis && alert.asOfMillis() < firstCaughtUpMillis);
    }

    /**
     * Whether a lead qualified before anybody was told anything here. By when it happened and not, as of milestones, by when
     * it turned out: the record of an old one is written again whenever something else of the lead changes. Nor is it news
     * after a week, as where an upgrade brings those of all leads.
     */
    private boolean historyOfQualifying(AlertCase alert, long round, long nowMillis) {
        return alert.raisedMillis() < firstCaughtUpMillis - engineBehind.toMillis()
                || Math.max(alert.raisedMillis(), round) < nowMillis - QUALIFYING_IS_NEWS.toMillis();
    }

    private boolean backlog(AlertCase alert, Telling.Key key) {
        long newsMillis =
                Math.max(alert.critical() ? alert.escalatedMillis() : alert.raisedMillis(), key.roundMillis());
        // That nobody acted is news of today, however old the alert is.
        boolean newsToTeamLead = key.audience() == Audience.TEAM_LEAD && !alert.critical();
        return !newsToTeamLead && history(newsMillis);
    }

    private static Map<String, List<Wish>> byRecipient(List<Wish> wishes) {
        Map<String, List<Wish>> byRecipient = new TreeMap<>();
        wishes.forEach(wish -> byRecipient
                .computeIfAbsent(wish.recipient(), recipient -> new ArrayList<>())
                .add(wish));
        return byRecipient;
    }

    /** Drafts the messages of one recipient; says how many wait. */
    private int draft(
            List<Wish> wishes, Map<Lately, Set<String>> lately, long nowMillis, People people, List<Draft> drafts) {
        List<Wish> urgent = new ArrayList<>();
        List<Wish> usual = new ArrayList<>();
        List<Wish> backlog = new ArrayList<>();
        int held = 0;
        for (Wish wish : wishes) {
            if (wish.alert().ofScope()) {
                drafts.add(draft(
                        List.of(wish),
                        MessageKind.SCOPE,
                        Hash64.hex(Hash64.of("scope\n" + wish.alert().alert())),
                        nowMillis));
            } else if (wish.backlog()) {
                backlog.add(wish);
            } else if (wish.alert().handRaised()) {
                urgent.add(wish);
            } else {
                usual.add(wish);
            }
        }
        if (!settled(urgent, nowMillis)) {
            held += leads(urgent).size();
            urgent = List.of();
        }
        if (!settled(usual, nowMillis)) {
            held += leads(usual).size();
            usual = List.of();
        }
        // Old ones go out with what is new if that makes a digest anyhow, at the latest in the recipient's next
        // morning.
        boolean backlogDue = !backlog.isEmpty()
                && people.cameToWorkSince(backlog.get(0).recipient(), firstCaughtUpMillis)
                && backlog.stream()
                        .anyMatch(wish -> wantedSince.get(wish.key()) + BACKLOG_WAIT.toMillis() <= nowMillis);
        Set<String> allLeads = leads(usual);
        allLeads.addAll(leads(backlog));
        boolean withNews = !usual.isEmpty() && allLeads.size() > policy.digestOver();
        if (!backlog.isEmpty() && (backlogDue || withNews)) {
            List<Wish> together = new ArrayList<>(backlog);
            if (withNews) {
                together.addAll(usual);
                usual = List.of();
            }
            drafts.add(digest(together, nowMillis));
        } else {
            held += backlog.isEmpty() ? 0 : 1;
        }
        held += draftLeads(usual, lately, nowMillis, drafts);
        held += draftLeads(urgent, lately, nowMillis, drafts);
        return held;
    }

    /** One message a lead, or a digest, or so many as may be without a storm; says how many wait for the rest. */
    private int draftLeads(List<Wish> wishes, Map<Lately, Set<String>> lately, long nowMillis, List<Draft> drafts) {
        if (wishes.isEmpty()) {
            return 0;
        }
        Set<String> leads = leads(wishes);
        if (leads.size() > policy.digestOver()) {
            drafts.add(digest(wishes, nowMillis));
            return 0;
        }
        Wish any = wishes.get(0);
        int sentLately = lately.getOrDefault(
                        new Lately(any.recipient(), any.alert().handRaised()), Set.of())
                .size();
        List<Draft> single = new ArrayList<>();
        for (String lead : leads) {
            List<Wish> ofLead =
                    wishes.stream().filter(wish -> wish.lead().equals(lead)).toList();
            boolean teamLead = ofLead.stream().allMatch(wish -> wish.key().audience() != Audience.OWNER);
            single.add(draft(
                    ofLead, teamLead ? MessageKind.TEAM_LEAD : MessageKind.LEAD, messageId(lead, ofLead), nowMillis));
        }
        single.sort(Draft.BY_RANK);
        int allowed = Math.max(0, Math.min(single.size(), policy.digestOver() - sentLately));
        drafts.addAll(single.subList(0, allowed));
        return single.size() - allowed;
    }

    /**
     * The message about a lead. What goes on with one about a lead that was merged into it stays in that one: the Alertmanager
     * would tell that a message of which nothing stands any more is over.
     */
    private String messageId(String lead, List<Wish> wishes) {
        Set<String> goingOn = new TreeSet<>();
        for (Wish wish : wishes) {
            toldOf(wish.alert().alert()).stream()
                    .filter(telling -> telling.active()
                            && single(telling)
                            && telling.audience() == wish.key().audience()
                            && telling.intended().equals(wish.key().intended())
                            && telling.recipient().equals(wish.recipient()))
                    .forEach(telling -> goingOn.add(telling.messageId()));
        }
        String own = Hash64.hex(Hash64.of("lead\n" + lead));
        return goingOn.isEmpty() || goingOn.contains(own)
                ? own
                : goingOn.iterator().next();
    }

    /** Whose messages about single leads, and of which sort. */
    private record Lately(String recipient, boolean handRaised) {}

    /** Messages about single leads that count as "at once" with what would leave now. */
    private Map<Lately, Set<String>> lately(long nowMillis) {
        Map<Lately, Set<String>> lately = new HashMap<>();
        for (Telling telling : lively.values()) {
            AlertCase alert = cases.get(telling.alert());
            if (single(telling) && alert != null && telling.sentMillis() + AT_ONCE.toMillis() > nowMillis) {
                lately.computeIfAbsent(
                                new Lately(telling.recipient(), alert.handRaised()), recipient -> new HashSet<>())
                        .add(telling.messageId());
            }
        }
        return lately;
    }

    private boolean settled(List<Wish> wishes, long nowMillis) {
        long oldest = Long.MAX_VALUE;
        long newest = Long.MIN_VALUE;
        for (Wish wish : wishes) {
            long since = wantedSince.get(wish.key());
            oldest = Math.min(oldest, since);
            newest = Math.max(newest, since);
        }
        return wishes.isEmpty()
                || newest + GATHER.toMillis() <= nowMillis
                || oldest + LONGEST_GATHER.toMillis() <= nowMillis;
    }

    private static Set<String> leads(List<Wish> wishes) {
        Set<String> leads = new HashSet<>();
        wishes.forEach(wish -> leads.add(wish.lead()));
        return leads;
    }

    private static Draft digest(List<Wish> wishes, long nowMillis) {
        String batch = "digest\n" + wishes.get(0).recipient() + '\n' + nowMillis + '\n' + anyHandRaised(wishes);
        return draft(wishes, MessageKind.DIGEST, Hash64.hex(Hash64.of(batch)), nowMillis);
    }

    private static boolean anyHandRaised(List<Wish> wishes) {
        return wishes.stream().anyMatch(wish -> wish.alert().handRaised());
    }

    private static Draft draft(List<Wish> wishes, MessageKind kind, String messageId, long nowMillis) {
        List<Telling> begun = new ArrayList<>(wishes.size());
        Map<String, Long> amounts = new HashMap<>();
        long raised = Long.MAX_VALUE;
        boolean critical = false;
        for (Wish wish : wishes) {
            Telling.Key key = wish.key();
            begun.add(new Telling(
                    key.alert(),
                    key.severity(),
                    key.roundMillis(),
                    key.audience(),
                    key.intended(),
                    key.nth(),
                    wish.recipient(),
                    messageId,
                    kind,
                    nowMillis,
                    0,
                    null,
                    null));
            amounts.merge(String.valueOf(wish.lead()), wish.alert().amountMinor(), Math::max);
            raised = Math.min(raised, wish.alert().raisedMillis());
            critical |= wish.alert().critical();
        }
        return new Draft(
                begun,
                List.of(),
                anyHandRaised(wishes),
                critical,
                amounts.values().stream().mapToLong(Long::longValue).sum(),
                raised,
                wishes.get(0).recipient() + '\n' + messageId);
    }

    /** Tellings that cease to stand: those worth a message become drafts, the others are returned. */
    private List<Telling> ends(long nowMillis, People people, List<Draft> drafts) {
        List<Telling> silent = new ArrayList<>();
        Map<String, List<Telling>> audible = new TreeMap<>();
        for (Telling telling : lively.values()) {
            Telling ended = telling.active() ? ended(telling, nowMillis) : telling;
            if (!telling.active() || ended.active()) {
                continue;
            }
            if (ended.outcome().told() && single(telling)) {
                // Nobody is called from his evening for good news: it stands until he is back.
                if (people.atWork(telling.recipient())) {
                    audible.computeIfAbsent(
                                    telling.recipient() + '\n' + telling.messageId(), message -> new ArrayList<>())
                            .add(ended);
                }
            } else {
                silent.add(ended);
            }
        }
        audible.forEach((message, ended) -> drafts.add(
                new Draft(List.of(), ended, false, false, 0, ended.get(0).sentMillis(), message)));
        return silent;
    }

    /** The alert, or that of a merged lead which stands for the same cause now; if none does, the one that says why. */
    private AlertCase standing(String id) {
        AlertCase alert = cases.get(id);
        if (alert != null && alert.open()) {
            return alert;
        }
        return Stream.concat(Stream.of(id), heirs.getOrDefault(id, Set.of()).stream())
                .map(cases::get)
                .filter(Objects::nonNull)
                .max(LAST_WORD)
                .orElse(null);
    }

    /** The telling as it ceases to stand; the same while it does. */
    private Telling ended(Telling telling, long nowMillis) {
        AlertCase alert = standing(telling.alert());
        if (alert == null) {
            return telling.ended(nowMillis, Outcome.RESOLVED, telling.alert());
        }
        if (alert.open()) {
            return alert.handled() ? telling.ended(nowMillis, Outcome.HANDLED, alert.alert()) : telling;
        }
        Outcome takenBack = alert.regrouped() ? Outcome.MERGED : Outcome.WITHDRAWN;
        return telling.ended(nowMillis, alert.withdrawn() ? takenBack : Outcome.RESOLVED, alert.alert());
    }

    /**
     * What the begun ones take the place of: the same at a lower severity or of an earlier round. In another message it goes on
     * to stand: of one of which nothing stands any more the Alertmanager tells that it is over.
     */
    private List<Telling> replaced(List<Telling> begun, long nowMillis) {
        List<Telling> replaced = new ArrayList<>();
        Set<Telling.Key> done = new HashSet<>();
        for (Telling telling : begun) {
            linked(telling.alert()).stream()
                    .filter(before -> before.active()
                            && before.isForReaderOf(telling)
                            && (!single(before) || isOneMessage(before, telling))
                            && done.add(before.key()))
                    .map(before -> before.ended(
                            nowMillis,
                            before.severity() == telling.severity() ? Outcome.REMINDED : Outcome.ESCALATED,
                            telling.alert()))
                    .forEach(replaced::add);
        }
        return replaced;
    }

    private static boolean isOneMessage(Telling one, Telling other) {
        return one.recipient().equals(other.recipient()) && one.messageId().equals(other.messageId());
    }

    private int lastMinute(long nowMillis) {
        while (!messageMillis.isEmpty() && messageMillis.peekFirst() + MINUTE.toMillis() <= nowMillis) {
            messageMillis.removeFirst();
        }
        return messageMillis.size();
    }
}
