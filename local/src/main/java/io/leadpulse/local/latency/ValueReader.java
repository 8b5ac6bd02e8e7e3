package io.leadpulse.local.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.local.stack.MetricsReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/** Reads what the company has won, from somewhere. */
interface ValueReader {
    String METRIC = "leadpulse_sales_won_money";
    int MINOR_DIGITS = 2;

    /** The value of now, minor units; empty if there is none. */
    OptionalLong read() throws InterruptedException;

    /** From the page that serving offers to Prometheus, of the present period of a kind. */
    static ValueReader ofServing(String url, String period) {
        MetricsReader metrics = new MetricsReader(url);
        return () -> metrics.read()
                .map(page -> page.value(METRIC, Map.of("level", "company", "period", period)))
                .filter(value -> value.isPresent())
                .map(value -> OptionalLong.of(minor(BigDecimal.valueOf(value.getAsDouble()))))
                .orElse(OptionalLong.empty());
    }

    /** Today, from Prometheus, as a board asks it. */
    static ValueReader ofPrometheus(String url) {
        String query = "%s{level=\"company\",period=\"day\"}".formatted(METRIC);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                .timeout(Duration.ofSeconds(3))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        ObjectMapper json = new ObjectMapper();
        return () -> {
            try {
                JsonNode result = json.readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .path("data")
                        .path("result");
                return result.size() == 1
                        ? OptionalLong.of(minor(
                                new BigDecimal(result.get(0).get("value").get(1).asText())))
                        : OptionalLong.empty();
            } catch (IOException e) {
                // Too busy to answer is what is measured; gone for good ends at the deadline.
                return OptionalLong.empty();
            }
        };
    }

    /** From the tables, as a board asks them: the first column of the only row. */
    static ValueReader ofTables(Connection database, String query) {
        return () -> {
            try (Statement statement = database.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            } catch (SQLException e) {
                throw new IllegalStateException("the tables cannot be read: " + e.getSQLState(), e);
            }
        };
    }

    private static long minor(BigDecimal major) {
        return major.movePointRight(MINOR_DIGITS).longValueExact();
    }
}
