package io.leadpulse.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real PostgreSQL of its own: own folder, own free port on loopback, own cluster, with a database {@code leadpulse} that
 * belongs to the role {@code leadpulse}, which is no superuser. It can be killed like a crash and started again on the
 * same data. Closing stops it and removes everything.
 *
 * <p>PostgreSQL refuses to run as root; then it runs as the user {@code postgres}, which its package brings.
 */
public final class PostgresServer implements AutoCloseable {
    /** Role of serving, and its password. */
    public static final String USER = "leadpulse";

    public static final String PASSWORD = "leadpulse-test";
    /** Role that may do everything; same password. */
    public static final String SUPERUSER = "superuser";

    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final long BETWEEN_TRIES_NANOS = Duration.ofMillis(50).toNanos();
    private static final String RUNS_AS = "postgres";

    private final Path folder;
    private final int port;
    private final Thread atExit = new Thread(this::killTree, "stop postgres");
    private volatile Process process;

    private PostgresServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Starts one; skips the test when PostgreSQL is not installed, see {@link DebianTool#require}. */
    public static PostgresServer start() throws IOException, InterruptedException, SQLException {
        Path initdb = DebianTool.INITDB.require();
        DebianTool.POSTGRES.require();
        Path folder = Files.createTempDirectory("leadpulse-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        if (isRoot()) {
            var postgres =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(RUNS_AS);
            Files.setOwner(folder, postgres);
            Files.setOwner(password, postgres);
        }
        PostgresServer server = new PostgresServer(folder, FreePort.any());
        Runtime.getRuntime().addShutdownHook(server.atExit);
        server.run(
                initdb.toString(),
                "--pgdata=" + server.data(),
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                // The password is checked, but the client need not hash it: that takes longer than most tests.
                "--auth=password",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync");
        server.startAgain();
        server.execute("postgres", "create role " + USER + " login createrole password '" + PASSWORD + "'");
        server.execute("postgres", "create database leadpulse owner " + USER);
        return server;
    }

    /** Starts the server on its data, after {@link #kill} or {@link #stop}; returns when it answers. */
    public void startAgain() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                DebianTool.POSTGRES.require().toString(),
                "-D",
                data().toString(),
                "-p",
                String.valueOf(port),
                "-k",
                folder.toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                // A killed process loses nothing that the operating system has; only a power cut would.
                "-c",
                "fsync=off",
                "-c",
                "log_min_messages=warning"));
        process = new ProcessBuilder(asServerUser(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("PostgreSQL did not start:\n" + log());
            }
            LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
        }
    }

    /** Kills the server and all that it has started, as a crash would. */
    public void kill() {
        killTree();
    }

    /** Stops it at once but in order; open connections are cut. */
    public void stop() throws IOException, InterruptedException {
        if (process != null && process.isAlive()) {
            // SIGTERM to the postmaster is its "smart" shutdown, which waits for clients; SIGINT cuts them.
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (!process.waitFor(START_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                killTree();
            }
        }
    }

    /** JDBC address of the database {@code leadpulse}. */
    public String url() {
        return url("leadpulse");
    }

    /** JDBC address of a database. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    /** A connection as {@link #USER}. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, PASSWORD);
    }

    /** A connection as some role with a password. */
    public Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(url(), user, password);
    }

    /** Runs a statement as {@link #SUPERUSER} in a database. */
    public void execute(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database), SUPERUSER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Makes an empty database that belongs to {@link #USER}, for tests that share a server. */
    public String newDatabase(String name) throws SQLException {
        execute("postgres", "drop database if exists " + name + " with (force)");
        execute("postgres", "create database " + name + " owner " + USER);
        return url(name);
    }

    /** What the server has logged. */
    public String log() throws IOException {
        Path log = folder.resolve("server.log");
        return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            kill();
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
        deleteTree();
    }

    private void killTree() {
        Process running = process;
        if (running != null) {
            List<ProcessHandle> children = running.descendants().toList();
            running.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            running.onExit().join();
            for (ProcessHandle child : children) {
                child.onExit()
                        .orTimeout(START_WITHIN.toSeconds(), TimeUnit.SECONDS)
                        .join();
            }
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url("postgres"), SUPERUSER, PASSWORD)) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(asServerUser(List.of(command)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (run.waitFor() != 0) {
            throw new IllegalStateException(command[0] + " failed:\n" + output);
        }
    }

    /** The command as the user that may run it. setpriv replaces itself by the command, so signals reach it. */
    private static List<String> asServerUser(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        List<String> asUser =
                new ArrayList<>(List.of("setpriv", "--reuid=" + RUNS_AS, "--regid=" + RUNS_AS, "--init-groups"));
        asUser.addAll(command);
        return asUser;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void deleteTree() throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failed) throws IOException {
                if (failed != null) {
                    throw failed;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
