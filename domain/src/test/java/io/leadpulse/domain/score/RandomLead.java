package io.leadpulse.domain.score;

import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.oracle.OracleScore;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** A generated lead: facts and rules from a seed, dense in ties, repeats, midnights and changes of the rules. */
final class RandomLead {

    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    /** Some days before clocks go forward in Berlin. */
    static final long START = 1_774_600_000_000L;

    private static final long DAY = 86_400_000L;
    private static final EventKind[] KINDS = {
        EventKind.PAGE_VIEWED,
        EventKind.PAGE_VIEWED,
        EventKind.PAGE_VIEWED,
        EventKind.CAREERS_PAGE_VIEWED,
        EventKind.EMAIL_OPENED,
        EventKind.EMAIL_CLICKED,
        EventKind.ASSET_DOWNLOADED,
        EventKind.SOCIAL_ACTION,
        EventKind.SOCIAL_ACTION,
        EventKind.EVENT_VISITED,
        EventKind.NEWSLETTER_SIGNED_UP,
        EventKind.SITE_SIGNED_UP,
        EventKind.PRICE_LIST_VIEWED,
        EventKind.FORM_SUBMITTED,
        EventKind.EMAIL_REPLIED,
        EventKind.SMS_REPLIED,
        EventKind.CALL,
        EventKind.CALL,
        EventKind.MEETING_COMPLETED,
        EventKind.DEMO_HELD,
        EventKind.DEMO_REQUESTED,
        EventKind.QUOTE_REQUESTED,
        EventKind.MEETING_NO_SHOW,
        EventKind.EMAIL_UNSUBSCRIBED,
        EventKind.LEAD_UPDATED,
        EventKind.LEAD_UPDATED,
        EventKind.TASK_DONE
    };

    private final Random random;
    final List<ScoreRules> versions;
    final List<Fact> facts;

    RandomLead(long seed, int maxFacts, int days) {
        random = new Random(seed);
        versions = randomVersions(days);
        facts = randomFacts(random.nextInt(maxFacts + 1), days);
    }

    RuleTimeline timeline() {
        return RuleTimeline.of(versions);
    }

    ScoreCard card() {
        return ScoreBook.evaluate(facts, timeline(), ZONE);
    }

    long randomTime(int days) {
        return START + (long) (random.nextDouble() * days * DAY);
    }

    Random random() {
        return random;
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private String oneOrNull(String... values) {
        int index = random.nextInt(values.length + 1);
        return index == values.length ? null : values[index];
    }

    private List<Fact> randomFacts(int count, int days) {
        List<Fact> made = new ArrayList<>();
        long previous = START;
        for (int i = 0; i < count; i++) {
            long time =
                    switch (random.nextInt(4)) {
                        case 0 -> previous;
                        case 1 -> START + random.nextInt(days) * DAY;
                        default -> randomTime(days);
                    };
            previous = time;
            Map<String, String> attributes = new HashMap<>();
            if (random.nextInt(4) == 0) {
                attributes.put("industry", one(List.of("software", "retail", "other")));
            }
            if (random.nextInt(5) == 0) {
                attributes.put("size", one(List.of("small", "large", "")));
            }
            made.add(Fact.builder(1_000 + i, "test/" + i, time, KINDS[random.nextInt(KINDS.length)])
                    .asset(oneOrNull("a", "b", "c", "demo"))
                    .actor(random.nextInt(5) == 0 ? "rep" : null)
                    .product(oneOrNull("p", "q"))
                    .direction(one(List.of(Direction.values())))
                    .automatic(random.nextInt(6) == 0)
                    .connected(random.nextBoolean())
                    .seconds(one(List.of(0, 29, 30, 600)))
                    .attributes(Map.copyOf(attributes))
                    .build());
        }
        made.sort(Fact.CANONICAL_ORDER);
        return List.copyOf(made);
    }

    private List<ScoreRules> randomVersions(int days) {
        List<ScoreRules> made = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int number = 1; number <= count; number++) {
            long from = number == 1 ? ScoreRules.FROM_THE_BEGINNING : START + number * DAY + random.nextInt(days) * DAY;
            while (made.stream().map(ScoreRules::effectiveFromMillis).toList().contains(from)) {
                from += 1_000;
            }
            ScoreRules rules = ScoreRules.defaults().asVersion(number, from).withFitRules(randomFits());
            made.add(random.nextInt(3) == 0 ? rules : mutated(rules));
        }
        made.sort(Comparator.comparingLong(ScoreRules::effectiveFromMillis));
        return List.copyOf(made);
    }

    private List<FitRule> randomFits() {
        List<FitRule> fits = new ArrayList<>();
        if (random.nextInt(5) > 0) {
            fits.add(new FitRule(
                    "industry_fit",
                    "industry",
                    Map.of("software", random.nextInt(30) * 1.0, "retail", random.nextInt(20) - 10.0),
                    ScoreRules.FIT));
        }
        if (random.nextInt(3) > 0) {
            fits.add(new FitRule("size_fit", "size", Map.of("large", random.nextInt(20) * 0.7), ScoreRules.FIT));
        }
        return fits;
    }

