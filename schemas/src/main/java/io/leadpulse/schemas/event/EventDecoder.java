package io.leadpulse.schemas.event;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.lead.LeadView;
import io.leadpulse.schemas.Hash64;
import io.leadpulse.schemas.MinorUnits;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.Topics;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns one record of any input topic, from Kafka or from a file, into exactly one of an event, a valid configuration
 * record, or a dead letter. It never throws, whatever the bytes; it has no state and reads no clock, so the same record
 * with the same settings always has the same outcome (duplicates and replays included).
 *
 * <p>Fields that a contract does not name are ignored, so that producers can be ahead of us. Messages of dead letters
 * name fields and limits, never values: they are read by people who may not see a person's data.
 *
 * <p>Not thread-safe by promise; build one per task.
 */
public final class EventDecoder {
    /** The values that a lead's status has on the wire. */
    static final List<String> STATUSES = List.of("new", "working", "nurture", "qualified", "disqualified", "customer");

    private static final long MILLIS_PER_DAY = 86_400_000;
    /** Three years: a budget of a longer run is more likely a wrong date. */
    private static final int MAX_RUN_DAYS = 1_100;

    private static final byte[] NOTHING = {};

    private static final Set<EventKind> WITH_STAGE = EnumSet.of(EventKind.DEAL_STAGE_CHANGED);
    private static final Set<EventKind> WITH_AMOUNT = EnumSet.of(EventKind.DEAL_REFUNDED, EventKind.CAMPAIGN_SPEND);
    private static final Set<EventKind> WITH_STATUS = EnumSet.of(EventKind.LEAD_STATUS_CHANGED);
    private static final Set<EventKind> WITH_OWNER = EnumSet.of(EventKind.LEAD_ASSIGNED);
    private static final Set<EventKind> WITH_INTO = EnumSet.of(EventKind.LEAD_MERGED);
    private static final Set<EventKind> WITH_DUE =
            EnumSet.of(EventKind.MEETING_SCHEDULED, EventKind.MEETING_RESCHEDULED, EventKind.TASK_PLANNED);
    private static final Set<EventKind> WITH_TEMPLATE = EnumSet.of(EventKind.EMAIL_SENT, EventKind.SMS_SENT);
    private static final Set<EventKind> WITH_ALERT = EnumSet.of(EventKind.ALERT_SNOOZED, EventKind.ALERT_HANDLED);

    private final DecodeSettings settings;
    private final ConfigurationRecords configuration;
    private final JsonObjects objects;
    private final BehaviourReader behaviour;
    /** One for all events: an event less to make. */
    private final SalesEvent.Builder builder = SalesEvent.builder();

    /**
     * Builds a decoder.
     *
     * @param settings what it needs to know of the company
     * @param configuration judges the records of configuration topics
     */
    public EventDecoder(DecodeSettings settings, ConfigurationRecords configuration) {
        this(settings, configuration, new JsonObjects(settings.maxBytes(), settings.maxDepth()));
    }

    EventDecoder(DecodeSettings settings, ConfigurationRecords configuration, JsonObjects objects) {
        this.settings = settings;
        this.configuration = configuration;
        this.objects = objects;
        this.behaviour = new BehaviourReader(settings);
    }

    /** Decodes one record; never throws and never returns null. */
    public Decoded decode(RawRecord record) {
        try {
            if (Topics.CONFIGURATION.contains(record.topic())) {
                return configuration(record);
            }
            return Decoded.of(event(record));
        } catch (RefusedException e) {
            return Decoded.of(new DeadLetter(record, e.reason(), e.getMessage()));
        }
    }

    private Decoded configuration(RawRecord record) throws RefusedException {
        Optional<String> problem = configuration.problem(record.topic(), objects.readTree(bytes(record)));
        if (problem.isPresent()) {
            throw new RefusedException(Reason.INVALID_VALUE, problem.get());
        }
        return Decoded.CONFIGURATION;
    }

    private SalesEvent event(RawRecord record) throws RefusedException {
        SalesEvent event =
                switch (record.topic()) {
                    case Topics.ACTIVITIES -> activity(record);
                    case Topics.BEHAVIOUR -> behaviour.read(objects.read(bytes(record)), record, builder);
                    case Topics.COMPANY_EVENTS -> companyEvent(record);
                    default ->
                        throw new RefusedException(
                                Reason.UNKNOWN_TOPIC,
                                "events are read from " + Topics.ACTIVITIES + ", " + Topics.BEHAVIOUR + " and "
                                        + Topics.COMPANY_EVENTS);
                };
        requireTimely(event.timeMillis(), record.timestampMillis());
        return event;
    }

    private static byte[] bytes(RawRecord record) throws RefusedException {
        if (record.value() == null) {
            throw new RefusedException(Reason.NULL_VALUE, "the record has no value");
        }
        return record.value();
    }

