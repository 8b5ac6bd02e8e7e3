package io.leadpulse.local.stack;

import io.leadpulse.schemas.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Grafana, where somebody has installed it, with the project's boards, which everybody on this machine may look at. */
final class GrafanaService implements Service {
    private static final Path DEBIAN_HOME = Path.of("/usr/share/grafana");

    private final StackContext context;

    GrafanaService(StackContext context) {
        this.context = context;
    }

    static boolean isInstalled(Tools tools) {
        return tools.find("grafana").isPresent() || tools.find("grafana-server").isPresent();
    }

    @Override
    public Role role() {
        return Role.GRAFANA;
    }

    @Override
    public void prepare(Spawner spawner) throws IOException {
        Files.createDirectories(folder());
        context.secrets().of("grafana-admin");
    }

    @Override
    public Launch launch() throws IOException {
        Optional<Path> grafana = context.tools().find("grafana");
        List<String> command = new ArrayList<>();
        command.add(grafana.map(Path::toString).orElseGet(() -> context.tools().require("grafana-server")));
        if (grafana.isPresent()) {
            command.add("server");
        }
        command.add("--homepath=" + home(Path.of(command.get(0))));
        return Launch.of(folder(), command).with(environment());
    }

    @Override
    public List<Integer> listensOn() {
        return List.of(context.ports().of(Ports.Name.GRAFANA));
    }

    @Override
    public HealthCheck health() {
        return new HttpHealth(context.ports().url(Ports.Name.GRAFANA) + "/api/health");
    }

    private Map<String, String> environment() throws IOException {
        Ports ports = context.ports();
        Map<String, String> settings = new HashMap<>();
        settings.put("GF_SERVER_HTTP_ADDR", "127.0.0.1");
        settings.put("GF_SERVER_HTTP_PORT", String.valueOf(ports.of(Ports.Name.GRAFANA)));
        settings.put("GF_PATHS_DATA", folder().resolve("data").toString());
        settings.put("GF_PATHS_LOGS", folder().resolve("logs").toString());
        settings.put("GF_PATHS_PLUGINS", folder().resolve("plugins").toString());
        settings.put("GF_PATHS_PROVISIONING", grafana().resolve("provisioning").toString());
        settings.put("GF_AUTH_ANONYMOUS_ENABLED", "true");
        settings.put("GF_AUTH_ANONYMOUS_ORG_ROLE", "Viewer");
        settings.put(
                "GF_SECURITY_ADMIN_PASSWORD__FILE",
                context.secrets().file("grafana-admin").toString());
        settings.put("GF_ANALYTICS_REPORTING_ENABLED", "false");
        settings.put("GF_ANALYTICS_CHECK_FOR_UPDATES", "false");
        settings.put("GF_NEWS_NEWS_FEED_ENABLED", "false");
        settings.put("GF_DASHBOARDS_MIN_REFRESH_INTERVAL", "5s");
        settings.put(
                "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH",
                grafana().resolve("dashboards/wall.json").toString());
        // Boards show the company's days, wherever the browser is.
        settings.put(
                "GF_DATE_FORMATS_DEFAULT_TIMEZONE",
                ConfigReader.read(context.configFile()).company().zone().getId());
        settings.put("GF_LOG_MODE", "console");
        settings.put("LEADPULSE_PROMETHEUS_URL", ports.url(Ports.Name.PROMETHEUS));
        settings.put("LEADPULSE_GRAFANA_POSTGRES", ports.address(Ports.Name.POSTGRES));
        settings.put("LEADPULSE_GRAFANA_POSTGRES_DATABASE", PostgresService.OWNER);
        settings.put("LEADPULSE_GRAFANA_POSTGRES_SSLMODE", "disable");
        settings.put("LEADPULSE_GRAFANA_POSTGRES_USER", PostgresService.READER);
        settings.put(
                "LEADPULSE_GRAFANA_POSTGRES_PASSWORD",
                PostgresService.password(context.secrets(), PostgresService.READER));
        settings.put("LEADPULSE_DASHBOARDS", grafana().resolve("dashboards").toString());
        return settings;
    }

    /** Where its own pages are: Debian's package, else beside the program of an unpacked archive. */
    private static Path home(Path program) throws IOException {
        Path unpacked = program.toRealPath().getParent().getParent();
        return Files.isDirectory(unpacked.resolve("public")) ? unpacked : DEBIAN_HOME;
    }

    private Path folder() {
        return context.folder().of("grafana");
    }

    private Path grafana() {
        return context.home().resolve("grafana");
    }
}
