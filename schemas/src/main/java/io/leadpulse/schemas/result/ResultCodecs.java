package io.leadpulse.schemas.result;

import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.MinorUnits;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.RawHeader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The JSON codecs of all result topics: snake_case names in a fixed order, money as decimal strings beside its currency,
 * times in UTC with milliseconds, what has no value as null, {@code as_of} last.
 */
public final class ResultCodecs {
    private static final double MILLIS_PER_DAY = 86_400_000;

    private final String currency;
    private final int minorDigits;

    /**
     * Codecs of a company.
     *
     * @param currency the company's currency, ISO 4217
     * @throws IllegalArgumentException if there is no such currency with minor units
     */
    public ResultCodecs(String currency) {
        this.currency = currency;
        this.minorDigits = MinorUnits.digits(currency);
    }

    /** Codec of {@code lead.profiles.v1}. */
    public ResultCodec<LeadProfile> profiles() {
        return new JsonCodec<>(
                Topics.PROFILES,
                LeadProfile::lead,
                ResultCodecs::writeProfile,
                ResultCodecs::readProfile,
                LeadProfile::asOfMillis);
    }

    /** Codec of {@code lead.ledger.v1}. */
    public ResultCodec<LedgerRecord> ledger() {
        return new JsonCodec<>(
                Topics.LEDGER,
                entry -> Keys.join(entry.lead(), Hash64.hex(entry.factId()), entry.rule()),
                ResultCodecs::writeLedger,
                ResultCodecs::readLedger,
                LedgerRecord::asOfMillis);
    }

    /** Codec of {@code lead.alerts.v1}. */
    public ResultCodec<AlertRecord> alerts() {
        return new JsonCodec<>(
                Topics.ALERTS,
                AlertRecord::alert,
                ResultCodecs::writeAlert,
                ResultCodecs::readAlert,
                AlertRecord::asOfMillis);
    }

    /** Codec of {@code sales.rollups.v1}. */
    public ResultCodec<RollupRecord> rollups() {
        return new JsonCodec<>(
                Topics.ROLLUPS,
                sum -> Keys.join(sum.scope(), sum.measure(), sum.dimension(), sum.pane()),
                ResultCodecs::writeRollup,
                ResultCodecs::readRollup,
                RollupRecord::asOfMillis);
    }

    /** Codec of {@code sales.progress.v1}. */
    public ResultCodec<ProgressRecord> progress() {
        return new JsonCodec<>(
                Topics.PROGRESS,
                progress -> Keys.join(progress.scope(), progress.periodKind(), progress.period()),
                ResultCodecs::writeProgress,
                ResultCodecs::readProgress,
                ProgressRecord::asOfMillis);
    }

    /** Codec of {@code stage.dwell.v1}. */
    public ResultCodec<DwellRecord> dwell() {
        return new JsonCodec<>(
                Topics.DWELL,
                dwell -> Keys.join(dwell.scope(), dwell.stage()),
                ResultCodecs::writeDwell,
                ResultCodecs::readDwell,
                DwellRecord::asOfMillis);
    }

    /** Codec of {@code dead.letters.v1}, as it stands in files. */
    public ResultCodec<DeadLetterRecord> deadLetters() {
        return new JsonCodec<>(
                Topics.DEAD_LETTERS,
                DeadLetterRecord::id,
                ResultCodecs::writeDeadLetter,
                ResultCodecs::readDeadLetter,
                DeadLetterRecord::asOfMillis);
    }

    /** Codec of {@code engine.conservation.v1}. */
    public ResultCodec<ConservationRecord> conservation() {
        return new JsonCodec<>(
                Topics.CONSERVATION,
                balance -> "engine",
                ResultCodecs::writeConservation,
                ResultCodecs::readConservation,
                ConservationRecord::asOfMillis);
    }

