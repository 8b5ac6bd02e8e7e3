package io.leadpulse.serving.app;

import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.InvalidConfigException;
import io.leadpulse.schemas.config.LeadpulseConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the results until it is told to stop. Exit codes: 0 stopped, 1 cannot start, 2 arguments cannot be used. */
public final class ServingMain {
    private static final Logger LOG = LoggerFactory.getLogger(ServingMain.class);
    private static final int CANNOT_START = 1;
    private static final int UNUSABLE = 2;

    private ServingMain() {}

    /** Starts it; {@link ServingConfig} says which options there are. */
    public static void main(String[] arguments) throws InterruptedException {
        int failure = run(List.of(arguments), System.out, System.err);
        if (failure != 0) {
            System.exit(failure);
        }
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        Serving serving;
        try {
            ServingConfig config = ServingConfig.of(arguments, System.getenv());
            LOG.info("{}", config);
            serving = new Serving(config, company(config), InstantSource.system());
        } catch (IllegalArgumentException | InvalidConfigException e) {
            err.println(e.getMessage());
            return UNUSABLE;
        } catch (IOException e) {
            err.println("cannot start: " + e.getMessage());
            return CANNOT_START;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            serving.close();
                            stopped.countDown();
                        },
                        "stop"));
        serving.start();
        InetSocketAddress address = serving.address();
        out.println("serving ready on http://" + address.getHostString() + ":" + address.getPort());
        out.flush();
        stopped.await();
        return 0;
    }

    private static LeadpulseConfig company(ServingConfig config) {
        return config.configFile() == null ? LeadpulseConfig.defaults() : ConfigReader.read(config.configFile());
    }
}
