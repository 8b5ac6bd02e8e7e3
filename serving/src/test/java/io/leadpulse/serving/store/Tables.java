package io.leadpulse.serving.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks into a database. */
final class Tables {
    private Tables() {}

    /** Rows of a query, columns joined by a bar; null is "-". */
    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    String text = found.getString(i);
                    row.add(text == null ? "-" : text);
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }

    /** Every row of every table that is written from results, sorted; with the positions. */
    static Map<String, List<String>> all(Connection connection) throws SQLException {
        Map<String, List<String>> all = new TreeMap<>();
        List<String> names = new ArrayList<>(Table.ALL.stream().map(Table::name).toList());
        names.add("consumer_position");
        for (String name : names) {
            all.put(name, rows(connection, "select t::text from leadpulse." + name + " t order by 1"));
        }
        return all;
    }
}