    private SalesEvent activity(RawRecord record) throws RefusedException {
        Place value = objects.read(bytes(record));
        Fields fields = value.fields;
        EventKind kind = kind(fields, Topics.ACTIVITIES);
        SalesEvent.Builder event = common(fields, kind, value, record);

        String lead = fields.id("lead");
        if (lead == null) {
            throw new RefusedException(
                    Reason.NO_LEAD, "lead is missing; every activity and every deal event names one");
        }
        String deal = fields.id("deal");
        if (kind.stream() == EventKind.Stream.DEAL) {
            fields.required("deal", deal);
        }
        event.lead(lead)
                .deal(deal)
                .actor(fields.id("actor"))
                .owner(owner(fields, kind))
                .stage(requiredIf(WITH_STAGE, kind, fields, "stage", fields.id("stage")))
                .status(requiredIf(WITH_STATUS, kind, fields, "status", fields.oneOf("status", STATUSES)))
                .subject(into(fields, kind, lead))
                .competitor(fields.text("competitor"))
                .expectedCloseEpochDay(fields.day("expected_close"))
                .asset(fields.line("asset", Fields.MAX_TEXT))
                .direction(fields.direction("direction"))
                .automatic(fields.flag("automatic"))
                .cold(fields.flag("cold"))
                .connected(fields.flag("connected"))
                .seconds((int) fields.number("seconds", Fields.MAX_SECONDS, 0))
                .dueMillis(due(fields, kind))
                .alert(requiredIf(WITH_ALERT, kind, fields, "alert", fields.id("alert")))
                .attributes(attributes(fields, kind))
                .template(WITH_TEMPLATE.contains(kind) ? fields.firstScalar("template") : null);
        return event.build();
    }

    /** The owner; an assignment must name it, be it null for "nobody's", so that a forgotten field takes no lead away. */
    private static String owner(Fields fields, EventKind kind) throws RefusedException {
        if (WITH_OWNER.contains(kind) && !fields.names("owner")) {
            throw fields.missing("owner");
        }
        return fields.id("owner");
    }

    /**
     * What the record states of the lead; its organisation is an attribute with a field of its own. That field is younger
     * than the first release, which took no notice of it: in another shape, or of a deal, it still says nothing.
     */
    private static Map<String, String> attributes(Fields fields, EventKind kind) throws RefusedException {
        Map<String, String> attributes = fields.attributes("attributes");
        String organisation = kind.stream() == EventKind.Stream.DEAL ? null : fields.firstScalar(LeadView.ORGANISATION);
        if (organisation == null) {
            return attributes;
        }
        Map<String, String> all = new LinkedHashMap<>(attributes);
        all.put(LeadView.ORGANISATION, organisation);
        return all;
    }

    /** The lead that another is merged into; a lead is not merged into itself. */
    private static String into(Fields fields, EventKind kind, String lead) throws RefusedException {
        String into = requiredIf(WITH_INTO, kind, fields, "into", fields.id("into"));
        if (WITH_INTO.contains(kind) && into.equals(lead)) {
            throw new RefusedException(Reason.INVALID_VALUE, "into names the lead itself");
        }
        return into;
    }

    private static long due(Fields fields, EventKind kind) throws RefusedException {
        long due = WITH_DUE.contains(kind) ? fields.requiredTime("due") : fields.time("due");
        long until = kind == EventKind.ALERT_SNOOZED ? fields.requiredTime("until") : fields.time("until");
        return kind == EventKind.ALERT_SNOOZED ? until : due;
    }

    private SalesEvent companyEvent(RawRecord record) throws RefusedException {
        Place value = objects.read(bytes(record));
        Fields fields = value.fields;
        EventKind kind = kind(fields, Topics.COMPANY_EVENTS);
        SalesEvent event = common(fields, kind, value, record)
                .subject(fields.requiredId("subject"))
                .runUntilEpochDay(fields.day("run_until"))
                .build();
        requireRun(event);
        return event;
    }

    /** The last day of a run may be the day on which it begins, wherever on earth the company is. */
    private static void requireRun(SalesEvent event) throws RefusedException {
        if (event.runUntilEpochDay() == null) {
            return;
        }
        long days = event.runUntilEpochDay() - Math.floorDiv(event.timeMillis(), MILLIS_PER_DAY);
        if (days < -1 || days > MAX_RUN_DAYS) {
            throw new RefusedException(
                    Reason.INVALID_VALUE,
                    "run_until must be the day of time or later, by at most " + MAX_RUN_DAYS + " days");
        }
    }

