package io.leadpulse.local.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.schemas.Topics;
import io.leadpulse.schemas.event.DeadLetter;
import io.leadpulse.schemas.event.DecodeSettings;
import io.leadpulse.schemas.event.EventDecoder;
import io.leadpulse.schemas.event.ReplayLine;
import java.io.IOException;
import java.io.OutputStream;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * The records that an import makes, gathered in memory (some 300 bytes each) because exports are not in time order, and
 * the report about its rows. A row becomes all of its records or none, and every
 * event has passed the decoder that replay reads it with.
 */
public final class ImportedHistory {
    private final List<ImportedRecord> records = new ArrayList<>();
    private final ImportReport report = new ImportReport();
    private final EventDecoder decoder;

    /** An empty history whose amounts are in this currency. */
    ImportedHistory(Currency currency) {
        decoder = new EventDecoder(DecodeSettings.of(currency.getCurrencyCode()), (topic, value) -> Optional.empty());
    }

    /** What became of every row. */
    public ImportReport report() {
        return report;
    }

    /**
     * Writes all records, one a line: configuration first, then events in time order, equal times in the order of the
     * rows.
     */
    public void writeTo(OutputStream out) throws IOException {
        List<ImportedRecord> ordered = new ArrayList<>(records);
        ordered.sort(Comparator.comparingLong(ImportedRecord::timeMillis));
        for (ImportedRecord record : ordered) {
            out.write(record.json());
            out.write('\n');
        }
        out.flush();
    }

    /** Turns one row into records, or reports it. */
    void convert(CsvRow row, Conversion conversion) {
        Records converted = new Records();
        try {
            if (row.malformed() != null) {
                throw new RowException(RowReason.MALFORMED, row.malformed());
            }
            conversion.convert(row, converted);
            for (ImportedRecord record : converted.records) {
                requireReadable(record);
            }
        } catch (RowException e) {
            report.reported(new ImportReport.Problem(row.file(), row.line(), e.reason(), e.getMessage()));
            return;
        } finally {
            converted.notes.forEach(report::note);
        }
        report.converted(row.file());
        for (ImportedRecord record : converted.records) {
            records.add(record);
            report.record(record.kind());
        }
    }

    private void requireReadable(ImportedRecord record) throws RowException {
        DeadLetter refused =
                ReplayLine.read("import", 0, 1, record.json()).decode(decoder).deadLetter();
        if (refused != null) {
            throw new RowException(
                    RowReason.REFUSED, record.kind() + ": " + refused.reason().wireName() + ": " + refused.message());
        }
    }

    /** What to make of one row. */
    interface Conversion {
        void convert(CsvRow row, Records records) throws RowException;
    }

    /** The records of one row, taken over only if the whole row can be converted. */
    static final class Records {
        private final List<ImportedRecord> records = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        void event(String topic, String key, OffsetDateTime time, ObjectNode value) {
            records.add(ImportedRecord.event(topic, key, time.toInstant().toEpochMilli(), value));
        }

        /** A rep as of {@code effectiveFrom}: key and value name both, so that compaction keeps the history. */
        void rep(String id, String effectiveFrom, ObjectNode value) {
            records.add(ImportedRecord.configuration(Topics.REPS, id + '/' + effectiveFrom, value));
        }

        /** Counts something worth knowing about this row, whatever becomes of it. */
        void note(String what) {
            notes.add(what);
        }
    }
}
