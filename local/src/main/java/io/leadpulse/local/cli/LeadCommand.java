package io.leadpulse.local.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lead}: prints a lead's profile and ledger in words. */
@Command(
        name = "lead",
        mixinStandardHelpOptions = true,
        description = "Print a lead's profile and ledger in words: what made its score, and what is left of it now.")
final class LeadCommand extends ServingCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "id of the lead, as in the CRM")
    private String lead;

    LeadCommand(Console console) {
        super(console);
    }

    @Override
    String path() {
        return "/api/leads/" + URLEncoder.encode(lead, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
