package io.leadpulse.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alertmanager with the project's own configuration. It keeps for 90 days what it has told whom. */
final class AlertmanagerService implements Service {
    /** Debian's name, then everybody else's. */
    private static final List<String> PROGRAMS = List.of("prometheus-alertmanager", "alertmanager");

    private final StackContext context;

    AlertmanagerService(StackContext context) {
        this.context = context;
    }

    static Optional<Path> program(Tools tools) {
        return PROGRAMS.stream()
                .flatMap(program -> tools.find(program).stream())
                .findFirst();
    }

    @Override
    public Role role() {
        return Role.ALERTMANAGER;
    }

    @Override
    public void prepare(Spawner spawner) throws IOException, StackException, InterruptedException {
        Files.createDirectories(folder().resolve("data"));
        Files.createDirectories(configuration().getParent());
        render();
    }

    @Override
    public Launch launch() {
        return Launch.of(
                        folder(),
                        List.of(
                                program(context.tools()).orElseThrow().toString(),
                                "--config.file=" + configuration(),
                                "--storage.path=" + folder().resolve("data"),
                                "--data.retention=2160h",
                                "--web.listen-address=" + context.ports().address(Ports.Name.ALERTMANAGER),
                                // One alone: no gossip, no port for it.
                                "--cluster.listen-address=",
                                "--log.level=warn"))
                .with(Map.of("GOMEMLIMIT", "48MiB"));
    }

    @Override
    public List<Integer> listensOn() {
        return List.of(context.ports().of(Ports.Name.ALERTMANAGER));
    }

    @Override
    public HealthCheck health() {
        return new HttpHealth(context.ports().url(Ports.Name.ALERTMANAGER) + "/-/ready");
    }

    /** The project's configuration for this installation; who gets mail and webhooks is said by our environment. */
    private void render() throws IOException, StackException, InterruptedException {
        Path log = context.folder().log(role().wireName());
        int code = new ProcessBuilder(
                        context.tools().require("sh"),
                        context.home().resolve("alertmanager/render.sh").toString())
                .redirectOutput(configuration().toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new StackException("Alertmanager's configuration cannot be made; " + Spawner.tail(log));
        }
    }

    private Path folder() {
        return context.folder().of("alertmanager");
    }

    private Path configuration() {
        return folder().resolve("config").resolve("alertmanager.yml");
    }
}