    private static void writeProfile(LeadProfile profile, ResultWriter out) {
        LeadProfile.Score score = profile.score();
        LeadProfile.Milestones milestones = profile.milestones();
        LeadProfile.Contacts contacts = profile.contacts();
        LeadProfile.Deals deals = profile.deals();
        LeadProfile.Touches touches = profile.touches();
        LeadProfile.Work work = profile.work();
        out.text("lead", profile.lead())
                .text("owner", profile.owner())
                .text("status", profile.status())
                .text("direction", profile.direction())
                .decimal("score", score.score())
                .decimal("raw_score", score.rawScore())
                .text("band", score.band())
                .decimal("fit", score.fit())
                .decimal("interest", score.interest())
                .list("groups", score.groups(), ResultCodecs::writeGroup)
                .decimal("momentum_24h", score.momentum24h())
                .decimal("momentum_7d", score.momentum7d())
                .time("created_at", milestones.createdMillis())
                .time("marketing_qualified_at", milestones.marketingQualifiedMillis())
                .text("marketing_qualified_by", milestones.marketingQualifiedBy())
                .time("accepted_at", milestones.acceptedMillis())
                .time("rejected_at", milestones.rejectedMillis())
                .text("rejected_reason", milestones.rejectedReason())
                .time("sales_qualified_at", milestones.salesQualifiedMillis())
                .time("first_contact_at", contacts.firstContactMillis())
                .number("first_contact_business_seconds", contacts.firstContactBusinessSeconds())
                .time("last_contact_at", contacts.lastContactMillis())
                .text("last_contact_kind", contacts.lastContactKind())
                .flag("last_contact_two_way", contacts.lastContactTwoWay())
                .time("next_planned_at", contacts.nextPlannedMillis())
                .text("next_planned_kind", contacts.nextPlannedKind())
                .time("reply_owed_since", contacts.replyOwedSinceMillis())
                .text("stage", profile.stage())
                .time("stage_since", profile.stageSinceMillis())
                .number("open_deals", deals.open())
                .money("open_amount", deals.openAmountMinor())
                .number("won_deals", deals.won())
                .money("won_amount", deals.wonAmountMinor())
                .number("lost_deals", deals.lost())
                .currency()
                .text("first_campaign", touches.firstCampaign())
                .text("first_channel", touches.firstChannel())
                .text("last_campaign", touches.lastCampaign())
                .text("last_channel", touches.lastChannel())
                .text("landing_page", touches.landingPage())
                .text("first_form", touches.firstForm())
                .text("first_asset", touches.firstAsset())
                .text("team", work.team())
                .text("product", work.product())
                .time("hand_raised_at", work.handRaisedMillis())
                .time("unassigned_since", work.unassignedSinceMillis())
                .text("next_step", work.nextStep())
                .list("deal_list", profile.dealList(), ResultCodecs::writeDeal);
        LeadProfile.Behaviour behaviour = profile.behaviour();
        out.list("behaviour", behaviour.acts(), ResultCodecs::writeAct)
                .list("journey", behaviour.journey(), ResultCodecs::writeStep)
                .number("journey_earlier", behaviour.journeyEarlier())
                .list("product_interest", behaviour.products(), (each, into) -> into.text("product", each.product())
                        .decimal("points", each.points()))
                .number("answers", behaviour.answers())
                .number("answer_hour", behaviour.answerHour())
                .date("project_end", behaviour.projectEndEpochDay())
                .text("organisation", profile.organisation());
        LeadProfile.Identity identity = profile.identity();
        if (!identity.equals(LeadProfile.Identity.ONE)) {
            out.object("identity", told -> told.text("merged_into", identity.mergedInto())
                    .list("merged", identity.merged(), (lead, each) -> each.text("lead", lead))
                    .time("deleted_at", identity.deletedMillis()));
        }
        if (!profile.traits().isEmpty()) {
            out.texts("traits", profile.traits());
        }
        if (profile.outcome() != null) {
            out.object("outcome", into -> writeOutcome(profile.outcome(), into));
        }
        if (profile.candidate() != null) {
            out.object("candidate", into -> writeCandidate(profile.candidate(), into));
        }
    }

