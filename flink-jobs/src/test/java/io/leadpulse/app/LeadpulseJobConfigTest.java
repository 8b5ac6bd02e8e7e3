package io.leadpulse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadpulseJobConfigTest {
    @TempDir
    private Path folder;

    @Test
    void showsNoSecret() throws Exception {
        Path kafka = folder.resolve("kafka.properties");
        Files.writeString(kafka, "sasl.jaas.config=hidden1\nssl.key.password=hidden2\nsecurity.protocol=SASL_SSL\n");

        assertThat(of("--kafka", kafka.toString()).toString())
                .doesNotContain("hidden")
                .contains("security.protocol=SASL_SSL", "transaction-timeout=14 min");
    }

    @Test
    void refusesATransactionTimeoutThatARestartCouldOutlast() {
        assertThatThrownBy(() -> of("--transaction-timeout", "3 min"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("transaction-timeout")
                .hasMessageContaining("364 s");
    }

    @Test
    void refusesATransactionTimeoutThatTheBrokerDoesNotAllow() throws Exception {
        LeadpulseJobConfig config = of();

        assertThatCode(() -> config.requireAllowed(Duration.ofMinutes(15))).doesNotThrowAnyException();
        assertThatThrownBy(() -> config.requireAllowed(Duration.ofMinutes(10)))
                .isInstanceOf(RefusedStartException.class)
                .hasMessageContaining("transaction.max.timeout.ms");
    }

    @Test
    void refusesUnknownAndMissingOptions() {
        assertThatThrownBy(() -> of("--paralelism", "2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("paralelism");
        assertThatThrownBy(() -> LeadpulseJobConfig.of(new String[] {"--data", "x"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--bootstrap-servers is missing");
    }

    private LeadpulseJobConfig of(String... more) throws Exception {
        String[] arguments = new String[4 + more.length];
        arguments[0] = "--bootstrap-servers";
        arguments[1] = "localhost:9092";
        arguments[2] = "--data";
        arguments[3] = folder.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return LeadpulseJobConfig.of(arguments);
    }
}