    /** What activities, deal events and company events share. */
    private SalesEvent.Builder common(Fields fields, EventKind kind, Place value, RawRecord record)
            throws RefusedException {
        Place source = fields.requiredLine("source", Fields.MAX_SOURCE);
        if (source.text().indexOf('/') >= 0) {
            throw new RefusedException(Reason.INVALID_VALUE, "source must not contain '/', which ends it in our keys");
        }
        String key = value.document.joined(NOTHING, source, fields.requiredLine("id", Fields.MAX_ID));
        long timeMillis = fields.requiredTime("time");
        String foreign = foreignCurrency(fields, timeMillis);
        Long amountMinor = requiredIf(WITH_AMOUNT, kind, fields, "amount", amount(fields, foreign));
        SalesEvent.Builder event = builder.begin(Hash64.of(key), key, kind, timeMillis, record);
        if (foreign != null && kind.stream() == EventKind.Stream.DEAL) {
            // What it is worth depends on when the deal is closed, which other records say.
            event.currency(foreign);
        } else if (foreign != null) {
            amountMinor = settings.rates()
                    .convert(foreign, amountMinor, settings.rates().at(foreign, timeMillis));
        }
        return event.version(version(fields))
                .contentHash(ContentHash.of(value, List.of()))
                .amountMinor(amountMinor)
                .reason(fields.text("reason"))
                .product(fields.id("product"))
                .campaign(fields.id("campaign"))
                .channel(fields.id("channel"));
    }

    private static EventKind kind(Fields fields, String topic) throws RefusedException {
        String name = fields.requiredId("kind");
        EventKind kind = EventKind.ofWireName(name)
                .orElseThrow(() -> new RefusedException(Reason.UNKNOWN_KIND, "kind is none of " + topic));
        boolean isCompany = kind.stream() == EventKind.Stream.COMPANY;
        if (isCompany != topic.equals(Topics.COMPANY_EVENTS)) {
            throw new RefusedException(Reason.UNKNOWN_KIND, "kind " + kind.wireName() + " is not a kind of " + topic);
        }
        return kind;
    }

    /** The producer's version of the record; the time of its change serves as well, as both only grow. */
    static long version(Fields fields) throws RefusedException {
        long version = fields.number("version", Long.MAX_VALUE, -1);
        long updatedMillis = fields.time("updated_at");
        if (version >= 0) {
            return version;
        }
        return updatedMillis == Fact.NO_TIME ? 0 : updatedMillis;
    }

    /** The currency of the amount; null if there is no amount or it is in the company's currency. */
    private String foreignCurrency(Fields fields, long timeMillis) throws RefusedException {
        String currency = fields.currency("currency");
        if (currency == null || currency.equals(settings.currency()) || fields.place("amount") == null) {
            return null;
        }
        if (!settings.rates().knows(currency)) {
            throw new RefusedException(
                    Reason.FOREIGN_CURRENCY,
                    "currency must be " + settings.currency() + ", the company's, or one of which the configuration has"
                            + " exchange rates: "
                            + (settings.rates().currencies().isEmpty()
                                    ? "none"
                                    : String.join(
                                            ", ",
                                            new TreeSet<>(settings.rates()
                                                    .currencies()
                                                    .keySet()))));
        }
        if (!settings.rates().hasRateAt(currency, timeMillis)) {
            throw new RefusedException(
                    Reason.FOREIGN_CURRENCY,
                    "the event is earlier than the first exchange rate that the configuration has of its currency");
        }
        return currency;
    }

    private Long amount(Fields fields, String foreign) throws RefusedException {
        if (foreign == null) {
            return fields.amount("amount", settings.minorDigits());
        }
        Long amountMinor = fields.amount("amount", settings.rates().minorDigits(foreign));
        if (amountMinor != null && !settings.rates().staysWithin(foreign, amountMinor, MinorUnits.MAX)) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT,
                    "amount must not be above "
                            + MinorUnits.text(MinorUnits.MAX, settings.minorDigits()) + ' ' + settings.currency()
                            + " at any exchange rate");
        }
        return amountMinor;
    }

    private static <T> T requiredIf(Set<EventKind> kinds, EventKind kind, Fields fields, String name, T value)
            throws RefusedException {
        return kinds.contains(kind) ? fields.required(name, value) : value;
    }

    private void requireTimely(long timeMillis, long appendedMillis) throws RefusedException {
        long reference = settings.referenceMillis();
        if (reference != Fact.NO_TIME && timeMillis > reference) {
            throw new RefusedException(
                    Reason.FUTURE, "the event is later than as-of, which is " + Rfc3339.text(reference));
        }
        if (appendedMillis != Fact.NO_TIME && timeMillis - settings.futureAllowanceMillis() > appendedMillis) {
            throw new RefusedException(
                    Reason.FUTURE,
                    "the event is more than " + settings.futureAllowanceMillis() + " ms later than its arrival");
        }
        long base = reference != Fact.NO_TIME ? reference : appendedMillis;
        if (base != Fact.NO_TIME && timeMillis < base - settings.horizonMillis()) {
            throw new RefusedException(
                    Reason.TOO_LATE,
                    "the event is older than the correction horizon of " + settings.horizonMillis() + " ms");
        }
    }
}
