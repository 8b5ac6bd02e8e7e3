package io.leadpulse.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prometheus with the project's own configuration; who is to be asked is told by files beside it. */
final class PrometheusService implements Service {
    /** Business panels look back 24 hours at most; the rest is for whoever comes back after a weekend. */
    private static final String RETENTION = "7d";

    private final StackContext context;
    private final Set<Role> running;

    PrometheusService(StackContext context, Set<Role> running) {
        this.context = context;
        this.running = Set.copyOf(running);
    }

    @Override
    public Role role() {
        return Role.PROMETHEUS;
    }

    @Override
    public void prepare(Spawner spawner) throws IOException {
        FileTree.copy(context.home().resolve("prometheus"), configuration());
        Path targets = Files.createDirectories(configuration().resolve("targets"));
        Ports ports = context.ports();
        target(targets, "serving", true, ports.address(Ports.Name.SERVING));
        target(
                targets,
                "flink",
                running.contains(Role.TASKMANAGER),
                ports.address(Ports.Name.JOBMANAGER_METRICS),
                ports.address(Ports.Name.TASKMANAGER_METRICS));
        target(targets, "alertmanager", running.contains(Role.ALERTMANAGER), ports.address(Ports.Name.ALERTMANAGER));
    }

    @Override
    public Launch launch() {
        return Launch.of(
                        configuration(),
                        List.of(
                                context.tools().require("prometheus"),
                                "--config.file=" + configuration().resolve("prometheus.yml"),
                                "--storage.tsdb.path="
                                        + context.folder().of("prometheus").resolve("data"),
                                "--storage.tsdb.retention.time=" + RETENTION,
                                "--web.listen-address=" + context.ports().address(Ports.Name.PROMETHEUS),
                                "--log.level=warn"))
                .with(Map.of("GOMEMLIMIT", "200MiB"));
    }

    @Override
    public List<Integer> listensOn() {
        return List.of(context.ports().of(Ports.Name.PROMETHEUS));
    }

    @Override
    public HealthCheck health() {
        return new HttpHealth(context.ports().url(Ports.Name.PROMETHEUS) + "/-/ready");
    }

    private Path configuration() {
        return context.folder().of("prometheus").resolve("config");
    }

    /** Nobody to ask is an empty list, not a missing file. */
    private static void target(Path folder, String name, boolean there, String... addresses) throws IOException {
        String list = String.join("\", \"", addresses);
        String json = there ? "[{\"targets\": [\"%s\"]}]%n".formatted(list) : "[]%n".formatted();
        Files.writeString(folder.resolve(name + ".json"), json);
    }
}