    private static LeadProfile.Identity readIdentity(ResultReader in) {
        return in == null
                ? LeadProfile.Identity.ONE
                : new LeadProfile.Identity(
                        in.text("merged_into"),
                        in.list("merged", each -> each.required("lead", each.text("lead"))),
                        in.time("deleted_at"));
    }

    private static void writeAct(LeadProfile.ActCount count, ResultWriter out) {
        out.text("act", count.act())
                .number("last_24h", count.last24h())
                .number("last_7d", count.last7d())
                .number("last_30d", count.last30d())
                .number("in_all", count.inAll())
                .time("latest_at", count.latestMillis());
    }

    private static LeadProfile.ActCount readAct(ResultReader in) {
        return new LeadProfile.ActCount(
                in.required("act", in.text("act")),
                in.required("last_24h", in.number("last_24h")),
                in.required("last_7d", in.number("last_7d")),
                in.required("last_30d", in.number("last_30d")),
                in.required("in_all", in.number("in_all")),
                in.required("latest_at", in.time("latest_at")));
    }

    private static void writeStep(LeadProfile.Step step, ResultWriter out) {
        out.time("at", step.atMillis())
                .text("type", step.type())
                .text("kind", step.kind())
                .text("about", step.about());
    }

    private static LeadProfile.Step readStep(ResultReader in) {
        return new LeadProfile.Step(
                in.required("at", in.time("at")),
                in.required("type", in.text("type")),
                in.required("kind", in.text("kind")),
                in.text("about"));
    }

    private static LeadProfile.Behaviour readBehaviour(ResultReader in) {
        return new LeadProfile.Behaviour(
                in.list("behaviour", ResultCodecs::readAct),
                in.list("journey", ResultCodecs::readStep),
                in.numberOr("journey_earlier", 0),
                in.list(
                        "product_interest",
                        each -> new LeadProfile.ProductPoints(
                                each.required("product", each.text("product")),
                                each.required("points", each.decimal("points")))),
                in.numberOr("answers", 0),
                in.number("answer_hour"),
                in.date("project_end"));
    }

    private static void writeOutcome(LeadProfile.Outcome outcome, ResultWriter out) {
        out.flag("won", outcome.won())
                .time("closed_at", outcome.closedMillis())
                .text("stage_before", outcome.stageBefore())
                .list("passed", outcome.passed(), ResultCodecs::writePassed)
                .text("qualified_band", outcome.qualifiedBand())
                .decimal("early_score", outcome.earlyScore());
    }

    private static void writePassed(LeadProfile.Passed passed, ResultWriter out) {
        out.text("stage", passed.stage())
                .flag("early", passed.early())
                .numbers("acts", passed.acts())
                .number("silence_millis", passed.silenceMillis());
    }

    private static LeadProfile.Outcome readOutcome(ResultReader in) {
        return in == null
                ? null
                : new LeadProfile.Outcome(
                        in.required("won", in.flag("won")),
                        in.required("closed_at", in.time("closed_at")),
                        in.text("stage_before"),
                        in.list("passed", ResultCodecs::readPassed),
                        in.text("qualified_band"),
                        in.decimal("early_score"));
    }

    private static LeadProfile.Passed readPassed(ResultReader in) {
        return new LeadProfile.Passed(
                in.required("stage", in.text("stage")),
                in.required("early", in.flag("early")),
                in.numbers("acts"),
                in.required("silence_millis", in.number("silence_millis")));
    }

    private static void writeCandidate(LeadProfile.Candidate candidate, ResultWriter out) {
        out.number("version", candidate.version())
                .decimal("score", candidate.score())
                .text("band", candidate.band())
                .time("marketing_qualified_at", candidate.marketingQualifiedMillis());
    }

