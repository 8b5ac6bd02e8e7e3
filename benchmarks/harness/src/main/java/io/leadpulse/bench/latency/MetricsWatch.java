package io.leadpulse.bench.latency;

import io.leadpulse.bench.workload.Probes;
import io.leadpulse.local.stack.MetricsPage;
import io.leadpulse.local.stack.MetricsReader;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Asks serving for its metrics again and again, and notes when the sums of today first hold a probe. */
final class MetricsWatch extends Thread {
    /** Between an answer and the next question: how long a value may have been there before it is seen, beside the answer. */
    static final long PAUSE_MILLIS = 20;

    private static final String METRIC = "leadpulse_sales_won_money";
    private static final int CENT_DIGITS = 2;

    private final MetricsReader metrics;
    private final ProbeView view;

    /**
     * Asks, once it is started, until it is interrupted.
     *
     * @param isNamed whether it asks only for the family that it looks at, and not for the whole page
     */
    MetricsWatch(String url, boolean isNamed, ProbeView view) {
        super("metrics");
        this.metrics = isNamed ? new MetricsReader(url, METRIC) : new MetricsReader(url);
        this.view = view;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            while (true) {
                // Nothing is asked for while nothing is on its way: the page costs serving, and all on this machine,
                // some time.
                if (!view.isComplete()) {
                    look();
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            // So it is ended.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            view.cannotBeRead(e);
        }
    }

    private void look() throws InterruptedException {
        int first = view.firstWithoutSum();
        int end = view.sent();
        Optional<String> text = metrics.text();
        if (text.isEmpty()) {
            return;
        }
        view.readAt(System.nanoTime());
        MetricsPage page = MetricsPage.parse(
                text.get().lines().filter(line -> line.startsWith(METRIC)).collect(Collectors.joining("\n")));
        for (int probe = first; probe < end; probe++) {
            if (probe == first || Probes.firstOfScope(Probes.scope(probe)) == probe) {
                tell(probe, page);
            }
        }
    }

    private void tell(int probe, MetricsPage page) {
        OptionalDouble value = page.value(METRIC, Map.of("level", "rep", "rep", Probes.rep(probe), "period", "day"));
        if (value.isPresent()) {
            view.sum(
                    "won_amount",
                    Probes.scope(probe),
                    "today",
                    BigDecimal.valueOf(value.getAsDouble())
                            .movePointRight(CENT_DIGITS)
                            .longValueExact());
        }
    }
}
