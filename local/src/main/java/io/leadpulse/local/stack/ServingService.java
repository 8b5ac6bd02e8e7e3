package io.leadpulse.local.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What reads the results: exporter, read model, dispatcher, pages. It is well once it has caught up. */
final class ServingService implements Service {
    private static final String MAIN = "io.leadpulse.serving.app.ServingMain";

    private final StackContext context;
    private final Set<Role> running;
    private final boolean isProvisional;

    /**
     * With the roles that run: it is told only of those.
     *
     * @param isProvisional whether it shows sums before they are committed
     */
    ServingService(StackContext context, Set<Role> running, boolean isProvisional) {
        this.context = context;
        this.running = Set.copyOf(running);
        this.isProvisional = isProvisional;
    }

    @Override
    public Role role() {
        return Role.SERVING;
    }

    @Override
    public void prepare(Spawner spawner) {
        // Everything that it keeps is with others.
    }

    @Override
    public Launch launch() throws IOException {
        Ports ports = context.ports();
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-servers",
                ports.address(Ports.Name.KAFKA),
                "--config",
                context.configFile().toString(),
                "--http-port",
                String.valueOf(ports.of(Ports.Name.SERVING)),
                "--public-url",
                ports.url(Ports.Name.SERVING),
                "--provisional",
                isProvisional ? "on" : "off"));
        if (running.contains(Role.POSTGRES)) {
            arguments.addAll(List.of("--postgres", PostgresService.url(ports)));
        }
        if (running.contains(Role.ALERTMANAGER)) {
            arguments.addAll(List.of("--alertmanager", ports.url(Ports.Name.ALERTMANAGER)));
        }
        if (running.contains(Role.GRAFANA)) {
            arguments.addAll(List.of("--grafana-url", ports.url(Ports.Name.GRAFANA)));
        }
        Launch launch = context.java().launch(role(), context.folder().root(), MAIN, arguments);
        Map<String, String> environment = new HashMap<>(launch.environment());
        if (running.contains(Role.POSTGRES)) {
            environment.put("LEADPULSE_POSTGRES_USER", PostgresService.OWNER);
            environment.put(
                    "LEADPULSE_POSTGRES_PASSWORD", PostgresService.password(context.secrets(), PostgresService.OWNER));
        }
        return launch.with(environment);
    }

    @Override
    public List<Integer> listensOn() {
        return List.of(context.ports().of(Ports.Name.SERVING));
    }

    @Override
    public HealthCheck health() {
        return new HttpHealth(context.ports().url(Ports.Name.SERVING) + "/health");
    }
}
