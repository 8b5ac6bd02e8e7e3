package io.leadpulse.serving.app;

import io.leadpulse.schemas.config.InvalidConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the results until it is told to stop. Exit codes: 1 cannot start, 2 arguments cannot
 * be used; stopped by a signal, that of the signal. */
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
            serving = new Serving(config, configYaml(config), Clock.systemUTC());
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

    private static String configYaml(ServingConfig config) throws IOException {
        return config.configFile() == null ? "" : Files.readString(config.configFile());
    }
}
