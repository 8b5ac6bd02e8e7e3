package io.leadpulse.bench.leadpulse;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.bench.agent.EngineProgram;
import io.leadpulse.bench.agent.Order;
import io.leadpulse.bench.drain.DrainRun;
import io.leadpulse.bench.drain.EventTopics;
import io.leadpulse.bench.drain.ExpectedResults;
import io.leadpulse.bench.engine.Engine;
import io.leadpulse.bench.engine.Engines;
import io.leadpulse.bench.engine.RunningEngine;
import io.leadpulse.bench.workload.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Leadpulse alone on a small workload, over a real broker: its final results are the oracle's. How fast it was is of no interest here,
 * so all is in one JVM, which takes a fraction of what three take to start.
 */
class SmokeITCase {
    private static final WorkloadSpec SMALL = new WorkloadSpec(2_000, 200, 20261123);

    @TempDir
    private Path folder;

    @Test
    void itsResultsAreTheOracles() throws Exception {
        Path config = Files.writeString(folder.resolve("task.yaml"), WorkloadSpec.configYaml());
        Engine leadpulse = Engines.of(List.of("e")).get(0);
        KafkaClusterTestKit broker = broker();
        try {
            String address = broker.bootstrapServers();

            EventTopics.load(address, SMALL);
            DrainRun run = new DrainRun(
                    (engine, work) -> new InThisJvm(
                            new LeadpulseProgram(),
                            new Order(address, config, Files.createDirectories(work), "", SMALL.records())),
                    address,
                    SMALL,
                    ExpectedResults.of(SMALL));

            long results = run.run(leadpulse, folder.resolve("run")).resultRecords();

            // That they are right is what the run itself asks; it throws if they are not.
            assertThat(results).isPositive();
        } finally {
            broker.close();
        }
    }

    private static KafkaClusterTestKit broker() throws Exception {
        KafkaClusterTestKit broker = new KafkaClusterTestKit.Builder(new TestKitNodes.Builder()
                        .setCombined(true)
                        .setNumBrokerNodes(1)
                        .setNumControllerNodes(1)
                        .build())
                .setConfigProp("offsets.topic.replication.factor", "1")
                .setConfigProp("offsets.topic.num.partitions", "2")
                .setConfigProp("transaction.state.log.replication.factor", "1")
                .setConfigProp("transaction.state.log.min.isr", "1")
                .setConfigProp("transaction.state.log.num.partitions", "2")
                .setConfigProp("auto.create.topics.enable", "false")
                .build();
        broker.format();
        broker.startup();
        broker.waitForReadyBrokers();
        return broker;
    }

    /** A program that runs where the test does; of what it takes nothing is told. */
    private record InThisJvm(EngineProgram program, Order order) implements RunningEngine {
        @Override
        public void go() throws IOException {
            run(() -> program.start(order));
        }

        @Override
        public long cpuNanos() {
            return 0;
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public Path log() {
            return order.work();
        }

        @Override
        public void stop() throws IOException {
            run(program::close);
        }

        @Override
        public void close() {
            // It ends with this JVM, if it was not stopped.
        }

        private interface Step {
            void run() throws Exception;
        }

        private static void run(Step step) throws IOException {
            try {
                step.run();
            } catch (Exception e) {
                throw new IOException("the engine has failed", e);
            }
        }
    }
}
