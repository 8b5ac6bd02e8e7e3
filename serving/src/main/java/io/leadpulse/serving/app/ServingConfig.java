package io.leadpulse.serving.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What serving is started with. Printed, it shows no password.
 *
 * @param bootstrapServers where the broker listens, {@code host:port}, several with commas
 * @param configFile the company's configuration; null for the defaults
 * @param httpPort port to listen on, 0 for a free one
 * @param bind address to listen on
 * @param publicUrl beginning of links to this server, without a slash at the end; null for where it listens
 * @param postgresUrl JDBC URL of the read model, without credentials; null for none
 * @param postgresUser its user; null for the driver's default
 * @param postgresPassword its password; null for none
 * @param alertmanagerUrl where alerts are sent; null: they are not sent
 * @param grafanaUrl beginning of links to boards; null for none
 * @param isProvisional whether {@code /metrics} shows sums before they are committed; nothing else ever does
 */
public record ServingConfig(
        String bootstrapServers,
        Path configFile,
        int httpPort,
        String bind,
        String publicUrl,
        String postgresUrl,
        String postgresUser,
        String postgresPassword,
        String alertmanagerUrl,
        String grafanaUrl,
        boolean isProvisional) {

    /** The environment variable that holds the read model's user. */
    public static final String USER_VARIABLE = "LEADPULSE_POSTGRES_USER";
    /** The one that holds its password. */
    public static final String PASSWORD_VARIABLE = "LEADPULSE_POSTGRES_PASSWORD";

    static final int DEFAULT_PORT = 9400;
    static final String DEFAULT_BIND = "127.0.0.1";

    private static final int MAX_PORT = 65_535;
    private static final String JDBC = "jdbc:postgresql:";
    private static final String PROVISIONAL = "--provisional";
    private static final Set<String> OPTIONS = Set.of(
            "--bootstrap-servers",
            "--config",
            "--http-port",
            "--bind",
            "--public-url",
            "--postgres",
            "--alertmanager",
            "--grafana-url",
            PROVISIONAL);

    /** @throws IllegalArgumentException naming everything that is wrong */
    public ServingConfig {
        List<String> problems = new ArrayList<>();
        if (bootstrapServers == null || !bootstrapServers.matches("[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*")) {
            problems.add("--bootstrap-servers must be HOST:PORT[,HOST:PORT...]");
        }
        if (httpPort < 0 || httpPort > MAX_PORT) {
            problems.add("--http-port must be 0 to " + MAX_PORT);
        }
        if (bind == null || bind.isBlank()) {
            problems.add("--bind must be an address");
        }
        if (postgresUrl != null && (!postgresUrl.startsWith(JDBC) || postgresUrl.contains("password="))) {
            problems.add("--postgres must be a URL " + JDBC
                    + "//HOST:PORT/DATABASE without a password, which belongs in " + PASSWORD_VARIABLE);
        }
        problems.addAll(urlProblem("--public-url", publicUrl));
        problems.addAll(urlProblem("--alertmanager", alertmanagerUrl));
        problems.addAll(urlProblem("--grafana-url", grafanaUrl));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        publicUrl = withoutSlash(publicUrl);
        alertmanagerUrl = withoutSlash(alertmanagerUrl);
        grafanaUrl = withoutSlash(grafanaUrl);
    }

    /**
     * Reads options {@code --name value} or {@code --name=value}.
     *
     * @param environment where the read model's user and password are
     * @throws IllegalArgumentException if an option is unknown, given twice or has no value, or a value cannot be used
     */
    public static ServingConfig of(List<String> arguments, Map<String, String> environment) {
        Map<String, String> options = options(arguments);
        String config = options.get("--config");
        return new ServingConfig(
                options.get("--bootstrap-servers"),
                config == null ? null : Path.of(config),
                port(options.get("--http-port")),
                options.getOrDefault("--bind", DEFAULT_BIND),
                options.get("--public-url"),
                options.get("--postgres"),
                environment.get(USER_VARIABLE),
                environment.get(PASSWORD_VARIABLE),
                options.get("--alertmanager"),
                options.get("--grafana-url"),
                isOn(PROVISIONAL, options.getOrDefault(PROVISIONAL, "on")));
    }

    private static boolean isOn(String option, String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException(option + " must be on or off");
        };
    }

    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!OPTIONS.contains(name)) {
                throw new IllegalArgumentException("unknown option " + name + "; known are "
                        + String.join(", ", OPTIONS.stream().sorted().toList()));
            }
            if (equals < 0 && i + 1 == arguments.size()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
            if (options.put(name, value) != null) {
                throw new IllegalArgumentException(name + " is given twice");
            }
        }
        return options;
    }

    private static int port(String text) {
        try {
            return text == null ? DEFAULT_PORT : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--http-port must be 0 to " + MAX_PORT, e);
        }
    }

    private static List<String> urlProblem(String option, String url) {
        if (url == null) {
            return List.of();
        }
        try {
            URI uri = new URI(url);
            boolean right = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
            return right ? List.of() : List.of(option + " must be http(s)://HOST[:PORT][/PATH] without credentials");
        } catch (URISyntaxException e) {
            return List.of(option + " must be http(s)://HOST[:PORT][/PATH] without credentials");
        }
    }

    private static String withoutSlash(String url) {
        return url != null && url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** How to reach the broker, by Kafka's names. */
    public Map<String, Object> connection() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    @Override
    public String toString() {
        return "bootstrap servers %s, config %s, http %s:%d, public url %s, postgres %s (user %s, password %s), alertmanager %s, grafana %s, provisional %s"
                .formatted(
                        bootstrapServers,
                        configFile == null ? "defaults" : configFile,
                        bind,
                        httpPort,
                        publicUrl == null ? "as it listens" : publicUrl,
                        postgresUrl == null ? "none" : postgresUrl,
                        postgresUser == null ? "default" : postgresUser,
                        postgresPassword == null ? "none" : "***",
                        alertmanagerUrl == null ? "none: alerts are not sent" : alertmanagerUrl,
                        grafanaUrl == null ? "none" : grafanaUrl,
                        isProvisional ? "on" : "off");
    }
}