    private Decay randomDecay() {
        return switch (random.nextInt(4)) {
            case 0 -> Decay.NONE;
            case 1 -> Decay.window(1 + random.nextInt(5));
            default -> Decay.halfLife(3_600_000L + random.nextInt(10 * (int) (DAY / 1_000)) * 1_000L);
        };
    }

    private Repeat randomRepeat() {
        return switch (random.nextInt(5)) {
            case 0 -> Repeat.ONCE;
            case 1 -> Repeat.ONCE_PER_ASSET;
            case 2 -> Repeat.ONCE_PER_PRODUCT;
            case 3 -> Repeat.maxPerDay(1 + random.nextInt(3));
            default -> Repeat.EVERY;
        };
    }

    private ScoreRules mutated(ScoreRules rules) {
        List<ScoreGroup> groups = rules.groups().stream()
                .map(group -> group.type() == ScoreGroup.Type.FIT
                        ? new ScoreGroup(group.name(), group.type(), -random.nextInt(9), random.nextInt(26), Decay.NONE)
                        : new ScoreGroup(
                                group.name(),
                                group.type(),
                                random.nextInt(3) == 0 ? -random.nextInt(60) : ScoreGroup.NO_MIN,
                                random.nextInt(3) == 0 ? random.nextInt(90) : ScoreGroup.NO_MAX,
                                randomDecay()))
                .toList();
        List<ScoreRule> acts = rules.rules().stream()
                .map(rule -> random.nextInt(3) > 0
                        ? rule
                        : new ScoreRule(
                                rule.id(),
                                rule.matches(),
                                random.nextInt(90) * 0.5 - 15,
                                random.nextInt(3) == 0 ? ScoreRules.OPT_OUT : rule.group(),
                                randomRepeat(),
                                random.nextInt(9) == 0))
                .toList();
        double warm = 26 + random.nextInt(30);
        return rules.withGroups(groups)
                .withRules(acts)
                .withThresholds(new Thresholds(warm, warm + 1 + random.nextInt(40), warm + random.nextInt(40)))
                .withExcludeRepActions(random.nextInt(3) == 0);
    }

    OracleScore oracle() {
        return new OracleScore(
                facts.stream().map(RandomLead::act).toList(),
                versions.stream().map(RandomLead::version).toList(),
                ZONE);
    }

    private static OracleScore.Act act(Fact fact) {
        return new OracleScore.Act(
                fact.id(),
                fact.timeMillis(),
                List.of(EventKind.values()).indexOf(fact.kind()),
                fact.kind().wireName(),
                fact.asset(),
                fact.actor(),
                fact.product(),
                fact.campaign(),
                fact.direction().name().toLowerCase(Locale.ROOT),
                fact.automatic(),
                fact.connected(),
                fact.seconds(),
                fact.attributes());
    }

    private static OracleScore.Version version(ScoreRules rules) {
        return new OracleScore.Version(
                rules.version(),
                rules.effectiveFromMillis(),
                rules.groups().stream().map(RandomLead::group).toList(),
                rules.rules().stream().map(RandomLead::rule).toList(),
                rules.fitRules().stream()
                        .map(fit ->
                                new OracleScore.FitRule(fit.id(), fit.attribute(), fit.pointsByValue(), fit.group()))
                        .toList(),
                rules.thresholds().warm(),
                rules.thresholds().hot(),
                rules.thresholds().marketingQualified(),
                rules.excludeRepActions());
    }

    private static OracleScore.Group group(ScoreGroup group) {
        String decay = "none";
        long amount = 0;
        if (group.decay() instanceof Decay.HalfLife half) {
            decay = "half_life";
            amount = half.halfLifeMillis();
        } else if (group.decay() instanceof Decay.Window window) {
            decay = "window";
            amount = window.days();
        }
        return new OracleScore.Group(group.name(), group.min(), group.max(), decay, amount);
    }

    private static OracleScore.Rule rule(ScoreRule rule) {
        return new OracleScore.Rule(
                rule.id(),
                rule.matches().stream()
                        .map(match -> new OracleScore.Condition(
                                match.kind().wireName(),
                                match.includesAutomatic(),
                                match.connectedOnly(),
                                match.direction() == null
                                        ? null
                                        : match.direction().name().toLowerCase(Locale.ROOT),
                                List.copyOf(match.assets())))
                        .toList(),
                rule.points(),
                rule.group(),
                switch (rule.repeat().kind()) {
                    case ONCE -> "once";
                    case ONCE_PER_ASSET -> "once-per-asset";
                    case ONCE_PER_PRODUCT -> "once-per-product";
                    case MAX_PER_DAY -> "max-per-day";
                    case EVERY -> "every";
                },
                rule.repeat().maxPerDay(),
                rule.autoQualifies());
    }
}