    private static LeadProfile.Candidate readCandidate(ResultReader in) {
        return in == null
                ? null
                : new LeadProfile.Candidate(
                        in.required("version", in.number("version")),
                        in.required("score", in.decimal("score")),
                        in.required("band", in.text("band")),
                        in.time("marketing_qualified_at"));
    }

    private static LeadProfile readProfile(ResultReader in, long asOfMillis) {
        in.currency();
        return new LeadProfile(
                in.required("lead", in.text("lead")),
                in.text("owner"),
                in.required("status", in.text("status")),
                in.required("direction", in.text("direction")),
                new LeadProfile.Score(
                        in.required("score", in.decimal("score")),
                        in.required("raw_score", in.decimal("raw_score")),
                        in.required("band", in.text("band")),
                        in.required("fit", in.decimal("fit")),
                        in.required("interest", in.decimal("interest")),
                        in.list("groups", ResultCodecs::readGroup),
                        in.required("momentum_24h", in.decimal("momentum_24h")),
                        in.required("momentum_7d", in.decimal("momentum_7d"))),
                new LeadProfile.Milestones(
                        in.time("created_at"),
                        in.time("marketing_qualified_at"),
                        in.text("marketing_qualified_by"),
                        in.time("accepted_at"),
                        in.time("rejected_at"),
                        in.text("rejected_reason"),
                        in.time("sales_qualified_at")),
                new LeadProfile.Contacts(
                        in.time("first_contact_at"),
                        in.number("first_contact_business_seconds"),
                        in.time("last_contact_at"),
                        in.text("last_contact_kind"),
                        in.flag("last_contact_two_way"),
                        in.time("next_planned_at"),
                        in.text("next_planned_kind"),
                        in.time("reply_owed_since")),
                in.text("stage"),
                in.time("stage_since"),
                new LeadProfile.Deals(
                        in.required("open_deals", in.number("open_deals")),
                        in.required("open_amount", in.money("open_amount")),
                        in.required("won_deals", in.number("won_deals")),
                        in.required("won_amount", in.money("won_amount")),
                        in.required("lost_deals", in.number("lost_deals"))),
                new LeadProfile.Touches(
                        in.text("first_campaign"),
                        in.text("first_channel"),
                        in.text("last_campaign"),
                        in.text("last_channel"),
                        in.text("landing_page"),
                        in.text("first_form"),
                        in.text("first_asset")),
                new LeadProfile.Work(
                        in.text("team"),
                        in.text("product"),
                        in.time("hand_raised_at"),
                        in.time("unassigned_since"),
                        in.text("next_step")),
                in.list("deal_list", ResultCodecs::readDeal),
                readBehaviour(in),
                readIdentity(in.object("identity")),
                in.texts("traits"),
                readOutcome(in.object("outcome")),
                readCandidate(in.object("candidate")),
                in.text("organisation"),
                asOfMillis);
    }

    private static void writeDeal(LeadProfile.DealState deal, ResultWriter out) {
        out.text("deal", deal.deal())
                .text("state", deal.state())
                .text("stage", deal.stage())
                .time("stage_since", deal.stageSinceMillis())
                .time("stage_due", deal.stageDueMillis())
                .text("stage_limit", deal.stageLimit())
                .text("owner", deal.owner())
                .text("team", deal.team())
                .text("product", deal.product())
                .money("amount", deal.amountMinor())
                .time("opened_at", deal.openedMillis())
                .time("closed_at", deal.closedMillis())
                .date("expected_close", deal.expectedCloseEpochDay())
                .number("expected_close_moves", deal.expectedCloseMoves())
                .number("expected_close_moved_days", deal.expectedCloseMovedDays())
                .text("reason", deal.reason())
                .time("last_change_at", deal.lastChangeMillis());
        LeadProfile.Conversion conversion = deal.conversion();
        if (conversion != null) {
            out.object("conversion", told -> told.text(
                            "amount",
                            MinorUnits.text(conversion.amountMinor(), MinorUnits.digits(conversion.currency())))
                    .text("currency", conversion.currency())
                    .text("rate", conversion.rate())
                    .date("rate_from", conversion.rateEpochDay()));
        }
    }

