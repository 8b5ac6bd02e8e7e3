package io.leadpulse.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sales, dwell, stuck alerts, scores and ownership of a whole history, computed in one go from all its lines; alerts of leads, too. The order
 * of the lines does not matter to it, and it is slow: it looks at everything again for every answer.
 *
 * <p>Where the definitions leave room, it reads them so:
 *
 * <ul>
 *   <li><b>Deleted deals</b> never were: not won, lost or opened, no dwell, no alert, nobody is sales-qualified by them.
 *   <li><b>A deal belongs to the lead of its latest record</b> by event time, for the whole of its life. A lead that lost
 *       a deal to another one is as if it had never had it.
 *   <li><b>Amount, owner and stage</b> come from the deal's records in order of event time; records of one id were reduced
 *       to the one that counts before. A stage in a record of winning or losing is ignored. Reopened without a stage, a
 *       deal is back in its last one, and a new stay begins.
 *   <li><b>Refunds</b> count on their own day, for who owned the deal when it was won, and only while it is won.
 *   <li><b>Opened</b> counts for who owned the deal at its opening; lost for who owned it when it was lost.
 *   <li><b>Dwell</b> has the stays that have ended; a deal that came back and is still there counts with those.
 *   <li><b>Derived stages</b> end when a deal opens, and with the statuses nurture, disqualified and customer. While a deal
 *       is open or won there is none. After these statuses, and after the last open deal was lost, there is none until a
 *       later status is new, working or qualified: then the lead is <i>qualified</i> if that or a later status said so,
 *       else <i>contacted</i> if it ever was, else <i>new</i>. Else status changes to new or working change nothing.
 *       <b>Sales-qualified</b> as a milestone once is so for ever, but for deleted deals and deals that went to another
 *       lead. Without a creation a lead begins with its first fact.
 *   <li><b>Status</b> is customer while a deal is won, whatever was stated; else what was stated last, else working once it was
 *       contacted, else new.
 *   <li><b>First contact</b> is an outbound call, connected or not, a mail or SMS sent by a person, a meeting or demo held,
 *       or an inbound call that was answered, however short. <b>Last contact</b> is an attempt, an inbound call, a reply, a
 *       form, or a request for a demo, quote or call-back; of these forms and requests are not two-way.
 *   <li><b>A visitor is identified</b> by every web event that has both ids, whatever its type.
 *   <li><b>Owner of a lead</b> is the latest assignment's. A deal without owner uses the company's calendar, not its
 *       lead's owner's. So does an owner who is not in the directory at that time.
 *   <li><b>Business time of a day</b> is what absences leave of it: of a day half absent, the other half is a whole
 *       business day. The rep's record in force at an instant governs it, absences included.
 *   <li><b>Planned activities</b> (meetings scheduled or rescheduled, tasks planned) are the lead's and suppress for all of
 *       its stages, its deals' too. They end when due, done, declined, cancelled or missed. A warning or critical is due
 *       when its limit is reached and nothing is planned, at the latest at twice the limit; if suppression outlasts 1.5
 *       times the limit, both come at once. A plan made after the warning does not take it back, but delays the critical.
 *   <li><b>Marketing-qualified</b> is a lead by the first event that gives positive points and after which the score is at
 *       least the threshold, or by a request for a demo, quote or call-back.
 *   <li><b>Missed inbound calls</b> give the points of an inbound call. Connected is at least 30 seconds and so marked.
 *   <li><b>Merged and deleted leads</b>: see {@link MergeOracle}. All else is read from what stands.
 *   <li><b>Fates:</b> of the records of one id one is counted, equal ones are duplicates, the others superseded.
 * </ul>
 */
public final class HistoryOracle {
    private final OracleConfig config;
    private final long asOfMillis;
    private final OracleInput input;
    private final List<OracleDeal> deals = new ArrayList<>();
    private final Map<String, List<OracleDeal>> dealsByLead = new TreeMap<>();
    private final Map<String, List<OracleEvent>> factsByLead = new TreeMap<>();
    private final Map<String, Optional<String>> leadByBehaviour = new TreeMap<>();
    private final Map<String, String> merged = new TreeMap<>();
    private final Set<Integer> standingLines = new HashSet<>();
    private final MergeOracle merges;

