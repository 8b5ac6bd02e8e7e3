package io.leadpulse.bench.latency;

import io.leadpulse.bench.workload.Probes;
import io.leadpulse.local.stack.MetricsPage;
import io.leadpulse.local.stack.MetricsReader;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** Asks serving for its metrics again and again, and notes when the sums of today first hold a probe. */
final class MetricsWatch extends Thread {
    /** Between an answer and the next question: how long a value may have been there before it is seen, beside the answer. */
    static final long PAUSE_MILLIS = 20;

    private static final String METRIC = "leadpulse_sales_won_money";
    private static final int CENT_DIGITS = 2;

    private final MetricsReader metrics;
    private final ProbeView view;

    /** Asks, once it is started, until it is interrupted. */
    MetricsWatch(String url, ProbeView view) {
        super("metrics");
        this.metrics = new MetricsReader(url);
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
        Optional<MetricsPage> page = metrics.read();
        if (page.isEmpty()) {
            return;
        }
        view.readAt(System.nanoTime());
        for (int probe = first; probe < end; probe++) {
            if (probe == first || Probes.firstOfScope(Probes.scope(probe)) == probe) {
                tell(probe, page.get());
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