    private static LeadProfile.Conversion readConversion(ResultReader in) {
        if (in == null) {
            return null;
        }
        String currency = in.required("currency", in.text("currency"));
        return new LeadProfile.Conversion(
                currency,
                in.required("amount", in.money("amount", MinorUnits.digits(currency))),
                in.required("rate", in.text("rate")),
                in.required("rate_from", in.date("rate_from")));
    }

    private static LeadProfile.DealState readDeal(ResultReader in) {
        return new LeadProfile.DealState(
                in.required("deal", in.text("deal")),
                in.required("state", in.text("state")),
                in.text("stage"),
                in.time("stage_since"),
                in.time("stage_due"),
                in.text("stage_limit"),
                in.text("owner"),
                in.text("team"),
                in.text("product"),
                in.money("amount"),
                in.required("opened_at", in.time("opened_at")),
                in.time("closed_at"),
                in.date("expected_close"),
                in.required("expected_close_moves", in.number("expected_close_moves")),
                in.numberOr("expected_close_moved_days", 0),
                in.text("reason"),
                in.required("last_change_at", in.time("last_change_at")),
                readConversion(in.object("conversion")));
    }

    private static void writeGroup(GroupPoints group, ResultWriter out) {
        out.text("group", group.group()).decimal("raw", group.raw()).decimal("clamped", group.clamped());
    }

    private static GroupPoints readGroup(ResultReader in) {
        return new GroupPoints(
                in.required("group", in.text("group")),
                in.required("raw", in.decimal("raw")),
                in.required("clamped", in.decimal("clamped")));
    }

    private static void writeLedger(LedgerRecord entry, ResultWriter out) {
        out.text("lead", entry.lead())
                .text("fact", Hash64.hex(entry.factId()))
                .text("event", entry.event())
                .time("time", entry.timeMillis())
                .text("rule", entry.rule())
                .number("rule_version", (long) entry.ruleVersion())
                .text("group", entry.group())
                .decimal("points", entry.points())
                .text("product", entry.product())
                .text("withdrawn", entry.withdrawn());
    }

    private static LedgerRecord readLedger(ResultReader in, long asOfMillis) {
        return new LedgerRecord(
                in.required("lead", in.text("lead")),
                Long.parseUnsignedLong(in.required("fact", in.text("fact")), 16),
                in.required("event", in.text("event")),
                in.required("time", in.time("time")),
                in.required("rule", in.text("rule")),
                in.required("rule_version", in.integer("rule_version")),
                in.required("group", in.text("group")),
                in.required("points", in.decimal("points")),
                in.text("product"),
                in.text("withdrawn"),
                asOfMillis);
    }

    private static void writeAlert(AlertRecord alert, ResultWriter out) {
        out.text("alert", alert.alert())
                .text("cause", alert.cause())
                .text("scope", alert.scope())
                .text("lead", alert.lead())
                .text("deal", alert.deal())
                .text("owner", alert.owner())
                .text("stage", alert.stage())
                .time("since", alert.sinceMillis())
                .text("limit", alert.limit())
                .text("state", alert.state())
                .text("severity", alert.severity())
                .list("transitions", alert.transitions(), ResultCodecs::writeTransition)
                .texts("details", alert.details());
    }

    private static AlertRecord readAlert(ResultReader in, long asOfMillis) {
        return new AlertRecord(
                in.required("alert", in.text("alert")),
                in.required("cause", in.text("cause")),
                in.text("scope"),
                in.text("lead"),
                in.text("deal"),
                in.text("owner"),
                in.text("stage"),
                in.required("since", in.time("since")),
                in.text("limit"),
                in.required("state", in.text("state")),
                in.required("severity", in.text("severity")),
                in.list("transitions", ResultCodecs::readTransition),
                in.texts("details"),
                asOfMillis);
    }

