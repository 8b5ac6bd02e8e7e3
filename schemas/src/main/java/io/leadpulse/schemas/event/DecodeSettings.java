package io.leadpulse.schemas.event;

import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.money.ExchangeRates;
import io.leadpulse.schemas.MinorUnits;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What decoding needs to know of the company. Immutable and serializable, because it travels to the sources with the
 * job graph; the decoder itself is built where it runs.
 *
 * @param currency the company's currency, ISO 4217
 * @param minorDigits digits after the decimal point of that currency
 * @param rates what other currencies are worth in it
 * @param referenceMillis as-of of a replay, epoch milliseconds; {@link Fact#NO_TIME} when live
 * @param horizonMillis correction horizon: events older than this are refused
 * @param futureAllowanceMillis how much later than its log-append time an event may be
 * @param maxBytes largest value of a record
 * @param maxDepth deepest nesting of objects and arrays
 * @param trackedKinds kind of a tracked web event by its name, as {@link #normalName} writes it
 * @param pageKinds kind of a page view by the beginning of the page's path; the longest matching path counts
 * @param demoForms forms whose submission is a demo request, and counts as that only
 * @param traits traits of an identified visitor that are kept as attributes of the lead; the others are not kept
 */
public record DecodeSettings(
        String currency,
        int minorDigits,
        ExchangeRates rates,
        long referenceMillis,
        long horizonMillis,
        long futureAllowanceMillis,
        int maxBytes,
        int maxDepth,
        Map<String, EventKind> trackedKinds,
        Map<String, EventKind> pageKinds,
        Set<String> demoForms,
        Set<String> traits)
        implements Serializable {

    /** Correction horizon when nothing else is configured. */
    public static final Duration DEFAULT_HORIZON = Duration.ofDays(800);
    /** A producer's clock may be this much ahead of the broker's. */
    public static final Duration DEFAULT_FUTURE_ALLOWANCE = Duration.ofMinutes(5);
    /** Kafka's own default for the size of a record. */
    public static final int DEFAULT_MAX_BYTES = 1 << 20;
    /** Our deepest contract has 4 levels; the rest is for fields that we do not read. */
    public static final int DEFAULT_MAX_DEPTH = 32;

    private static final Map<String, EventKind> DEFAULT_TRACKED_KINDS = Map.ofEntries(
            Map.entry("Price List Viewed", EventKind.PRICE_LIST_VIEWED),
            Map.entry("Asset Downloaded", EventKind.ASSET_DOWNLOADED),
            Map.entry("Form Viewed", EventKind.FORM_VIEWED),
            Map.entry("Form Started", EventKind.FORM_STARTED),
            Map.entry("Form Submitted", EventKind.FORM_SUBMITTED),
            Map.entry("Demo Requested", EventKind.DEMO_REQUESTED),
            Map.entry("Quote Requested", EventKind.QUOTE_REQUESTED),
            Map.entry("Call Back Requested", EventKind.CALLBACK_REQUESTED),
            Map.entry("Callback Requested", EventKind.CALLBACK_REQUESTED),
            Map.entry("Newsletter Signed Up", EventKind.NEWSLETTER_SIGNED_UP),
            Map.entry("Signed Up", EventKind.SITE_SIGNED_UP),
            Map.entry("Social Action", EventKind.SOCIAL_ACTION),
            Map.entry("Event Visited", EventKind.EVENT_VISITED));
    private static final Map<String, EventKind> DEFAULT_PAGE_KINDS = Map.of(
            "/careers", EventKind.CAREERS_PAGE_VIEWED,
            "/jobs", EventKind.CAREERS_PAGE_VIEWED,
            "/pricing", EventKind.PRICE_LIST_VIEWED,
            "/price-list", EventKind.PRICE_LIST_VIEWED);
    private static final Set<String> DEFAULT_DEMO_FORMS = Set.of("demo", "demo-request", "request-demo");
    private static final Set<String> DEFAULT_TRAITS =
            Set.of("company_size", "country", "employees", "industry", "title");

    /**
     * Copies the collections and checks the bounds.
     *
     * @throws IllegalArgumentException if a bound is out of range or a mapped kind is no behaviour
     */
    public DecodeSettings {
        if (minorDigits < 0 || minorDigits > 4) {
            throw new IllegalArgumentException("minorDigits is " + minorDigits + "; allowed: 0 to 4");
        }
        if (horizonMillis <= 0 || futureAllowanceMillis < 0 || maxBytes <= 0) {
            throw new IllegalArgumentException("horizon and size limit must be positive, the allowance not negative");
        }
        if (maxDepth < 4 || maxDepth > 1000) {
            throw new IllegalArgumentException("maxDepth is " + maxDepth + "; allowed: 4 to 1000");
        }
        trackedKinds = normal(trackedKinds);
        pageKinds = Map.copyOf(pageKinds);
        demoForms = Set.copyOf(demoForms);
        traits = Set.copyOf(traits);
        requireBehaviour(trackedKinds);
        requireBehaviour(pageKinds);
    }

    /**
     * The defaults for a company.
     *
     * @param currency ISO 4217
     * @throws IllegalArgumentException if there is no such currency with minor units
     */
    public static DecodeSettings of(String currency) {
        return new DecodeSettings(
                currency,
                MinorUnits.digits(currency),
                ExchangeRates.NONE,
                Fact.NO_TIME,
                DEFAULT_HORIZON.toMillis(),
                DEFAULT_FUTURE_ALLOWANCE.toMillis(),
                DEFAULT_MAX_BYTES,
                DEFAULT_MAX_DEPTH,
                DEFAULT_TRACKED_KINDS,
                DEFAULT_PAGE_KINDS,
                DEFAULT_DEMO_FORMS,
                DEFAULT_TRAITS);
    }

    /** These settings for a replay that ends at a time, epoch milliseconds. */
    public DecodeSettings withReferenceMillis(long millis) {
        return new DecodeSettings(
                currency,
                minorDigits,
                rates,
                millis,
                horizonMillis,
                futureAllowanceMillis,
                maxBytes,
                maxDepth,
                trackedKinds,
                pageKinds,
                demoForms,
                traits);
    }

    /** These settings with what other currencies are worth. */
    public DecodeSettings withRates(ExchangeRates newRates) {
        return new DecodeSettings(
                currency,
                minorDigits,
                newRates,
                referenceMillis,
                horizonMillis,
                futureAllowanceMillis,
                maxBytes,
                maxDepth,
                trackedKinds,
                pageKinds,
                demoForms,
                traits);
    }

    /** These settings with another correction horizon. */
    public DecodeSettings withHorizonMillis(long millis) {
        return new DecodeSettings(
                currency,
                minorDigits,
                rates,
                referenceMillis,
                millis,
                futureAllowanceMillis,
                maxBytes,
                maxDepth,
                trackedKinds,
                pageKinds,
                demoForms,
                traits);
    }

    /** These settings with another mapping of the web's names. */
    public DecodeSettings withBehaviour(
            Map<String, EventKind> newTrackedKinds,
            Map<String, EventKind> newPageKinds,
            Set<String> newDemoForms,
            Set<String> newTraits) {
        return new DecodeSettings(
                currency,
                minorDigits,
                rates,
                referenceMillis,
                horizonMillis,
                futureAllowanceMillis,
                maxBytes,
                maxDepth,
                newTrackedKinds,
                newPageKinds,
                newDemoForms,
                newTraits);
    }

    /**
     * The form in which names of tracked events are compared: {@code Price List Viewed}, {@code price_list_viewed} and
     * {@code price-list-viewed} are one name.
     */
    public static String normalName(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    }

    private static Map<String, EventKind> normal(Map<String, EventKind> kinds) {
        Map<String, EventKind> normal = new HashMap<>();
        kinds.forEach((name, kind) -> normal.put(normalName(name), kind));
        return Map.copyOf(normal);
    }

    private static void requireBehaviour(Map<String, EventKind> kinds) {
        kinds.forEach((name, kind) -> {
            if (kind.stream() != EventKind.Stream.BEHAVIOUR || kind == EventKind.IDENTIFIED) {
                throw new IllegalArgumentException(
                        "'" + name + "' is mapped to " + kind.wireName() + ", which is no act on the web");
            }
        });
    }
}
