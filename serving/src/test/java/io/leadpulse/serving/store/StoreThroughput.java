package io.leadpulse.serving.store;

import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.serving.read.ResultUpdate;
import io.leadpulse.tools.PostgresServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;

/**
 * How fast results are written: a drawn stream of all kinds, in batches as the reader makes them, into a PostgreSQL of
 * its own. Not a test; CONTRIBUTING.md says how to run it. Arguments: number of results, number of leads.
 */
final class StoreThroughput {
    private static final int BATCH = 5_000;

    private StoreThroughput() {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400_000;
        int leads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3_000;
        LeadpulseConfig config = ConfigReader.parse("");
        List<ResultUpdate> updates = SomeResults.drawn(1, count, leads).updates();
        try (PostgresServer server = PostgresServer.start()) {
            DataSource source = StoredResults.source(server.url(), PostgresServer.USER, PostgresServer.PASSWORD);
            Migrations.migrate(source);
            Map<TopicPartition, Long> next = new HashMap<>();
            long begin = System.nanoTime();
            try (ResultWriter writer = new ResultWriter(source, config, "")) {
                for (int from = 0; from < count; from += BATCH) {
                    List<ResultUpdate> batch = updates.subList(from, Math.min(count, from + BATCH));
                    batch.forEach(each -> next.put(each.partition(), each.offset() + 1));
                    writer.accept(batch, Map.copyOf(next));
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "%,d results of %,d leads written in %.1f s, %,.0f a second%n",
                    count, leads, seconds, count / seconds);
        }
    }
}