    private static void writeTransition(AlertRecord.Transition transition, ResultWriter out) {
        out.text("state", transition.state())
                .time("time", transition.timeMillis())
                .text("severity", transition.severity())
                .text("reason", transition.reason());
    }

    private static AlertRecord.Transition readTransition(ResultReader in) {
        return new AlertRecord.Transition(
                in.required("state", in.text("state")),
                in.required("time", in.time("time")),
                in.required("severity", in.text("severity")),
                in.text("reason"));
    }

    private static void writeRollup(RollupRecord sum, ResultWriter out) {
        out.text("scope", sum.scope())
                .text("measure", sum.measure())
                .text("dimension", sum.dimension())
                .text("pane", sum.pane())
                .text("unit", sum.unit().wireName());
        writeQuantity("value", sum.value(), sum.unit(), out);
        if (sum.unit() == Unit.MONEY) {
            out.currency();
        }
    }

    private static RollupRecord readRollup(ResultReader in, long asOfMillis) {
        Unit unit = Unit.ofWireName(in.required("unit", in.text("unit")));
        if (unit == Unit.MONEY) {
            in.currency();
        }
        return new RollupRecord(
                in.required("scope", in.text("scope")),
                in.required("measure", in.text("measure")),
                in.required("dimension", in.text("dimension")),
                in.required("pane", in.text("pane")),
                unit,
                in.required("value", readQuantity("value", unit, in)),
                asOfMillis);
    }

    private static void writeProgress(ProgressRecord progress, ResultWriter out) {
        ProgressRecord.Sales sales = progress.sales();
        out.text("scope", progress.scope())
                .text("period_kind", progress.periodKind())
                .text("period", progress.period())
                .text("label", progress.label())
                .time("start", progress.startMillis())
                .time("end", progress.endMillis())
                .money("won_amount", sales.wonAmountMinor())
                .currency()
                .number("won_count", sales.wonCount())
                .number("lost_count", sales.lostCount())
                .number("opened_count", sales.openedCount())
                .object("win_rate", rate -> writeRatio(sales.wonCount(), sales.wonCount() + sales.lostCount(), rate))
                .object("cycle", cycle -> cycle.number("count", sales.cycleCount())
                        .number("sum_millis", sales.cycleSumMillis())
                        .decimal("mean_days", meanDays(sales.cycleSumMillis(), sales.cycleCount()))
                        .decimal("median_days", sales.cycleMedianDays()))
                .list("goals", progress.goals(), ResultCodecs::writeGoal)
                .texts("needs", progress.needs());
    }

    private static ProgressRecord readProgress(ResultReader in, long asOfMillis) {
        in.currency();
        ResultReader cycle = in.required("cycle", in.object("cycle"));
        return new ProgressRecord(
                in.required("scope", in.text("scope")),
                in.required("period_kind", in.text("period_kind")),
                in.required("period", in.text("period")),
                in.text("label"),
                in.time("start"),
                in.time("end"),
                new ProgressRecord.Sales(
                        in.required("won_amount", in.money("won_amount")),
                        in.required("won_count", in.number("won_count")),
                        in.required("lost_count", in.number("lost_count")),
                        in.required("opened_count", in.number("opened_count")),
                        cycle.required("count", cycle.number("count")),
                        cycle.required("sum_millis", cycle.number("sum_millis")),
                        cycle.decimal("median_days")),
                in.list("goals", ResultCodecs::readGoal),
                in.texts("needs"),
                asOfMillis);
    }

