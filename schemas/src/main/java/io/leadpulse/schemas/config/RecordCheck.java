package io.leadpulse.schemas.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.ConfigurationRecords;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Judges the records of the configuration topics: each in itself, and versions of the rules also beside the others that
 * were read before the events. It carries texts, so that it can travel with the job graph, and reads them when first
 * asked.
 */
public final class RecordCheck implements ConfigurationRecords {

    private final String configYaml;
    private final List<ConfigurationRecord> records;
    private transient Directory directory;

    /**
     * @param configYaml text of the configuration, which must be valid
     * @param records the records that were read before the events, in order
     */
    public RecordCheck(String configYaml, List<ConfigurationRecord> records) {
        this.configYaml = configYaml;
        this.records = List.copyOf(records);
    }

    @Override
    public Optional<String> problem(String topic, JsonNode value) {
        return problem(topic, value, Problems.ofRecord());
    }

    /** The same of a record that a person wrote: a key that nobody knows, which a newer producer may send, is a mistake too. */
    public Optional<String> problemOfWritten(String topic, JsonNode value) {
        return problem(topic, value, Problems.ofFile());
    }

    private Optional<String> problem(String topic, JsonNode value, Problems problems) {
        Optional<String> own = problem(topic, value, directory().config(), problems);
        return own.isPresent() || !topic.equals(Topics.RULES)
                ? own
                : Optional.ofNullable(directory().rulesRefusal(value));
    }

    /** What is wrong with a record in itself. */
    static Optional<String> problem(String topic, JsonNode value, LeadpulseConfig config) {
        return problem(topic, value, config, Problems.ofRecord());
    }

    private static Optional<String> problem(String topic, JsonNode value, LeadpulseConfig config, Problems problems) {
        Section section = Section.root(ConfigTree.ofJson(value, problems), problems);
        switch (topic) {
            case Topics.REPS -> {
                section.require("effective_from", "a time");
                RepReader.read(section);
            }
            case Topics.GOALS -> {
                section.require("effective_from", "a time");
                section.require("measure", "what is to be reached");
                new GoalReader(config.company()).read(section);
            }
            case Topics.RULES -> RulesVersion.of(config).changedBy(value, problems);
            default ->
                problems.add(
                        "topic",
                        topic,
                        Section.oneOf(Topics.CONFIGURATION.stream().sorted().toList()),
                        0);
        }
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(problems.inFileOrder().stream()
                        .map(ConfigProblem::withoutValue)
                        .collect(Collectors.joining("; ")));
    }

    private Directory directory() {
        if (directory == null) {
            directory = Directory.of(ConfigReader.parse(configYaml), records);
        }
        return directory;
    }
}
