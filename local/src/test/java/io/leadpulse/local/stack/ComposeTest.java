package io.leadpulse.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.leadpulse.app.ClusterCommands;
import io.leadpulse.local.DataSets;
import io.leadpulse.schemas.config.ConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be said of docker-compose.yml without Docker. */
class ComposeTest {
    private static final Path ROOT = DataSets.projectRoot();
    private static final Map<?, ?> COMPOSE = read();
    /** A tag with a whole version, never one that moves. */
    private static final Pattern PINNED = Pattern.compile("[a-z/-]+:v?\\d+\\.\\d+(\\.\\d+)?[-_.a-z0-9]*");

    private static final Pattern OURS = Pattern.compile("io\\.leadpulse\\.[A-Za-z.]+");
    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(password|secret|token|credential).*");
    private static final Pattern CONTAINER_HOST = Pattern.compile("(?:^|//|@)([a-z]+):\\d+");
    private static final Set<String> ONE_SHOTS = Set.of("files", "topics");
    private static final int MAX_MEBIBYTES = 6 * 1024;

    @TempDir
    private Path folder;

    @Test
    void everyPartIsThere() {
        assertThat(services().keySet())
                .containsExactlyInAnyOrder(
                        "files",
                        "kafka",
                        "topics",
                        "jobmanager",
                        "taskmanager",
                        "serving",
                        "postgres",
                        "prometheus",
                        "alertmanager",
                        "grafana",
                        "simulator");
        assertThat(services().get("simulator").get("profiles")).isEqualTo(List.of("demo"));
        assertThat(services())
                .allSatisfy((name, service) ->
                        assertThat(service.get("profiles") == null).as(name).isEqualTo(!name.equals("simulator")));
    }

