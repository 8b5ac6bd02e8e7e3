package io.leadpulse.local.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * PostgreSQL with a database {@code leadpulse}, a role of the same name that owns it, and {@code grafana_reader}. It
 * listens on loopback only. It refuses to run as root; for root it runs as the user {@code postgres}, which its package
 * brings, and where that user cannot reach our folder, such as below {@code /root}, its files are in {@code
 * /var/lib/leadpulse} and our folder holds a link.
 */
final class PostgresService implements Service {
    /** Who owns the database and everything in it. */
    static final String OWNER = "leadpulse";

    /** Who may read. */
    static final String READER = "grafana_reader";

    private static final String USER = "postgres";
    private static final String SUPERUSER_SECRET = "postgres-superuser";
    private static final Path ELSEWHERE = Path.of("/var/lib/leadpulse");
    /** Says which link leads to a database that lies elsewhere. */
    private static final String LINK_NOTE = "linked-from";

    private static final Duration ONE_SHOT_DEADLINE = Duration.ofMinutes(2);
    /** Whoever adopts a killed process may take some seconds to bury it. */
    private static final Duration FORMER_ENDS_WITHIN = Duration.ofSeconds(30);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final String LOGIN_TIMEOUT_SECONDS = "3";

    private final StackContext context;

    PostgresService(StackContext context) {
        this.context = context;
    }

    static boolean isInstalled(Tools tools) {
        return tools.find("postgres").isPresent() && tools.find("initdb").isPresent();
    }

    /** Address of the database for {@link #OWNER} and {@link #READER}. */
    static String url(Ports ports) {
        return "jdbc:postgresql://%s/%s".formatted(ports.address(Ports.Name.POSTGRES), OWNER);
    }

    /** Password of a role. */
    static String password(Secrets secrets, String role) throws IOException {
        return secrets.of("postgres-" + role);
    }

    @Override
    public Role role() {
        return Role.POSTGRES;
    }

