package io.leadpulse.serving.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What the candidate rules would change for the open leads, were they in force.
 *
 * @param version the candidate's version; null while there is none
 * @param open open leads
 * @param read those of them that the engine has read by the candidate
 * @param moves how many are in which band now and would be in which
 * @param qualifiedNow read leads that are marketing-qualified
 * @param qualifiedThen those that would be
 * @param gained those that would be and are not
 * @param dropped those that are and would not be
 * @param leads who would move, the greatest change of the score first; at most {@link #MAX_LEADS}
 */
record CandidateEffect(
        Long version,
        long open,
        long read,
        List<Move> moves,
        long qualifiedNow,
        long qualifiedThen,
        long gained,
        long dropped,
        List<Moved> leads) {

    /** More than anybody reads. */
    static final int MAX_LEADS = 50;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BANDS = "array['cold', 'warm', 'hot']";

    /** How many open leads are in one band now and would be in another, or the same. */
    record Move(String from, String to, long leads) {}

    /** A lead that would change its band. */
    record Moved(String lead, String from, double scoreNow, String to, double scoreThen) {}

    static CandidateEffect read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Long version;
            try (ResultSet row = statement.executeQuery(
                    "select value::bigint from leadpulse.setting where key = 'candidate_version'")) {
                version = row.next() ? row.getObject(1, Long.class) : null;
            }
            List<Move> moves = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(
                    "select band_now, band_then, count(*) from leadpulse.candidate_effect where was_read group by 1, 2"
                            + " order by array_position(" + BANDS + ", band_now), array_position(" + BANDS
                            + ", band_then)")) {
                while (row.next()) {
                    moves.add(new Move(row.getString(1), row.getString(2), row.getLong(3)));
                }
            }
            List<Moved> leads = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(
                    "select lead, band_now, score_now, band_then, score_then from leadpulse.candidate_effect"
                            + " where was_read and band_now <> band_then"
                            + " order by abs(score_then - score_now) desc, lead limit " + MAX_LEADS)) {
                while (row.next()) {
                    leads.add(new Moved(
                            row.getString(1), row.getString(2), row.getDouble(3), row.getString(4), row.getDouble(5)));
                }
            }
            try (ResultSet row = statement.executeQuery("select count(*), count(*) filter (where was_read),"
                    + " count(*) filter (where was_read and qualified_now_at is not null),"
                    + " count(*) filter (where was_read and qualified_then_at is not null),"
                    + " count(*) filter (where was_read and qualified_now_at is null and qualified_then_at is not null),"
                    + " count(*) filter (where was_read and qualified_now_at is not null and qualified_then_at is null)"
                    + " from leadpulse.candidate_effect")) {
                row.next();
                return new CandidateEffect(
                        version,
                        row.getLong(1),
                        row.getLong(2),
                        moves,
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        leads);
            }
        }
    }

    String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", version)
                .put("open_leads", open)
                .put("read_leads", read)
                .put("qualified_now", qualifiedNow)
                .put("qualified_then", qualifiedThen)
                .put("gained", gained)
                .put("dropped", dropped);
        ArrayNode bands = root.putArray("bands");
        for (Move move : moves) {
            bands.addObject().put("from", move.from()).put("to", move.to()).put("leads", move.leads());
        }
        ArrayNode moved = root.putArray("moved");
        for (Moved lead : leads) {
            moved.addObject()
                    .put("lead", lead.lead())
                    .put("from", lead.from())
                    .put("score_now", lead.scoreNow())
                    .put("to", lead.to())
                    .put("score_then", lead.scoreThen());
        }
        return root.toString();
    }

    /** The same in words, for a terminal. */
    String text() {
        if (version == null) {
            return "There is no candidate. Propose one: ./leadpulse rules candidate FILE\n";
        }
        StringBuilder text = new StringBuilder();
        line(text, "Candidate rules, version " + version + "; " + read + " of " + open + " open leads read by them");
        if (read < open) {
            line(text, "The others follow within 15 minutes.");
        }
        line(text, "");
        line(text, "Band now -> by the candidate");
        for (Move move : moves) {
            line(
                    text,
                    "  %-4s -> %-4s %7d%s"
                            .formatted(
                                    move.from(),
                                    move.to(),
                                    move.leads(),
                                    move.from().equals(move.to()) ? "" : "  would move"));
        }
        line(text, "");
        line(
                text,
                "Marketing-qualified: " + qualifiedNow + " now, " + qualifiedThen + " by the candidate (" + gained
                        + " more would, " + dropped + " would not)");
        if (!leads.isEmpty()) {
            line(text, "");
            line(text, "Who would move, the greatest change first");
            for (Moved lead : leads) {
                line(
                        text,
                        "  %-4s %s -> %-4s %s  %s"
                                .formatted(
                                        lead.from(),
                                        number(lead.scoreNow()),
                                        lead.to(),
                                        number(lead.scoreThen()),
                                        lead.lead()));
            }
        }
        return text.toString();
    }

    private static String number(double value) {
        return "%6s"
                .formatted(BigDecimal.valueOf(value)
                        .setScale(1, RoundingMode.HALF_UP)
                        .toPlainString());
    }

    /** One line, whatever an id holds: a control character could rule the terminal. */
    private static void line(StringBuilder text, String line) {
        line.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(text::appendCodePoint);
        text.append('\n');
    }
}