    @Test
    void everyImageIsPinned() throws IOException {
        assertThat(services()).allSatisfy((name, service) -> assertThat((String) service.get("image"))
                .matches(PINNED));
        assertThat(Files.readAllLines(ROOT.resolve("docker/Dockerfile")))
                .filteredOn(line -> line.startsWith("FROM "))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.substring("FROM ".length())).matches(PINNED));
    }

    @Test
    void nobodyIsRootOrGetsMore() throws IOException {
        assertThat(services()).allSatisfy((name, service) -> {
            assertThat((String) service.get("user")).matches("[1-9]\\d*:[1-9]\\d*");
            assertThat(service.get("cap_drop")).isEqualTo(List.of("ALL"));
            assertThat(service.get("security_opt")).isEqualTo(List.of("no-new-privileges:true"));
            for (String more : List.of("privileged", "cap_add", "network_mode", "pid")) {
                assertThat(service.get(more)).as(more).isNull();
            }
        });
        assertThat(Files.readString(ROOT.resolve("docker/Dockerfile"))).contains("\nUSER 10001:10001\n");
    }

    @Test
    void memoryIsLimitedAndHealthIsAsked() {
        int sum = 0;
        for (Map.Entry<String, Map<?, ?>> each : services().entrySet()) {
            String limit = (String) each.getValue().get("mem_limit");
            assertThat(limit).as(each.getKey()).matches("\\d+m");
            if (ONE_SHOTS.contains(each.getKey())) {
                assertThat(each.getValue().get("restart")).isEqualTo("no");
            } else {
                sum += Integer.parseInt(limit.replace("m", ""));
                assertThat(each.getValue().get("restart")).isEqualTo("unless-stopped");
                assertThat(map(each.getValue().get("healthcheck")).get("test"))
                        .as(each.getKey())
                        .isNotNull();
            }
        }
        assertThat(sum).isLessThanOrEqualTo(MAX_MEBIBYTES);
        assertThat(map(services().get("jobmanager").get("healthcheck"))
                        .get("test")
                        .toString())
                .contains("RUNNING", "/checkpoints", "completed");
    }

    @Test
    void portsAreOpenToThisMachineOnly() {
        List<String> ports = new ArrayList<>();
        services().values().forEach(service -> ports.addAll(texts(service.get("ports"))));

        assertThat(ports).hasSizeGreaterThan(5).doesNotHaveDuplicates().allSatisfy(port -> assertThat(port)
                .matches("127\\.0\\.0\\.1:\\d+:\\d+"));
    }

    @Test
    void noSecretStandsInTheRepository() {
        assertThat(services()).allSatisfy((name, service) -> {
            if (service.get("environment") != null) {
                map(service.get("environment")).forEach((variable, value) -> {
                    if (SECRET_NAME.matcher(variable.toString()).matches()) {
                        assertThat(variable.toString())
                                .as("%s of %s", variable, name)
                                .endsWith("_FILE");
                        assertThat(value.toString()).startsWith("/secrets/");
                    }
                });
            }
        });
    }

    @Test
    void aSecretIsMountedByItsReadersOnly() {
        assertThat(mounting("secrets_postgres")).containsExactlyInAnyOrder("files", "postgres");
        assertThat(mounting("secrets_serving")).containsExactlyInAnyOrder("files", "serving");
        assertThat(mounting("secrets_grafana")).containsExactlyInAnyOrder("files", "grafana");
    }

    @Test
    void volumesAreDeclaredAndFilesAreThere() {
        Set<String> used = new TreeSet<>();
        services().forEach((name, service) -> texts(service.get("volumes")).forEach(mount -> {
            String source = mount.split(":", -1)[0];
            if (source.startsWith("./")) {
                assertThat(ROOT.resolve(source)).as(name).exists();
                assertThat(mount).as(name).endsWith(":ro");
            } else {
                used.add(source);
            }
        }));

        assertThat(used).isEqualTo(map(COMPOSE.get("volumes")).keySet());
    }

    @Test
    void whatIsMountedToBeRunCanBeRun() {
        assertThat(List.of("docker/run.sh", "docker/postgres/10-roles.sh", "alertmanager/render.sh"))
                .allSatisfy(script -> assertThat(ROOT.resolve(script)).isExecutable());
    }

    @Test
    void ourCommandsNameClassesThatHaveAMain() {
        List<String> classes = new ArrayList<>();
        services().values().stream()
                .filter(service -> service.get("build") != null)
                .flatMap(service -> texts(service.get("command")).stream())
                .filter(word -> OURS.matcher(word).matches())
                .forEach(classes::add);
        classes.add("io.leadpulse.local.stack.EngineArguments");

        assertThat(classes)
                .contains("io.leadpulse.serving.app.ServingMain", ComposeSteps.class.getName())
                .allSatisfy(name -> assertThatCode(() -> Class.forName(name).getMethod("main", String[].class))
                        .as(name)
                        .doesNotThrowAnyException());
    }

    @Test
    void whoNeedsWhomWaitsForItAndEveryHostIsAService() {
        assertThat(services()).allSatisfy((name, service) -> {
            if (service.get("depends_on") != null) {
                map(service.get("depends_on")).forEach((other, how) -> {
                    assertThat(services()).containsKey(other.toString());
                    String condition = map(how).get("condition").toString();
                    assertThat(condition.equals("service_completed_successfully"))
                            .as("%s waits for %s", name, other)
                            .isEqualTo(ONE_SHOTS.contains(other.toString()));
                });
            }
            texts(service.get("command")).stream()
                    .flatMap(word -> CONTAINER_HOST.matcher(word).results())
                    .forEach(host -> assertThat(services()).containsKey(host.group(1)));
        });
    }

    @Test
    void prometheusAsksTheContainersThatThereAre() throws IOException {
        try (Stream<Path> targets = Files.list(ROOT.resolve("docker/prometheus/targets"))) {
            assertThat(targets.toList()).isNotEmpty().allSatisfy(file -> {
                List<?> groups = (List<?>) new Yaml().load(Files.readString(file));
                texts(map(groups.get(0)).get("targets"))
                        .forEach(target -> assertThat(services()).containsKey(target.split(":", -1)[0]));
            });
        }
        assertThat(Files.readString(ROOT.resolve("prometheus/prometheus.yml")))
                .contains("targets/serving.json", "targets/flink.json", "targets/alertmanager.json");
    }

    @Test
    void eachOfTheEnginesContainersListensAtItsOwnName() throws IOException {
        ClusterCommands commands = new ClusterCommands(folder, "jobmanager", 1, 2, 3, 4, 2, List.of());

        assertThat(commands.jobManager()).contains("metrics.reporter.prometheus.host=jobmanager");
        assertThat(EngineServices.onHost(commands.taskManager(), "taskmanager"))
                .contains(
                        "metrics.reporter.prometheus.host=taskmanager",
                        "taskmanager.host=taskmanager",
                        "taskmanager.bind-host=taskmanager")
                .doesNotContain("metrics.reporter.prometheus.host=jobmanager");
    }

    @Test
    void theGivenConfigurationIsValidAndTheFirstStepMakesAllThatOthersRead() throws Exception {
        Path given = ROOT.resolve("docker/leadpulse.yaml");
        Path secrets = folder.resolve("secrets");
        Path config = folder.resolve("config");

        ComposeSteps.files(secrets, config, given, "none,");
        String password = Files.readString(secrets.resolve("postgres/leadpulse"));
        ComposeSteps.files(secrets, config, given, "none,");

        assertThat(config.resolve("config.yaml")).hasSameTextualContentAs(given);
        assertThatCode(() -> ConfigReader.parse(Files.readString(given))).doesNotThrowAnyException();
        assertThat(secrets.resolve("postgres/leadpulse")).hasContent(password);
        assertThat(secrets.resolve("serving/leadpulse")).hasContent(password);
        for (String secret : List.of("postgres/superuser", "grafana/grafana_reader", "grafana/admin")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets.resolve(secret))))
                    .isEqualTo("rw-------");
        }
    }

    private static Map<?, ?> read() {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(Files.readString(ROOT.resolve("docker-compose.yml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Map<?, ?>> services() {
        Map<String, Map<?, ?>> services = new TreeMap<>();
        map(COMPOSE.get("services")).forEach((name, service) -> services.put(name.toString(), map(service)));
        return services;
    }

    private static List<String> mounting(String volume) {
        return services().entrySet().stream()
                .filter(service -> texts(service.getValue().get("volumes")).stream()
                        .anyMatch(mount -> mount.startsWith(volume + ":")))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static List<String> texts(Object value) {
        return value == null
                ? List.of()
                : ((List<?>) value).stream().map(Object::toString).toList();
    }
}
