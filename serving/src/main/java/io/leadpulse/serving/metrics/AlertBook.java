package io.leadpulse.serving.metrics;

import io.leadpulse.domain.alert.AlertCause;
import io.leadpulse.domain.alert.AlertState;
import io.leadpulse.schemas.result.AlertRecord;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The alerts that are open: of each what counting needs, nothing else. Bounded by {@link #MAX_OPEN}; beyond, an alert is
 * not counted, and their number says so.
 *
 * <p>Not thread-safe.
 */
final class AlertBook {
    /** Some 20 MB. */
    static final int MAX_OPEN = 100_000;

    private static final String RESOLVED = AlertState.RESOLVED.name().toLowerCase(Locale.ROOT);
    private static final String WITHDRAWN = AlertState.WITHDRAWN.name().toLowerCase(Locale.ROOT);
    private static final Set<String> NEWS =
            Set.of(AlertCause.MILESTONE.wireName(), AlertCause.MARKETING_QUALIFIED.wireName());
    private static final Set<Family> FAMILIES = EnumSet.of(Family.ALERTS_OPEN, Family.ALERTS_OPEN_MONEY);
    private static final String AMOUNT = "amount_minor";

    private record Open(String cause, String severity, String stage, String owner, String scope, long amountMinor) {}

    private final Map<String, Open> open = new HashMap<>();

    /** Takes an alert as it stands now. */
    void take(AlertRecord alert) {
        if (NEWS.contains(alert.cause())) {
            // Something that happened, and nothing wrong: it is never open.
            return;
        }
        if (alert.state().equals(RESOLVED) || alert.state().equals(WITHDRAWN)) {
            open.remove(alert.alert());
        } else if (open.containsKey(alert.alert()) || open.size() < MAX_OPEN) {
            open.put(
                    alert.alert(),
                    new Open(
                            alert.cause().intern(),
                            alert.severity().intern(),
                            alert.stage() == null ? "" : alert.stage().intern(),
                            alert.owner() == null ? null : alert.owner().intern(),
                            alert.scope() == null ? null : alert.scope().intern(),
                            amountMinor(alert)));
        }
    }

    /** An alert that is gone from its topic. */
    void drop(String alert) {
        open.remove(alert);
    }

    /** How many open alerts of a cause there are. */
    long count(String cause) {
        return open.values().stream().filter(each -> each.cause().equals(cause)).count();
    }

    /** How many open alerts of a cause and severity there are. */
    long count(String cause, String severity) {
        return open.values().stream()
                .filter(each -> each.cause().equals(cause) && each.severity().equals(severity))
                .count();
    }

    /** Amounts of the deals of the open alerts of a cause, minor units, each deal as often as it has alerts. */
    long amountMinor(String cause) {
        return open.values().stream()
                .filter(each -> each.cause().equals(cause))
                .mapToLong(Open::amountMinor)
                .sum();
    }

    void collect(Moment moment, Samples out) {
        if (!out.wantsAny(FAMILIES)) {
            return;
        }
        Map<List<String>, long[]> sums = new LinkedHashMap<>();
        open.values().forEach(alert -> whose(moment, alert).forEach(at -> {
            long[] sum = sums.computeIfAbsent(
                    List.of(alert.cause(), alert.severity(), alert.stage(), at.level(), at.team(), at.rep()),
                    unused -> new long[2]);
            sum[0]++;
            sum[1] += alert.amountMinor();
        }));
        sums.forEach((labels, sum) -> {
            String[] values = labels.toArray(String[]::new);
            out.add(Family.ALERTS_OPEN, sum[0], values);
            out.add(Family.ALERTS_OPEN_MONEY, moment.money(sum[1]), values);
        });
    }

    /** A lead's alert is its owner's, his team's and the company's; a scope's is that scope's alone. */
    private static List<ScopeLabels> whose(Moment moment, Open alert) {
        return alert.scope() != null
                ? List.of(ScopeLabels.of(alert.scope(), moment.directory(), moment.nowMillis()))
                : PipelineMetrics.whose(moment, alert.owner());
    }

    private static long amountMinor(AlertRecord alert) {
        String amount = alert.details().get(AMOUNT);
        try {
            return amount == null ? 0 : new BigDecimal(amount).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(AMOUNT + " must be a whole number", e);
        }
    }
}
