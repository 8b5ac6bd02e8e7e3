package io.leadpulse.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.kafka.ConfigurationTopics;
import io.leadpulse.local.apply.RecordWriter;
import io.leadpulse.local.send.EventSender;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.config.ConfigFile;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.ConfigurationRecord;
import io.leadpulse.schemas.config.InvalidConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rules apply}, {@code goals apply}, {@code reps apply}: all records of a file go to their topic, or none. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Validate all records of a file and write them, or none of them, to a running engine.")
class ApplyCommand implements Callable<Integer> {
    /** Written by whoever starts Kafka into its data folder. */
    private static final String ENDPOINTS = "endpoints.properties";

    private static final String KAFKA = "kafka";

    private final Console console;
    private final String topic;

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "the brokers to begin with")
    private String bootstrapServers;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "data folder of a running demo, which says where its brokers are")
    private Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration that the engine runs with (default: the built-in one)")
    private Path config;

    @Parameters(paramLabel = "FILE", description = "records: YAML, one or a list; or CSV with the fields' names")
    private Path file;

    ApplyCommand(Console console, String topic) {
        this.console = console;
        this.topic = topic;
    }

    /** The command of one kind of records with its {@code apply}. */
    static CommandLine of(Console console, String name, String topic, String description) {
        CommandLine command = new CommandLine(new Group());
        command.setCommandName(name);
        command.getCommandSpec().usageMessage().description(description);
        command.addSubcommand(new ApplyCommand(console, topic));
        if (topic.equals(Topics.RULES)) {
            command.addSubcommand(new CandidateCommand(console));
            command.addSubcommand(new RulesReportCommand(console));
        }
        return command;
    }

    @Override
    public Integer call() throws IOException {
        String configYaml;
        try {
            configYaml = config == null ? "" : ConfigFile.text(config);
            ConfigReader.parse(configYaml);
        } catch (InvalidConfigException e) {
            e.problems().forEach(console.err()::println);
            return ExitCode.UNUSABLE;
        }
        String brokers = brokers();
        if (brokers == null) {
            console.err().println("leadpulse: give --bootstrap-servers, or --data of a running demo");
            return ExitCode.UNUSABLE;
        }
        if (!Files.isReadable(file)) {
            console.err().println("leadpulse: no such file: " + file);
            return ExitCode.UNUSABLE;
        }
        RecordWriter writer = new RecordWriter(topic, configYaml, standing(brokers, configYaml));
        RecordWriter.Judged judged = writer.judge(file, this::complete);
        if (!judged.problems().isEmpty()) {
            judged.problems().forEach(console.err()::println);
            console.err()
                    .println("leadpulse: " + judged.problems().size()
                            + (judged.problems().size() == 1 ? " problem; " : " problems; ") + "nothing was written");
            return ExitCode.UNUSABLE;
        }
        try (EventSender sender = EventSender.to(brokers)) {
            long written = RecordWriter.write(judged, sender);
            PrintStream out = new PrintStream(console.out(), true, StandardCharsets.UTF_8);
            judged.lines().forEach(out::println);
            console.err().println("written to " + topic + ": " + written);
        }
        return ExitCode.OK;
    }

    /** Adds to a record of the file what the command says beside it. */
    void complete(ObjectNode record) {
        // What the file says is all.
    }

    private String brokers() throws IOException {
        if (bootstrapServers != null || data == null) {
            return bootstrapServers;
        }
        Properties endpoints = new Properties();
        try (Reader reader = Files.newBufferedReader(data.resolve(ENDPOINTS))) {
            endpoints.load(reader);
        }
        return endpoints.getProperty(KAFKA);
    }

    private static List<ConfigurationRecord> standing(String brokers, String configYaml) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return ConfigurationTopics.read(consumer, configYaml);
        }
    }

    /** Holds {@code apply}; does nothing by itself. */
    @Command(mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
    private static final class Group {}
}