    /**
     * Reads a history.
     *
     * @param lines its lines, in any order
     * @param asOf end of time; later events do not count
     * @param config the company
     */
    public HistoryOracle(List<String> lines, Instant asOf, OracleConfig config) {
        this.config = config;
        this.asOfMillis = asOf.toEpochMilli();
        this.input = new OracleInput(lines, asOfMillis, config);
        List<OracleEvent> events = input.events();
        IdentityOracle identity = new IdentityOracle(events);
        Map<String, List<OracleEvent>> byDeal = new TreeMap<>();
        Map<String, List<OracleEvent>> said = new TreeMap<>();
        for (OracleEvent event : events) {
            if (event.isDeal()) {
                byDeal.computeIfAbsent(event.text("deal"), deal -> new ArrayList<>())
                        .add(event);
                continue;
            }
            Optional<String> lead = identity.leadOf(event);
            if (event.isWeb()) {
                leadByBehaviour.put(event.key(), lead);
            }
            lead.ifPresent(
                    id -> said.computeIfAbsent(id, key -> new ArrayList<>()).add(event));
        }
        merges = new MergeOracle(said);
        said.keySet().stream()
                .filter(lead -> !merges.rootOf(lead).equals(lead))
                .forEach(lead -> merged.put(lead, merges.rootOf(lead)));
        factsByLead.putAll(merges.standing());
        factsByLead.values().forEach(facts -> facts.forEach(fact -> standingLines.add(fact.line())));
        byDeal.forEach((id, records) -> {
            OracleDeal deal = OracleDeal.read(id, records, config, asOfMillis);
            if (deal != null) {
                deal = deal.of(merges.rootOf(deal.lead()));
                deals.add(deal);
                dealsByLead
                        .computeIfAbsent(deal.lead(), key -> new ArrayList<>())
                        .add(deal);
                factsByLead.computeIfAbsent(deal.lead(), key -> new ArrayList<>());
            }
        });
    }

    /** Sales by scope ({@code company}, {@code team:X}, {@code rep:X}) and period ({@code day:2017-06-28}, ... {@code total}). */
    public Map<String, Map<String, OracleResults.Sales>> sales() {
        return new SalesOracle(config, input, deals).sales();
    }

    /** Sales of the 90 days that end with the day of as-of, by scope; scopes without any are not there. */
    public Map<String, OracleResults.Sales> trailing90Days() {
        LocalDate last = Instant.ofEpochMilli(asOfMillis).atZone(config.zone()).toLocalDate();
        Map<String, OracleResults.Sales> trailing = new TreeMap<>();
        sales().forEach((scope, periods) -> periods.forEach((period, sales) -> {
            boolean isDay = period.startsWith("day:");
            if (isDay && !LocalDate.parse(period.substring("day:".length())).isBefore(last.minusDays(89))) {
                trailing.merge(scope, sales, OracleResults.Sales::plus);
            }
        }));
        trailing.values().removeIf(OracleResults.Sales.NONE::equals);
        return trailing;
    }

    /** How far the scope of a goal is with it in the period that as-of is in. */
    public OracleResults.GoalProgress progress(OracleConfig.Goal goal) {
        return new GoalOracle(config, input, sales(), asOfMillis).progress(goal);
    }

    /** Time in each stage, over all deals that left it. */
    public Map<String, OracleResults.Dwell> dwell() {
        return new SalesOracle(config, input, deals).dwell();
    }

