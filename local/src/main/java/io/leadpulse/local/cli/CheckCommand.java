package io.leadpulse.local.cli;

import io.leadpulse.schemas.config.Company;
import io.leadpulse.schemas.config.ConfigProblem;
import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.DailyDigest;
import io.leadpulse.schemas.config.InvalidConfigException;
import io.leadpulse.schemas.config.KeyMetric;
import io.leadpulse.schemas.config.LeadpulseConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code check}: validates a configuration. A valid one is summed up on standard output; of one that is not, every
 * problem stands on a line of standard error.
 */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Validate a configuration; every problem is told at once.")
final class CheckCommand implements Callable<Integer> {
    private static final double MILLI_DAYS_PER_DAY = 1_000;

    private final Console console;

    @Option(names = "--config", paramLabel = "FILE", description = "configuration (default: the built-in one)")
    private Path file;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LeadpulseConfig config;
        try {
            config = file == null ? LeadpulseConfig.defaults() : ConfigReader.read(file);
        } catch (InvalidConfigException e) {
            for (ConfigProblem problem : e.problems()) {
                console.err().println(problem);
            }
            console.err()
                    .println("leadpulse: " + e.problems().size()
                            + (e.problems().size() == 1 ? " problem; " : " problems; ")
                            + "the configuration is not valid");
            return ExitCode.UNUSABLE;
        }
        StringWriter summary = new StringWriter();
        summarize(config, new PrintWriter(summary));
        return console.print(summary.toString());
    }

    private static void summarize(LeadpulseConfig config, PrintWriter out) {
        out.println("configuration is valid");
        out.println("company:     " + config.company().name());
        out.println("zone:        " + config.company().zone());
        out.println("currency:    " + currency(config.company()));
        out.println("calendar:    " + calendar(config.company()));
        out.println("stages:      "
                + config.dealStages().open().stream()
                        .map(stage -> stage + " " + days(config.stageLimits().limitMilliDays(stage)))
                        .collect(Collectors.joining(", "))
                + (config.dealStages().open().isEmpty() ? "" : "; ")
                + "others "
                + days(config.stageLimits().defaultLimitMilliDays())
                + " (business days)");
        out.println("rules:       " + config.scoreRules().rules().size() + " for acts, "
                + config.scoreRules().fitRules().size() + " for attributes");
        out.println("key metrics: "
                + config.keyMetrics().stream()
                        .map(metric -> keyMetric(metric, config))
                        .collect(Collectors.joining(", ")));
        out.println("digest:      " + digest(config.dailyDigest()));
        out.println(
                "goals, reps: " + config.goals().size() + ", " + config.reps().size());
    }

    private static String keyMetric(KeyMetric metric, LeadpulseConfig config) {
        BigDecimal aim = config.keyMetricAims().get(metric);
        return aim == null
                ? metric.title()
                : "%s (%s %s %s)"
                        .formatted(
                                metric.title(),
                                metric.aim().label(),
                                aim.toPlainString(),
                                metric.unit().given());
    }

    private static String digest(DailyDigest digest) {
        return digest.enabled()
                ? "at %s, %s, to %s"
                        .formatted(
                                digest.at(),
                                digest.onDaysOff() ? "every day" : "on working days",
                                digest.recipients().isEmpty()
                                        ? "the team leads"
                                        : String.join(", ", digest.recipients()))
                : "none";
    }

    private static String currency(Company company) {
        StringBuilder text = new StringBuilder(company.currency());
        if (company.moneyUnit().worthDigits() > 0) {
            text.append(", shown as ").append(company.moneyUnit().name());
        }
        if (!company.rates().currencies().isEmpty()) {
            text.append("; converted: ")
                    .append(String.join(
                            ", ", new TreeSet<>(company.rates().currencies().keySet())));
        }
        return text.toString();
    }

    private static String calendar(Company company) {
        return "%s months, weeks from %s, fiscal year from month %d, day %d"
                .formatted(
                        company.months().name().toLowerCase(Locale.ROOT),
                        company.weekStart().name().toLowerCase(Locale.ROOT),
                        company.fiscalStartMonth(),
                        company.fiscalStartDay());
    }

    private static String days(long milliDays) {
        double days = milliDays / MILLI_DAYS_PER_DAY;
        return milliDays == 0 ? "never" : days == Math.rint(days) ? String.valueOf((long) days) : String.valueOf(days);
    }
}
