package io.leadpulse.local.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lead}: prints a lead's profile and ledger in words. */
@Command(
        name = "lead",
        mixinStandardHelpOptions = true,
        description = "Print a lead's profile and ledger in words: what made its score, and what is left of it now;"
                + " or its score at a time in the past.")
final class LeadCommand extends ServingCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "id of the lead, as in the CRM")
    private String lead;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "the score at that time: a day (its end), a time of day in the company's zone, or RFC 3339")
    private String at;

    LeadCommand(Console console) {
        super(console);
    }

    @Override
    String path() {
        return "/api/leads/" + encoded(lead) + (at == null ? "" : "?at=" + encoded(at));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