    /** Stuck alerts, of deals and of leads, with their transitions up to as-of, by {@link OracleResults.AlertKey}'s text. */
    public Map<String, OracleResults.Alert> stuckAlerts() {
        AlertOracle alerts = new AlertOracle(input, asOfMillis);
        Map<String, OracleResults.Alert> found = new TreeMap<>();
        for (String id : factsByLead.keySet()) {
            LeadOracle lead = leadOracle(id);
            List<WorkCalendar.Stretch> plans = lead.plans();
            for (OracleDeal.Stay stay : lead.stays()) {
                var key = new OracleResults.AlertKey(id, null, stay.stage(), stay.enteredMillis());
                Integer limit = config.leadLimitDays().get(stay.stage());
                add(found, alerts.of(key, stay, limit, lead.owners(), plans));
            }
            for (OracleDeal deal : dealsOf(id)) {
                for (OracleDeal.Stay stay : deal.stays()) {
                    var key = new OracleResults.AlertKey(id, deal.id(), stay.stage(), stay.enteredMillis());
                    Integer limit = config.dealLimitDays().getOrDefault(stay.stage(), config.defaultDealLimitDays());
                    add(found, alerts.of(key, stay, limit, deal.owners(), plans));
                }
            }
        }
        return found;
    }

    /**
     * The other alerts of leads, each as {@code cause|lead|deal|raised|escalated|resolved}, in order; what did not come up
     * to as-of is empty. The cause of a lead that is about to fall off is followed by its sign.
     */
    public List<String> leadAlerts() {
        List<String> found = new ArrayList<>();
        for (String id : factsByLead.keySet()) {
            ScoreOracle score = scoreOracle(id);
            OracleEvent qualifiedBy = score.marketingQualifiedBy();
            found.addAll(new LeadAlertOracle(
                            config,
                            input,
                            asOfMillis,
                            id,
                            leadOracle(id),
                            dealsOf(id),
                            millis -> score.at(millis).band().equals("hot"),
                            qualifiedBy == null ? null : qualifiedBy.timeMillis())
                    .all());
            found.addAll(new FallOffOracle(
                            config,
                            asOfMillis,
                            id,
                            factsByLead.get(id).stream()
                                    .sorted(OracleEvent.ORDER)
                                    .toList(),
                            leadOracle(id),
                            dealsOf(id),
                            score)
                    .all());
        }
        found.sort(null);
        return found;
    }

    /** What a lead did by itself, by act how often in 24 hours, 7 days, 30 days and in all, and when last. */
    public Map<String, String> behaviour(String lead) {
        return new BehaviourOracle(factsByLead.get(lead), asOfMillis).acts();
    }

    /** How often a lead answered, and the hour at which it usually does; {@code -} below three answers. */
    public String answers(String lead) {
        return new BehaviourOracle(factsByLead.get(lead), asOfMillis).answers(config.zone());
    }

    private static void add(Map<String, OracleResults.Alert> found, OracleResults.Alert alert) {
        if (alert != null) {
            found.put(alert.key().toString(), alert);
        }
    }

    /** Leads that stand under another, with that. */
    public Map<String, String> merged() {
        return merged;
    }

    /** Whether a lead is deleted. */
    public boolean isDeleted(String lead) {
        return merges.isDeleted(lead);
    }

    /** Ids of all leads that something is known of. */
    public List<String> leads() {
        return List.copyOf(factsByLead.keySet());
    }

    /** A lead's score at a time, as known at the end. */
    public OracleResults.Score scoreAt(String lead, Instant at) {
        return scoreOracle(lead).at(at.toEpochMilli());
    }

    /** A lead's score at as-of. */
    public OracleResults.Score score(String lead) {
        return scoreOracle(lead).at(asOfMillis);
    }

    /** A lead's ledger by {@link OracleResults.LedgerEntry#key()}: the facts that count. */
    public Map<String, OracleResults.LedgerEntry> ledger(String lead) {
        Map<String, OracleResults.LedgerEntry> ledger = new TreeMap<>();
        scoreOracle(lead).ledger().forEach(entry -> ledger.put(entry.key(), entry));
        return ledger;
    }

