package io.leadpulse.local.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The records that an import makes, gathered in memory (some 300 bytes each) because exports are not in time order, and
 * the report about its rows. A row becomes all of its records or none.
 */
public final class ImportedHistory {
    private final List<ReplayLine> lines = new ArrayList<>();
    private final ImportReport report = new ImportReport();

    /** What became of every row. */
    public ImportReport report() {
        return report;
    }

    /**
     * Writes all records, one a line: configuration first, then events in time order, equal times in the order of the
     * rows.
     */
    public void writeTo(OutputStream out) throws IOException {
        List<ReplayLine> ordered = new ArrayList<>(lines);
        ordered.sort(Comparator.comparingLong(ReplayLine::timeMillis));
        for (ReplayLine line : ordered) {
            out.write(line.json());
            out.write('\n');
        }
        out.flush();
    }

    /** Turns one row into records, or reports it. */
    void convert(CsvRow row, Conversion conversion) {
        Records records = new Records();
        try {
            if (row.malformed() != null) {
                throw new RowException(RowReason.MALFORMED, row.malformed());
            }
            conversion.convert(row, records);
        } catch (RowException e) {
            report.reported(new ImportReport.Problem(row.file(), row.line(), e.reason(), e.getMessage()));
            return;
        } finally {
            records.notes.forEach(report::note);
        }
        report.converted(row.file());
        for (ReplayLine line : records.lines) {
            lines.add(line);
            report.record(line.kind());
        }
    }

    /** What to make of one row. */
    interface Conversion {
        void convert(CsvRow row, Records records) throws RowException;
    }

    /** The records of one row, taken over only if the whole row can be converted. */
    static final class Records {
        private final List<ReplayLine> lines = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        void event(String topic, String key, OffsetDateTime time, ObjectNode value) {
            lines.add(ReplayLine.event(topic, key, time.toInstant().toEpochMilli(), value));
        }

        /** A rep as of {@code effectiveFrom}: key and value name both, so that compaction keeps the history. */
        void rep(String id, String effectiveFrom, ObjectNode value) {
            lines.add(ReplayLine.configuration(Topics.REPS, id + '/' + effectiveFrom, value));
        }

        /** Counts something worth knowing about this row, whatever becomes of it. */
        void note(String what) {
            notes.add(what);
        }
    }
}