    @Override
    public void prepare(Spawner spawner) throws IOException, StackException, InterruptedException {
        Path link = context.folder().of("postgres");
        if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = place(spawner, link);
            Path data = parent.resolve("postgres");
            create(spawner, parent, data);
            if (!data.equals(link)) {
                Files.createSymbolicLink(link, data);
            }
        }
        if (!Files.exists(data().resolve("PG_VERSION"))) {
            throw new StackException("%s is no database any more; remove %s to begin anew"
                    .formatted(data(), context.folder().root()));
        }
        awaitEndOfFormer(data());
    }

    /**
     * Waits until the server that a killed demo has left is gone. The folder is ours alone, so it can only be dying; but
     * while its number is in the list of processes, a new server refuses to start. After the deadline that one says why.
     */
    static void awaitEndOfFormer(Path data) throws IOException, InterruptedException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d+")) {
            return;
        }
        long pid = Long.parseLong(lines.get(0).strip());
        long deadlineNanos = System.nanoTime() + FORMER_ENDS_WITHIN.toNanos();
        while (ProcessHandle.of(pid).isPresent() && System.nanoTime() < deadlineNanos) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    @Override
    public Launch launch() throws IOException {
        return Launch.of(
                        data(),
                        List.of(
                                context.tools().require("postgres"),
                                "-D",
                                data().toString(),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "port=" + context.ports().of(Ports.Name.POSTGRES),
                                // A path of ours may be too long for a socket, and nobody needs one.
                                "-c",
                                "unix_socket_directories=",
                                "-c",
                                "shared_buffers=64MB",
                                "-c",
                                "max_connections=40",
                                "-c",
                                "jit=off"))
                .as(StackContext.unprivileged(USER));
    }

    @Override
    public List<Integer> listensOn() {
        return List.of(context.ports().of(Ports.Name.POSTGRES));
    }

    @Override
    public HealthCheck health() {
        return this::problem;
    }

    /** Ends open sessions instead of waiting for them. */
    @Override
    public String stopSignal() {
        return "INT";
    }

    /** It writes what it has changed first, which takes a busy disk long; killed amid that it recovers at its next start. */
    @Override
    public Duration stopDeadline() {
        return STOP_WITHIN;
    }

    /** Roles and database; also heals a start that was killed between two of them. */
    private Optional<String> problem() {
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            createRole(connection, OWNER);
            createRole(connection, READER);
            if (!exists(connection, "select 1 from pg_database where datname = ?", OWNER)) {
                statement.execute("create database %s owner %s".formatted(OWNER, OWNER));
            }
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of("it does not answer (%s)".formatted(e.getSQLState()));
        } catch (IOException e) {
            return Optional.of("its password cannot be read: " + e.getMessage());
        }
    }

    private Connection superuser(String database) throws SQLException, IOException {
        Properties properties = new Properties();
        properties.put("user", USER);
        properties.put("password", context.secrets().of(SUPERUSER_SECRET));
        properties.put("loginTimeout", LOGIN_TIMEOUT_SECONDS);
        return DriverManager.getConnection(
                "jdbc:postgresql://%s/%s".formatted(context.ports().address(Ports.Name.POSTGRES), database),
                properties);
    }

    /** The password is letters and digits, so it can stand in the text, where DDL wants it. */
    private void createRole(Connection connection, String role) throws SQLException, IOException {
        if (!exists(connection, "select 1 from pg_roles where rolname = ?", role)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "create role %s login password '%s'".formatted(role, password(context.secrets(), role)));
            }
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        }
    }

    private Path data() throws IOException {
        return context.folder().of("postgres").toRealPath();
    }

    /** The folder in which the database's folder is made: ours, if the user that it runs as can go there. */
    private Path place(Spawner spawner, Path link) throws IOException, StackException, InterruptedException {
        Optional<String> user = StackContext.unprivileged(USER);
        if (user.isEmpty() || canReach(spawner, link.getParent(), user)) {
            return link.getParent();
        }
        // One folder for each of ours. What is there belonged to one that was removed since, with its passwords.
        Path elsewhere =
                ELSEWHERE.resolve(UUID.nameUUIDFromBytes(link.toString().getBytes(StandardCharsets.UTF_8))
                        .toString());
        Files.createDirectories(ELSEWHERE);
        removeForsaken();
        FileTree.delete(elsewhere);
        Files.createDirectory(
                elsewhere, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(elsewhere.resolve(LINK_NOTE), link.toString());
        return elsewhere;
    }

    /** Removes the databases whose demo's folder was removed. */
    private static void removeForsaken() throws IOException {
        List<Path> places;
        try (Stream<Path> found = Files.list(ELSEWHERE)) {
            places = found.toList();
        }
        for (Path place : places) {
            Path note = place.resolve(LINK_NOTE);
            if (Files.exists(note) && !Files.exists(Path.of(Files.readString(note)), LinkOption.NOFOLLOW_LINKS)) {
                FileTree.delete(place);
            }
        }
    }

    private boolean canReach(Spawner spawner, Path directory, Optional<String> user)
            throws IOException, InterruptedException {
        Launch launch = Launch.of(
                        Path.of("/"),
                        List.of(context.tools().require("sh"), "-c", "cd \"$1\"", "sh", directory.toString()))
                .as(user);
        return spawner.start(launch, context.folder().log(role().wireName())).waitFor() == 0;
    }

    /** Makes the database under another name and renames it when it is whole. */
    private void create(Spawner spawner, Path parent, Path data)
            throws IOException, StackException, InterruptedException {
        Path half = parent.resolve("postgres.new");
        FileTree.delete(half);
        Files.createDirectory(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path password = half.resolveSibling("postgres.password");
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(password, context.secrets().of(SUPERUSER_SECRET));
            if (StackContext.isRoot()) {
                UserPrincipal owner =
                        half.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
                Files.setOwner(half, owner);
                Files.setOwner(password, owner);
            }
            Launch initdb = Launch.of(
                            half,
                            List.of(
                                    context.tools().require("initdb"),
                                    "--pgdata=" + half,
                                    "--username=" + USER,
                                    "--pwfile=" + password,
                                    "--auth=scram-sha-256",
                                    "--encoding=UTF8",
                                    "--locale=C.UTF-8"))
                    .with(Map.of("LC_ALL", "C.UTF-8"))
                    .as(StackContext.unprivileged(USER));
            spawner.run(
                    "making PostgreSQL's database", initdb, context.folder().log(role().wireName()), ONE_SHOT_DEADLINE);
        } finally {
            Files.deleteIfExists(password);
        }
        Files.move(half, data);
    }
}
