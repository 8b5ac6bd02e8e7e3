package io.leadpulse.local.cli;

import picocli.CommandLine.Command;

/** {@code rules report}: prints what the candidate rules would change. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Print who would move band and how many would qualify by the candidate rules.")
final class RulesReportCommand extends ServingCommand {
    RulesReportCommand(Console console) {
        super(console);
    }

    @Override
    String path() {
        return "/api/rules/candidate";
    }
}