    /** The rest of what is known of a lead. */
    public OracleResults.Lead lead(String id) {
        LeadOracle lead = leadOracle(id);
        OracleEvent qualifiedBy = scoreOracle(id).marketingQualifiedBy();
        OracleEvent lastContact = lead.lastContact();
        String stage = lead.stageAt(asOfMillis);
        Long stageSinceMillis = lead.stays().stream()
                .filter(stay -> stay.leftMillis() == null)
                .map(OracleDeal.Stay::enteredMillis)
                .findFirst()
                .orElse(null);
        return new OracleResults.Lead(
                lead.createdMillis(),
                qualifiedBy == null ? null : qualifiedBy.timeMillis(),
                qualifiedBy == null ? null : qualifiedBy.key(),
                lead.salesQualifiedMillis(),
                lead.firstContactMillis(),
                lastContact == null ? null : lastContact.timeMillis(),
                lastContact == null ? null : lastContact.kind(),
                lastContact == null ? null : LeadOracle.isTwoWay(lastContact),
                stage,
                stageSinceMillis,
                OracleDeal.ownerAt(lead.owners(), asOfMillis),
                deals(id).won() > 0 ? "customer" : lead.statusAt(asOfMillis));
    }

    /** How a lead ended, see {@link OutcomeOracle}; null while it has not, and of a deleted one. */
    public String outcome(String lead) {
        return merges.isDeleted(lead)
                ? null
                : new OutcomeOracle(factsByLead.get(lead), dealsOf(lead), input).at(asOfMillis);
    }

    /** A lead's deals together. */
    public OracleResults.LeadDeals deals(String lead) {
        List<OracleDeal> all = dealsOf(lead);
        List<OracleDeal> open = all.stream()
                .filter(deal -> deal.wonMillis() == null && deal.lostMillis() == null)
                .toList();
        return new OracleResults.LeadDeals(
                open.size(),
                open.stream().mapToLong(OracleDeal::amountMinor).sum(),
                all.stream().filter(deal -> deal.wonMillis() != null).count(),
                all.stream().filter(deal -> deal.lostMillis() != null).count());
    }

    /** Whose each behaviour is, by idempotency key ({@link OracleEvent#key()}); empty where it is nobody's. */
    public Map<String, Optional<String>> leadByBehaviour() {
        return leadByBehaviour;
    }

    /** Fates of all event lines; behaviour that is nobody's is held, not counted. */
    public OracleResults.Fates fates() {
        long held = leadByBehaviour.values().stream().filter(Optional::isEmpty).count();
        return new OracleResults.Fates(
                count(OracleInput.Fate.COUNTED) - held,
                count(OracleInput.Fate.DUPLICATE),
                count(OracleInput.Fate.SUPERSEDED),
                held,
                count(OracleInput.Fate.FUTURE));
    }

    private long count(OracleInput.Fate fate) {
        return input.fates().values().stream().filter(fate::equals).count();
    }

    /** Numbers of the lines, from 0, with the fate by name: COUNTED, DUPLICATE, SUPERSEDED, FUTURE. */
    public Map<Integer, String> fateByLine() {
        Map<Integer, String> fates = new TreeMap<>();
        input.fates().forEach((line, fate) -> fates.put(line, fate.name()));
        return fates;
    }

    /** The records that count, for other tests of this package. */
    OracleInput input() {
        return input;
    }

    /** Deals that were not deleted. */
    List<OracleDeal> allDeals() {
        return deals;
    }

    /** Under which lead it stands, whose a record was said to be; empty while nobody knows. */
    Optional<String> leadOf(OracleEvent event) {
        Optional<String> lead = event.isWeb() ? leadByBehaviour.get(event.key()) : Optional.ofNullable(event.lead());
        return lead.map(merges::rootOf);
    }

    /** Whether a record still says something: no deletion withdrew it, and it is not about the record of a lead. */
    boolean stands(OracleEvent event) {
        return event.isDeal() || leadOf(event).isEmpty() || standingLines.contains(event.line());
    }

    /** Owners of a lead from a time on. */
    List<OracleDeal.Owner> ownersOf(String lead) {
        return leadOracle(lead).owners();
    }

    /** Stays of a lead in its own stages, in order. */
    List<OracleDeal.Stay> staysOf(String lead) {
        return leadOracle(lead).stays();
    }

    private LeadOracle leadOracle(String lead) {
        return new LeadOracle(factsByLead.get(lead), dealsOf(lead));
    }

    private ScoreOracle scoreOracle(String lead) {
        return new ScoreOracle(config, factsByLead.get(lead));
    }

    private List<OracleDeal> dealsOf(String lead) {
        return dealsByLead.getOrDefault(lead, List.of());
    }
}