    private static void writeGoal(ProgressRecord.Goal goal, ResultWriter out) {
        Unit unit = goal.unit();
        out.text("measure", goal.measure()).text("unit", unit.wireName());
        writeQuantity("goal", goal.goal(), unit, out);
        writeQuantity("achieved", goal.achieved(), unit, out);
        out.decimal("attainment", goal.attainment())
                .decimal("expected_share", goal.expectedShare())
                .flag("is_linear", goal.isLinear());
        writeQuantity("expected", goal.expected(), unit, out);
        writeQuantity("ahead", goal.ahead(), unit, out);
        out.decimal("pace_index", goal.paceIndex());
        writeQuantity("projection", goal.projection(), unit, out);
        writeQuantity("required_per_day", goal.requiredPerDay(), unit, out);
        out.decimal("business_days_left", goal.businessDaysLeft())
                .number("deals_needed", goal.dealsNeeded())
                .number("opportunities_needed", goal.opportunitiesNeeded())
                .number("open_opportunities", goal.openOpportunities())
                .number("leads_needed", goal.leadsNeeded());
    }

    private static ProgressRecord.Goal readGoal(ResultReader in) {
        Unit unit = Unit.ofWireName(in.required("unit", in.text("unit")));
        return new ProgressRecord.Goal(
                in.required("measure", in.text("measure")),
                unit,
                in.required("goal", readQuantity("goal", unit, in)),
                in.required("achieved", readQuantity("achieved", unit, in)),
                in.decimal("attainment"),
                in.decimal("expected_share"),
                in.required("is_linear", in.flag("is_linear")),
                readQuantity("expected", unit, in),
                readQuantity("ahead", unit, in),
                in.decimal("pace_index"),
                readQuantity("projection", unit, in),
                readQuantity("required_per_day", unit, in),
                in.decimal("business_days_left"),
                in.number("deals_needed"),
                in.number("opportunities_needed"),
                in.number("open_opportunities"),
                in.number("leads_needed"));
    }

    private static void writeDwell(DwellRecord dwell, ResultWriter out) {
        out.text("scope", dwell.scope())
                .text("stage", dwell.stage())
                .number("count", dwell.count())
                .number("sum_millis", dwell.sumMillis())
                .decimal("mean_days", meanDays(dwell.sumMillis(), dwell.count()))
                .decimal("median_days", dwell.medianDays())
                .decimal("percentile_90_days", dwell.percentile90Days());
    }

    private static DwellRecord readDwell(ResultReader in, long asOfMillis) {
        return new DwellRecord(
                in.required("scope", in.text("scope")),
                in.required("stage", in.text("stage")),
                in.required("count", in.number("count")),
                in.required("sum_millis", in.number("sum_millis")),
                in.decimal("median_days"),
                in.decimal("percentile_90_days"),
                asOfMillis);
    }

    private static void writeDeadLetter(DeadLetterRecord letter, ResultWriter out) {
        out.text("id", letter.id())
                .text("topic", letter.topic())
                .number("partition", (long) letter.partition())
                .number("offset", letter.offset())
                .time("timestamp", letter.timestampMillis())
                .text("reason", letter.reason())
                .text("message", letter.message())
                .base64("key_base64", letter.key())
                .base64("value_base64", letter.value())
                .list("headers", letter.headers(), ResultCodecs::writeHeader);
    }

    private static DeadLetterRecord readDeadLetter(ResultReader in, long asOfMillis) {
        return new DeadLetterRecord(
                in.required("id", in.text("id")),
                in.required("topic", in.text("topic")),
                in.required("partition", in.integer("partition")),
                in.required("offset", in.number("offset")),
                in.time("timestamp"),
                in.required("reason", in.text("reason")),
                in.required("message", in.text("message")),
                in.base64("key_base64"),
                in.base64("value_base64"),
                in.list("headers", ResultCodecs::readHeader),
                asOfMillis);
    }

    /** A header as text where its bytes are text, else as base64; one of the two is null. */
    private static void writeHeader(RawHeader header, ResultWriter out) {
        String text = text(header.value());
        out.text("name", header.name())
                .text("value", text)
                .base64("value_base64", text == null ? header.value() : null);
    }

