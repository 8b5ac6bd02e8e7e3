package io.leadpulse.local.boards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.local.DataSets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One dashboard as its file says it, with the parts that tests ask for. */
record Board(String file, JsonNode json) {
    /** Where the boards stand. */
    static final Path FOLDER = DataSets.projectRoot().resolve("grafana/dashboards");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A query of a board: of a panel, or of its annotations. */
    record Query(String board, String panel, String kind, JsonNode target) {
        /** The query's text, in PromQL or SQL. */
        String text() {
            return isSql()
                    ? target.path("rawSql").asText()
                    : target.path("expr").asText();
        }

        boolean isSql() {
            return target.path("datasource").path("type").asText().equals("postgres");
        }

        String refId() {
            return target.path("refId").asText();
        }

        boolean isRange() {
            return target.path("range").asBoolean();
        }

        @Override
        public String toString() {
            return board + ", " + panel + ", " + refId();
        }
    }

    /** All boards in order of their files. */
    static List<Board> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Board::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + FOLDER, e);
        }
    }

    private static Board read(Path file) {
        try {
            return new Board(file.getFileName().toString(), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    String uid() {
        return json.path("uid").asText();
    }

    List<JsonNode> panels() {
        return list(json.path("panels"));
    }

    List<JsonNode> variables() {
        return list(json.path("templating").path("list"));
    }

    /** The queries of all panels, then those of the annotations. */
    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(new Query(
                        uid(), panel.path("title").asText(), panel.path("type").asText(), target));
            }
        }
        for (JsonNode annotation : json.path("annotations").path("list")) {
            if (annotation.has("target")) {
                queries.add(
                        new Query(uid(), annotation.path("name").asText(), "annotation", annotation.path("target")));
            }
        }
        return queries;
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    @Override
    public String toString() {
        return file;
    }
}
