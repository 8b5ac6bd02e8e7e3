package io.leadpulse.serving.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.measure.Measure;
import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.MinorUnits;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.Decoded;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.RawRecord;
import io.leadpulse.schemas.event.SalesEvent;
import io.leadpulse.schemas.result.AlertRecord;
import io.leadpulse.schemas.result.DeadLetterRecord;
import io.leadpulse.schemas.result.DwellRecord;
import io.leadpulse.schemas.result.Keys;
import io.leadpulse.schemas.result.LeadProfile;
import io.leadpulse.schemas.result.LedgerRecord;
import io.leadpulse.schemas.result.ProgressRecord;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.schemas.result.RollupRecord;
import io.leadpulse.serving.read.ResultUpdate;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns a batch of results into rows: of each key the last counts, except that changes are told from one result to the
 * next, so that they do not depend on how results fall into batches.
 *
 * <p>A <b>change of band</b> is told when a lead's profile has another band than the profile before it. The first
 * profile of a lead that was never seen is compared with cold, which every lead is before its first event; where the
 * tables may merely not have held the lead yet, nothing is told.
 *
 * <p>A <b>correction</b> is told when a result gives a sum of {@link #CORRECTED} for a day that lies before the day, in
 * the company's zone, on which the result was true, and the sum is another than before (0 when the day was never said).
 * It is told only live, so that a history that is being loaded or caught up with restates nothing: the result was
 * written after the engine had first read all events and said what follows ({@link Said#liveSinceMillis}; partitions of a
 * history are not read in step, so days come in pieces), and within {@link #LIVE} of the time for which it is true. Where the sum was never
 * said, it is told only if the tables have held everything before.
 */
final class ResultRows {
    /** Sums that a person remembers of a past day. What shrinks or grows by itself (deals due, sold within 90 days) is not. */
    static final Set<String> CORRECTED = Set.of(
            Measure.WON_AMOUNT.wireName(),
            Measure.WON_COUNT.wireName(),
            Measure.LOST_COUNT.wireName(),
            Measure.OPENED_COUNT.wireName(),
            Measure.LEADS_CREATED.wireName(),
            Measure.LEADS_MARKETING_QUALIFIED.wireName(),
            Measure.LEADS_ACCEPTED.wireName(),
            Measure.LEADS_SALES_QUALIFIED.wireName());

    static final Duration LIVE = Duration.ofHours(1);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLD = "cold";
    /** Stands for the band of a lead that has nothing any more. */
    static final String GONE = "gone";

    /** Something that happened: it is never open. */
    private static final String MILESTONE = "milestone";

    private static final Map<EventKind, String> ANNOTATIONS = Map.of(
            EventKind.CAMPAIGN_STARTED, "Campaign started: ",
            EventKind.PROCESS_CHANGED, "Process changed: ");
    private static final Set<String> HISTOGRAMS = histograms();

    private final ResultCodecs codecs;
    private final EventDecoder decoder;
    private final ZoneId zone;
    private final Said said;

    private final Rows rows = new Rows();
    private final Map<String, String> bands = new HashMap<>();
    private final Map<RollupRecord, Long> sums = new HashMap<>();
    private final Map<String, List<Object[]>> deals = new LinkedHashMap<>();
    private final Map<List<String>, List<Object[]>> goals = new LinkedHashMap<>();
    private final Set<String> leadsWithAllDeals = new TreeSet<>();

    /**
     * @param codecs of the company's currency
     * @param decoder reads events of the company
     * @param zone the company's
     * @param said what the tables say before the batch
     */
    ResultRows(ResultCodecs codecs, EventDecoder decoder, ZoneId zone, Said said) {
        this.codecs = codecs;
        this.decoder = decoder;
        this.zone = zone;
        this.said = said;
    }

    /**
     * Takes the next record.
     *
     * @throws IllegalArgumentException if it is not what its topic holds
     */
    void add(ResultUpdate update) throws SQLException {
        switch (update.topic()) {
            case Topics.PROFILES -> profile(update);
            case Topics.LEDGER -> ledger(update);
            case Topics.ALERTS -> alert(update);
            case Topics.ROLLUPS -> rollup(update);
            case Topics.PROGRESS -> progress(update);
            case Topics.DWELL -> dwell(update);
            case Topics.DEAD_LETTERS -> deadLetter(update);
            case Topics.COMPANY_EVENTS -> companyEvent(update);
            default -> throw new IllegalArgumentException("topic " + update.topic() + " has no table");
        }
    }

    /** All rows; nothing is added afterwards. */
    Rows rows() {
        deals.values().forEach(each -> each.forEach(row -> rows.put(Table.DEAL, row)));
        goals.values().forEach(each -> each.forEach(row -> rows.put(Table.PROGRESS_GOAL, row)));
        return rows;
    }

    /** Leads of which the rows name every deal; what else the table has of them is no more. */
    Set<String> leadsWithAllDeals() {
        return leadsWithAllDeals;
    }

    private void profile(ResultUpdate update) {
        String lead = key(update);
        if (update.value() == null) {
            rows.remove(Table.LEAD, lead);
            rows.remove(Table.CLOSED_LEAD, lead);
            rows.remove(Table.LEAD_CANDIDATE, lead);
            deals.remove(lead);
            leadsWithAllDeals.add(lead);
            bands.put(lead, null);
            return;
        }
        LeadProfile profile = codecs.profiles().decode(update.value());
        if (isGone(profile)) {
            gone(profile);
            return;
        }
        if (GONE.equals(bandOf(lead))) {
            rows.remove(Table.LEAD_GONE, lead);
        }
        bandChange(profile);
        LeadProfile.Score score = profile.score();
        LeadProfile.Milestones milestones = profile.milestones();
        LeadProfile.Contacts contacts = profile.contacts();
        LeadProfile.Work work = profile.work();
        LeadProfile.Deals sums = profile.deals();
        LeadProfile.Touches touches = profile.touches();
        rows.put(
                Table.LEAD,
                profile.lead(),
                profile.owner(),
                work.team(),
                work.product(),
                profile.status(),
                profile.direction(),
                score.band(),
                score.score(),
                score.rawScore(),
                score.fit(),
                score.interest(),
                score.momentum24h(),
                score.momentum7d(),
                profile.stage(),
                time(profile.stageSinceMillis()),
                time(milestones.createdMillis()),
                time(milestones.marketingQualifiedMillis()),
                milestones.marketingQualifiedBy(),
                time(milestones.acceptedMillis()),
                time(milestones.rejectedMillis()),
                milestones.rejectedReason(),
                time(milestones.salesQualifiedMillis()),
                time(work.handRaisedMillis()),
                time(work.unassignedSinceMillis()),
                time(contacts.firstContactMillis()),
                contacts.firstContactBusinessSeconds(),
                time(contacts.lastContactMillis()),
                contacts.lastContactKind(),
                contacts.lastContactTwoWay(),
                time(contacts.nextPlannedMillis()),
                contacts.nextPlannedKind(),
                time(contacts.replyOwedSinceMillis()),
                work.nextStep(),
                touches.firstCampaign(),
                touches.firstChannel(),
                touches.lastCampaign(),
                touches.lastChannel(),
                touches.landingPage(),
                touches.firstForm(),
                touches.firstAsset(),
                sums.open(),
                sums.openAmountMinor(),
                sums.won(),
                sums.wonAmountMinor(),
                sums.lost(),
                profile.behaviour().answerHour(),
                profile.organisation(),
                time(profile.asOfMillis()),
                json(update.value()));
        closed(profile, update.value());
        candidate(profile);
        deals.put(profile.lead(), deals(profile));
        if (profile.dealList().size() < LeadProfile.MAX_DEALS) {
            leadsWithAllDeals.add(profile.lead());
        } else {
            leadsWithAllDeals.remove(profile.lead());
        }
    }

    /** Whether a lead has nothing any more: it stands under another, or it is deleted and no deal is left of it. */
    private static boolean isGone(LeadProfile profile) {
        boolean isEmpty = profile.milestones().createdMillis() == null
                && profile.dealList().isEmpty();
        return profile.identity().mergedInto() != null || (profile.identity().deletedMillis() != null && isEmpty);
    }

    private void gone(LeadProfile profile) {
        String lead = profile.lead();
        rows.remove(Table.LEAD, lead);
        rows.remove(Table.CLOSED_LEAD, lead);
        rows.remove(Table.LEAD_CANDIDATE, lead);
        deals.remove(lead);
        leadsWithAllDeals.add(lead);
        rows.put(
                Table.LEAD_GONE,
                lead,
                profile.identity().mergedInto(),
                time(profile.identity().deletedMillis()),
                time(profile.asOfMillis()));
        bands.put(lead, GONE);
    }

    private String bandOf(String lead) {
        return bands.containsKey(lead) ? bands.get(lead) : said.band(lead);
    }

    private void closed(LeadProfile profile, byte[] value) {
        LeadProfile.Outcome outcome = profile.outcome();
        if (outcome == null) {
            rows.remove(Table.CLOSED_LEAD, profile.lead());
            return;
        }
        JsonNode document = tree(value);
        rows.put(
                Table.CLOSED_LEAD,
                profile.lead(),
                outcome.won(),
                time(outcome.closedMillis()),
                outcome.stageBefore(),
                outcome.qualifiedBand(),
                outcome.earlyScore(),
                profile.owner(),
                profile.work().team(),
                profile.traits().isEmpty() ? "{}" : json(document.path("traits")),
                json(document.path("outcome").path("passed")));
    }

    private void candidate(LeadProfile profile) {
        LeadProfile.Candidate candidate = profile.candidate();
        if (candidate == null) {
            rows.remove(Table.LEAD_CANDIDATE, profile.lead());
        } else {
            rows.put(
                    Table.LEAD_CANDIDATE,
                    profile.lead(),
                    candidate.version(),
                    candidate.score(),
                    candidate.band(),
                    time(candidate.marketingQualifiedMillis()));
        }
    }

    private static List<Object[]> deals(LeadProfile profile) {
        List<Object[]> listed = new ArrayList<>();
        for (LeadProfile.DealState deal : profile.dealList()) {
            LeadProfile.Conversion told = deal.conversion();
            listed.add(new Object[] {
                profile.lead(),
                deal.deal(),
                deal.state(),
                deal.stage(),
                time(deal.stageSinceMillis()),
                time(deal.stageDueMillis()),
                deal.stageLimit(),
                deal.owner(),
                deal.team(),
                deal.product(),
                deal.amountMinor(),
                time(deal.openedMillis()),
                time(deal.closedMillis()),
                deal.expectedCloseEpochDay() == null ? null : LocalDate.ofEpochDay(deal.expectedCloseEpochDay()),
                deal.expectedCloseMoves(),
                deal.reason(),
                time(deal.lastChangeMillis()),
                told == null ? null : BigDecimal.valueOf(told.amountMinor(), MinorUnits.digits(told.currency())),
                told == null ? null : told.currency(),
                told == null ? null : new BigDecimal(told.rate()),
                told == null ? null : LocalDate.ofEpochDay(told.rateEpochDay()),
                time(profile.asOfMillis())
            });
        }
        return listed;
    }

    private void bandChange(LeadProfile profile) {
        String lead = profile.lead();
        String before = bandOf(lead);
        if (before == null && said.isComplete()) {
            before = COLD;
        }
        String now = profile.score().band();
        // One that is on its own again did not change its band by that.
        if (before != null && !before.equals(GONE) && !before.equals(now)) {
            rows.put(Table.BAND_CHANGE, lead, time(profile.asOfMillis()), now, before, profile.owner(), null);
        }
        bands.put(lead, now);
    }

    private void ledger(ResultUpdate update) {
        if (update.value() == null) {
            rows.remove(Table.LEDGER, keys(update, Table.LEDGER.keyColumns()));
            return;
        }
        LedgerRecord entry = codecs.ledger().decode(update.value());
        rows.put(
                Table.LEDGER,
                entry.lead(),
                Hash64.hex(entry.factId()),
                entry.rule(),
                entry.event(),
                time(entry.timeMillis()),
                entry.ruleVersion(),
                entry.group(),
                entry.points(),
                entry.product(),
                entry.withdrawn(),
                time(entry.asOfMillis()));
    }

    private void alert(ResultUpdate update) {
        if (update.value() == null) {
            rows.remove(Table.ALERT, key(update));
            return;
        }
        AlertRecord alert = codecs.alerts().decode(update.value());
        JsonNode document = tree(update.value());
        boolean ended = alert.state().equals("resolved") || alert.state().equals("withdrawn");
        String snoozedUntil = alert.details().get("snoozed_until");
        Long raised = first(alert, "raised");
        rows.put(
                Table.ALERT,
                alert.alert(),
                alert.cause(),
                alert.scope(),
                alert.lead(),
                alert.deal(),
                alert.owner(),
                null,
                alert.stage(),
                time(alert.sinceMillis()),
                alert.limit(),
                alert.state(),
                alert.severity(),
                time(raised == null ? alert.sinceMillis() : raised),
                time(first(alert, "escalated")),
                snoozedUntil,
                time(last(alert, "handled")),
                ended ? time(last(alert, alert.state())) : null,
                !ended && !alert.cause().equals(MILESTONE),
                json(document.path("details")),
                json(document.path("transitions")),
                time(alert.asOfMillis()));
    }

    private static Long first(AlertRecord alert, String state) {
        for (AlertRecord.Transition each : alert.transitions()) {
            if (each.state().equals(state)) {
                return each.timeMillis();
            }
        }
        return null;
    }

    private static Long last(AlertRecord alert, String state) {
        Long last = null;
        for (AlertRecord.Transition each : alert.transitions()) {
            last = each.state().equals(state) ? (Long) each.timeMillis() : last;
        }
        return last;
    }

    private void rollup(ResultUpdate update) throws SQLException {
        if (update.value() == null) {
            List<String> key = Keys.split(key(update), Table.ROLLUP_DAY.keyColumns());
            String scope = key.get(0);
            String measure = key.get(1);
            String dimension = key.get(2);
            String pane = key.get(3);
            if (isWithoutDay(pane)) {
                rows.remove(Table.ROLLUP_NOW, scope, measure, dimension, pane);
            } else if (isSlot(pane)) {
                rows.remove(Table.ROLLUP_SLOT, scope, measure, pane);
            } else if (HISTOGRAMS.contains(measure)) {
                rows.remove(Table.ROLLUP_BUCKET, scope, measure, divided(dimension), day(pane), bucket(dimension));
            } else {
                rows.remove(Table.ROLLUP_DAY, scope, measure, dimension, day(pane));
            }
            return;
        }
        RollupRecord sum = codecs.rollups().decode(update.value());
        String unit = sum.unit().wireName();
        String asOf = time(sum.asOfMillis());
        if (isWithoutDay(sum.pane())) {
            rows.put(
                    Table.ROLLUP_NOW, sum.scope(), sum.measure(), sum.dimension(), sum.pane(), unit, sum.value(), asOf);
        } else if (isSlot(sum.pane())) {
            rows.put(Table.ROLLUP_SLOT, sum.scope(), sum.measure(), sum.pane(), sum.value(), asOf);
        } else if (HISTOGRAMS.contains(sum.measure())) {
            rows.put(
                    Table.ROLLUP_BUCKET,
                    sum.scope(),
                    sum.measure(),
                    divided(sum.dimension()),
                    day(sum.pane()),
                    bucket(sum.dimension()),
                    unit,
                    sum.value(),
                    asOf);
        } else {
            correction(update, sum);
            rows.put(
                    Table.ROLLUP_DAY,
                    sum.scope(),
                    sum.measure(),
                    sum.dimension(),
                    day(sum.pane()),
                    unit,
                    sum.value(),
                    asOf);
        }
    }

    private void correction(ResultUpdate update, RollupRecord sum) throws SQLException {
        if (!CORRECTED.contains(sum.measure()) || !sum.dimension().isEmpty()) {
            return;
        }
        LocalDate day = day(sum.pane());
        RollupRecord key = new RollupRecord(sum.scope(), sum.measure(), sum.dimension(), sum.pane(), sum.unit(), 0, 0);
        LocalDate today = Instant.ofEpochMilli(sum.asOfMillis()).atZone(zone).toLocalDate();
        boolean live = update.appendMillis() >= said.liveSinceMillis()
                && Math.abs(update.appendMillis() - sum.asOfMillis()) <= LIVE.toMillis();
        if (live && day.isBefore(today)) {
            Long before = sums.containsKey(key) ? sums.get(key) : said.sum(sum.scope(), sum.measure(), day);
            if (before == null && said.isComplete()) {
                before = 0L;
            }
            if (before != null && before != sum.value()) {
                rows.put(
                        Table.CORRECTION,
                        update.topic() + '/' + update.partition().partition() + '/' + update.offset(),
                        time(sum.asOfMillis()),
                        sum.scope(),
                        sum.measure(),
                        day,
                        before,
                        sum.value(),
                        sum.unit().wireName(),
                        sum.value() > before ? "came in afterwards" : "lowered or taken back afterwards");
            }
        }
        sums.put(key, sum.value());
    }

    private void progress(ResultUpdate update) {
        if (update.value() == null) {
            Object[] key = keys(update, Table.PROGRESS.keyColumns());
            rows.remove(Table.PROGRESS, key);
            goals.remove(List.of((String) key[0], (String) key[1], (String) key[2]));
            return;
        }
        ProgressRecord progress = codecs.progress().decode(update.value());
        ProgressRecord.Sales sales = progress.sales();
        String asOf = time(progress.asOfMillis());
        rows.put(
                Table.PROGRESS,
                progress.scope(),
                progress.periodKind(),
                progress.period(),
                progress.label(),
                time(progress.startMillis()),
                time(progress.endMillis()),
                sales.wonAmountMinor(),
                sales.wonCount(),
                sales.lostCount(),
                sales.openedCount(),
                sales.cycleCount(),
                sales.cycleSumMillis(),
                sales.cycleMedianDays(),
                asOf);
        List<Object[]> given = new ArrayList<>();
        for (ProgressRecord.Goal goal : progress.goals()) {
            given.add(new Object[] {
                progress.scope(),
                progress.periodKind(),
                progress.period(),
                goal.measure(),
                goal.unit().wireName(),
                goal.goal(),
                goal.achieved(),
                goal.attainment(),
                goal.expectedShare(),
                goal.isLinear(),
                goal.expected(),
                goal.ahead(),
                goal.paceIndex(),
                goal.projection(),
                goal.requiredPerDay(),
                goal.businessDaysLeft(),
                goal.dealsNeeded(),
                goal.opportunitiesNeeded(),
                goal.openOpportunities(),
                goal.leadsNeeded(),
                asOf
            });
        }
        goals.put(List.of(progress.scope(), progress.periodKind(), progress.period()), given);
    }

    private void dwell(ResultUpdate update) {
        if (update.value() == null) {
            rows.remove(Table.DWELL, keys(update, Table.DWELL.keyColumns()));
            return;
        }
        DwellRecord dwell = codecs.dwell().decode(update.value());
        rows.put(
                Table.DWELL,
                dwell.scope(),
                dwell.stage(),
                dwell.count(),
                dwell.sumMillis(),
                dwell.medianDays(),
                dwell.percentile90Days(),
                time(dwell.asOfMillis()));
    }

    private void deadLetter(ResultUpdate update) {
        DeadLetterRecord letter =
                DeadLetterRecord.ofKafka(update.key(), update.value(), update.headers(), update.appendMillis());
        rows.put(
                Table.DEAD_LETTER,
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.reason(),
                letter.message(),
                time(letter.asOfMillis()));
    }

    /** An event that is refused is the engine's to make a dead letter of; here it has no effect. */
    private void companyEvent(ResultUpdate update) {
        Decoded decoded = decoder.decode(new RawRecord(
                update.topic(),
                update.partition().partition(),
                update.offset(),
                update.appendMillis(),
                update.key(),
                update.value(),
                List.of()));
        SalesEvent event = decoded.event();
        if (event == null || !ANNOTATIONS.containsKey(event.kind())) {
            return;
        }
        String campaign = event.kind() == EventKind.CAMPAIGN_STARTED ? event.subject() : event.campaign();
        Object[] row = {
            event.event(),
            event.version(),
            time(event.timeMillis()),
            event.kind().wireName(),
            ANNOTATIONS.get(event.kind())
                    + event.subject()
                    + (event.reason() == null ? "" : " (" + event.reason() + ")"),
            event.product(),
            campaign,
            rate(update, event)
        };
        for (Object[] known : rows.present(Table.ANNOTATION)) {
            if (known[0].equals(event.event()) && (long) known[1] > event.version()) {
                return;
            }
        }
        rows.put(Table.ANNOTATION, row);
    }

    /** Only boards ask for it, so the engine does not carry it: it is read from the record itself. */
    private static String rate(ResultUpdate update, SalesEvent event) {
        String rate = event.kind() == EventKind.PROCESS_CHANGED
                ? tree(update.value()).path("rate").asText("")
                : "";
        return rate.isBlank() ? null : rate;
    }

    private static Set<String> histograms() {
        Set<String> names = new TreeSet<>();
        for (Measure measure : Measure.values()) {
            if (measure.pane() == Measure.Pane.DAY_HISTOGRAM) {
                names.add(measure.wireName());
            }
        }
        return Set.copyOf(names);
    }

    private static boolean isWithoutDay(String pane) {
        return pane.equals(RollupRecord.NOW) || pane.equals(RollupRecord.TOTAL);
    }

    private static boolean isSlot(String pane) {
        return pane.indexOf('T') >= 0;
    }

    private static LocalDate day(String pane) {
        return LocalDate.parse(pane);
    }

    /** The bucket, which stands behind what a histogram is divided by: {@code offer/812}, or alone. */
    private static int bucket(String dimension) {
        return Integer.parseInt(dimension.substring(dimension.lastIndexOf('/') + 1));
    }

    private static String divided(String dimension) {
        int slash = dimension.lastIndexOf('/');
        return slash < 0 ? "" : dimension.substring(0, slash);
    }

    private static String key(ResultUpdate update) {
        if (update.key() == null) {
            throw new IllegalArgumentException("a record of " + update.topic() + " has no key");
        }
        return new String(update.key(), StandardCharsets.UTF_8);
    }

    private static Object[] keys(ResultUpdate update, int count) {
        return Keys.split(key(update), count).toArray();
    }

    private static String time(Long millis) {
        return millis == null ? null : Rfc3339.text(millis);
    }

    private static String json(byte[] utf8) {
        return CopyText.json(new String(utf8, StandardCharsets.UTF_8));
    }

    private static String json(JsonNode node) {
        return CopyText.json(node.toString());
    }

    private static JsonNode tree(byte[] utf8) {
        try {
            return JSON.readTree(new String(utf8, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a result must be a JSON object", e);
        }
    }
}
