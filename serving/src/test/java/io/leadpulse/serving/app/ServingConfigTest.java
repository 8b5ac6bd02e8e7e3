package io.leadpulse.serving.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServingConfigTest {
    @Test
    void hasDefaultsForAllButTheBroker() {
        ServingConfig config = ServingConfig.of(List.of("--bootstrap-servers", "kafka:9092"), Map.of());
        assertThat(config)
                .isEqualTo(new ServingConfig(
                        "kafka:9092", null, 9400, "127.0.0.1", null, null, null, null, null, null, true));
        assertThat(config.connection()).isEqualTo(Map.of("bootstrap.servers", "kafka:9092"));
    }

    @Test
    void readsEveryOptionAndTheCredentialsFromTheEnvironment() {
        ServingConfig config = ServingConfig.of(
                List.of(
                        "--bootstrap-servers=a:1,b:2",
                        "--config",
                        "company.yaml",
                        "--http-port=0",
                        "--bind",
                        "0.0.0.0",
                        "--public-url=https://leads.example.com/",
                        "--postgres=jdbc:postgresql://db:5432/leadpulse",
                        "--alertmanager=http://am:9093",
                        "--grafana-url=http://grafana:3000",
                        "--provisional=off"),
                Map.of("LEADPULSE_POSTGRES_USER", "leadpulse", "LEADPULSE_POSTGRES_PASSWORD", "hunter2"));
        assertThat(config)
                .isEqualTo(new ServingConfig(
                        "a:1,b:2",
                        Path.of("company.yaml"),
                        0,
                        "0.0.0.0",
                        "https://leads.example.com",
                        "jdbc:postgresql://db:5432/leadpulse",
                        "leadpulse",
                        "hunter2",
                        "http://am:9093",
                        "http://grafana:3000",
                        false));
        assertThat(config.toString()).contains("password ***").doesNotContain("hunter2");
    }

    @Test
    void saysEverythingThatIsWrong() {
        assertThatThrownBy(() -> ServingConfig.of(
                        List.of(
                                "--http-port=70000",
                                "--postgres=jdbc:postgresql://db/x?password=p",
                                "--alertmanager=am:9093"),
                        Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--bootstrap-servers must be")
                .hasMessageContaining("--http-port must be 0 to 65535")
                .hasMessageContaining("LEADPULSE_POSTGRES_PASSWORD")
                .hasMessageContaining("--alertmanager must be");
        assertThatThrownBy(() -> ServingConfig.of(List.of("--port", "1"), Map.of()))
                .hasMessageContaining("unknown option --port");
        assertThatThrownBy(() -> ServingConfig.of(List.of("--bind"), Map.of()))
                .hasMessageContaining("--bind needs a value");
        assertThatThrownBy(() -> ServingConfig.of(List.of("--bind=a", "--bind=b"), Map.of()))
                .hasMessageContaining("--bind is given twice");
        assertThatThrownBy(() -> ServingConfig.of(List.of("--provisional=maybe"), Map.of()))
                .hasMessage("--provisional must be on or off");
        assertThatThrownBy(() -> ServingConfig.of(List.of("--http-port=x"), Map.of()))
                .hasMessageContaining("--http-port must be");
    }
}
