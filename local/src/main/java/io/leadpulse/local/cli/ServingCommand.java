package io.leadpulse.local.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command that prints what serving says in words. Standard output holds the answer alone. */
abstract class ServingCommand implements Callable<Integer> {
    private static final String HOME_PROPERTY = "leadpulse.home";
    private static final String ENDPOINTS = "endpoints.properties";
    private static final String SERVING = "serving";
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final int HTTP_OK = 200;
    private static final int HTTP_NOT_FOUND = 404;
    private static final int HTTP_BAD_REQUEST = 400;
    private static final int HTTP_GONE = 410;

    private final Console console;

    @Option(names = "--url", paramLabel = "URL", description = "where serving listens (default: that of the demo)")
    private String url;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder of the demo whose serving is asked (default: demo-data in the project's folder)")
    private Path data;

    ServingCommand(Console console) {
        this.console = console;
    }

    /** What is asked for, from the root of serving. */
    abstract String path();

    @Override
    public final Integer call() throws InterruptedException {
        String base = url == null ? urlOfDemo() : url;
        if (base == null) {
            return ExitCode.UNUSABLE;
        }
        URI address;
        try {
            address = URI.create(base.replaceAll("/+$", "") + path());
        } catch (IllegalArgumentException e) {
            return unusable("--url = " + base + ": allowed is an address such as http://127.0.0.1:9400");
        }
        if (address.getHost() == null || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
            return unusable("--url = " + base + ": allowed is an address such as http://127.0.0.1:9400");
        }
        return ask(base, address);
    }

    private Integer ask(String base, URI address) throws InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(ANSWER_WITHIN)
                .header("Accept", "text/plain")
                .build();
        HttpResponse<String> answer;
        try {
            answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            console.err().println("leadpulse: serving does not answer at " + base + "; is it running?");
            return ExitCode.FAILED;
        }
        if (answer.statusCode() == HTTP_OK) {
            return console.print(answer.body());
        }
        if (List.of(HTTP_NOT_FOUND, HTTP_BAD_REQUEST, HTTP_GONE).contains(answer.statusCode())) {
            return unusable(answer.body().strip());
        }
        console.err()
                .println("leadpulse: serving answers with " + answer.statusCode() + ": "
                        + answer.body().strip());
        return ExitCode.FAILED;
    }

    /** The address that the demo wrote down when it started; null, and a message, if it did not. */
    private String urlOfDemo() {
        String home = System.getProperty(HOME_PROPERTY);
        Path folder = data != null ? data : home == null ? null : Path.of(home, "demo-data");
        if (folder == null) {
            unusable("where is serving? Give --url URL, or --data DIR of a demo");
            return null;
        }
        Path file = folder.resolve(ENDPOINTS);
        if (!Files.isRegularFile(file)) {
            unusable("no demo has been started on " + folder + " (it has no " + ENDPOINTS
                    + "); start one, or give --url URL");
            return null;
        }
        Properties endpoints = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            endpoints.load(in);
        } catch (IOException | IllegalArgumentException e) {
            unusable(file + " cannot be read; give --url URL");
            return null;
        }
        String found = endpoints.getProperty(SERVING);
        if (found == null) {
            unusable(file + " does not name " + SERVING + "; give --url URL");
        }
        return found;
    }

    private int unusable(String why) {
        console.err().println("leadpulse: " + why);
        return ExitCode.UNUSABLE;
    }
}
