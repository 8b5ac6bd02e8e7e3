package io.leadpulse.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.schemas.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rules candidate}: proposes rules, by which every lead is read beside those in force, or takes them back. */
@Command(
        name = "candidate",
        mixinStandardHelpOptions = true,
        description =
                "Propose the rules of a file: every lead is read by them beside the rules in force, and nothing else"
                        + " follows from them. \"rules report\" says what they would change, \"rules apply\" puts them in force.")
final class CandidateCommand extends ApplyCommand {
    @Option(names = "--withdraw", description = "take the candidate of this file back")
    private boolean withdraw;

    CandidateCommand(Console console) {
        super(console, Topics.RULES);
    }

    @Override
    void complete(ObjectNode record) {
        record.put("candidate", true);
        if (withdraw) {
            record.put("withdrawn", true);
        }
    }
}
