package io.leadpulse.local.boards;

import io.leadpulse.tools.PostgresServer;
import java.io.IOException;
import java.util.List;

/**
 * Where the numbers behind the boards come from in a test: rows in the read model, and places that Prometheus scrapes.
 * Exchangeable, so that the same queries can be asked of a written story and of a real run.
 */
interface BoardFiller extends AutoCloseable {
    /**
     * Fills the read model (its schema is there, it is empty) and begins to serve metrics.
     *
     * @return what Prometheus is to scrape, {@code host:port}, path {@code /metrics}
     */
    List<String> fill(PostgresServer postgres) throws Exception;

    @Override
    void close() throws IOException;
}