    private static RawHeader readHeader(ResultReader in) {
        String text = in.text("value");
        return new RawHeader(
                in.required("name", in.text("name")),
                text == null ? in.base64("value_base64") : text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    private static void writeConservation(ConservationRecord balance, ResultWriter out) {
        out.number("in", balance.in())
                .number("counted", balance.counted())
                .number("duplicate", balance.duplicate())
                .number("superseded", balance.superseded())
                .number("held", balance.held())
                .number("configuration", balance.configuration())
                .numbers("dead_lettered", balance.deadLettered())
                .flag("balanced", balance.isBalanced())
                .objects("sources", balance.sources(), ResultCodecs::writeSource)
                .counts("kinds", balance.kinds())
                .number("corrections", balance.corrections());
    }

    private static ConservationRecord readConservation(ResultReader in, long asOfMillis) {
        Map<String, Long> deadLettered = in.numbers("dead_lettered");
        return new ConservationRecord(
                in.required("in", in.number("in")),
                in.required("counted", in.number("counted")),
                in.required("duplicate", in.number("duplicate")),
                in.required("superseded", in.number("superseded")),
                in.required("held", in.number("held")),
                in.required("configuration", in.number("configuration")),
                deadLettered,
                in.objects("sources", ResultCodecs::readSource),
                in.counts("kinds"),
                in.numberOr("corrections", 0),
                asOfMillis);
    }

    private static void writeSource(ConservationRecord.Source source, ResultWriter out) {
        out.time("last_event_at", source.lastEventMillis())
                .time("last_append_at", source.lastAppendMillis())
                .number("late", source.late());
    }

    private static ConservationRecord.Source readSource(ResultReader in) {
        return new ConservationRecord.Source(
                in.time("last_event_at"), in.time("last_append_at"), in.required("late", in.number("late")));
    }

    /** A ratio with what it is made of; 0/0 has no value. */
    private static void writeRatio(long numerator, long denominator, ResultWriter out) {
        out.decimal("value", denominator == 0 ? null : (Double) ((double) numerator / denominator))
                .number("numerator", numerator)
                .number("denominator", denominator);
    }

    private static void writeQuantity(String name, Long value, Unit unit, ResultWriter out) {
        if (unit == Unit.MONEY) {
            out.money(name, value);
        } else {
            out.number(name, value);
        }
    }

    private static Long readQuantity(String name, Unit unit, ResultReader in) {
        return unit == Unit.MONEY ? in.money(name) : in.number(name);
    }

    private static Double meanDays(long sumMillis, long count) {
        return count == 0 ? null : (Double) (sumMillis / MILLIS_PER_DAY / count);
    }

    /** A codec made of its parts. */
    private final class JsonCodec<T> implements ResultCodec<T> {
        private final String topic;
        private final Function<T, String> key;
        private final BiConsumer<T, ResultWriter> writer;
        private final Reader<T> reader;
        private final ToLongFunction<T> asOf;

        private JsonCodec(
                String topic,
                Function<T, String> key,
                BiConsumer<T, ResultWriter> writer,
                Reader<T> reader,
                ToLongFunction<T> asOf) {
            this.topic = topic;
            this.key = key;
            this.writer = writer;
            this.reader = reader;
            this.asOf = asOf;
        }

        @Override
        public String topic() {
            return topic;
        }

        @Override
        public String key(T result) {
            return key.apply(result);
        }

        @Override
        public byte[] encode(T result) {
            return ResultWriter.write(currency, minorDigits, out -> {
                writer.accept(result, out);
                out.time("as_of", asOf.applyAsLong(result));
            });
        }

        @Override
        public T decode(byte[] bytes) {
            ResultReader in = ResultReader.of(bytes, currency, minorDigits);
            return reader.read(in, in.required("as_of", in.time("as_of")));
        }
    }

    private interface Reader<T> {
        T read(ResultReader in, long asOfMillis);
    }
}
