package io.leadpulse.serving.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadpulse.tools.DebianTool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools' own checks of what is configured for them. */
class ToolConfigurationITCase {

    @TempDir
    Path folder;

    @Test
    void theAlertmanagersConfigurationIsValidHoweverItIsRendered() throws Exception {
        Map<String, String> mail = Map.of("LEADPULSE_SMTP_SMARTHOST", "mail.example.com:587");
        Map<String, String> login =
                Map.of("LEADPULSE_SMTP_SMARTHOST", "mail.example.com:587", "LEADPULSE_SMTP_USERNAME", "leadpulse");
        Map<String, String> hook = Map.of("LEADPULSE_WEBHOOK_URL", "https://hooks.example.com/leadpulse?x=1&y=2");
        for (Map<String, String> environment : List.of(Map.<String, String>of(), mail, login, hook)) {
            Path rendered = AlertmanagerProcess.rendered(folder, environment);

            assertThat(Files.readString(rendered)).doesNotContainPattern("@[A-Z_]+@");
            assertThat(run(DebianTool.AMTOOL, "check-config", rendered.toString()))
                    .contains("SUCCESS")
                    .contains("3 receivers");
        }
    }

    @Test
    void aValueThatCouldEndItsPlaceIsRefused() throws Exception {
        DebianTool.AMTOOL.require();
        for (String value : List.of("a'b", "a\nb", "{{ a }}", "a\\b")) {
            ProcessBuilder render = new ProcessBuilder(
                            "sh", Repository.file("alertmanager/render.sh").toString())
                    .redirectErrorStream(true);
            render.environment().put("LEADPULSE_WEBHOOK_URL", value);
            Process process = render.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isEqualTo(1);
            assertThat(said).contains("LEADPULSE_WEBHOOK_URL must be one line");
        }
    }

    @Test
    void peopleAndOperatorsAreRoutedApart() throws Exception {
        Path rendered = AlertmanagerProcess.rendered(folder, Map.of());
        String config = "--config.file=" + rendered;

        assertThat(run(DebianTool.AMTOOL, "config", "routes", "test", config, "alertname=LeadStuck", "message_id=1"))
                .endsWith("\npeople\n");
        assertThat(run(DebianTool.AMTOOL, "config", "routes", "test", config, "alertname=LeadDigest", "message_id=1"))
                .endsWith("\npeople_once\n");
        assertThat(run(DebianTool.AMTOOL, "config", "routes", "test", config, "alertname=DailyDigest", "message_id=1"))
                .endsWith("\npeople_once\n");
        assertThat(run(
                        DebianTool.AMTOOL,
                        "config",
                        "routes",
                        "test",
                        config,
                        "alertname=GoalMilestone",
                        "message_id=1"))
                .endsWith("\npeople_once\n");
        for (String alertName : List.of("PoorCampaign", "WorksWorse")) {
            assertThat(run(
                            DebianTool.AMTOOL,
                            "config",
                            "routes",
                            "test",
                            config,
                            "alertname=" + alertName,
                            "message_id=1"))
                    .endsWith("\npeople_once\n");
        }
        assertThat(run(DebianTool.AMTOOL, "config", "routes", "test", config, "alertname=SourceSilent"))
                .endsWith("\noperators\n");
    }

    @Test
    void prometheusTakesItsConfigurationAndItsRules() throws Exception {
        assertThat(run(
                        DebianTool.PROMTOOL,
                        "check",
                        "config",
                        Repository.file("prometheus/prometheus.yml").toString()))
                .contains("is valid prometheus config file syntax");
    }

    @Test
    void theRulesRaiseWhatTheyShouldAndNothingElse() throws Exception {
        try (Stream<Path> tests = Files.list(Repository.file("prometheus/tests"))) {
            for (Path test : tests.sorted().toList()) {
                assertThat(run(DebianTool.PROMTOOL, "test", "rules", test.toString()))
                        .contains("SUCCESS");
            }
        }
    }

    private static String run(DebianTool tool, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(tool.require().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
