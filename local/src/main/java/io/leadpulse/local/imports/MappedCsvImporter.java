package io.leadpulse.local.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Imports any CSV file by a mapping. A row gives every event of the mapping that applies to it; one that gives none is
 * reported {@link RowReason#NOT_MAPPED}, and if one of its events cannot be made, none is.
 */
public final class MappedCsvImporter implements Importer {
    private final Mapping mapping;
    private final List<Path> files;

    /**
     * @param mappingFile the mapping, YAML
     * @param files CSV files of the same layout, read in this order
     * @throws UnusableInputException if the mapping is missing or wrong
     */
    public MappedCsvImporter(Path mappingFile, List<Path> files) throws IOException {
        this.mapping = MappingReader.read(mappingFile);
        this.files = List.copyOf(files);
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public ImportedHistory read(LongConsumer bytesRead) throws IOException {
        ImportedHistory history = new ImportedHistory(mapping.currency());
        Set<String> columns = mapping.columns();
        for (Path file : files) {
            try (CsvFile csv = CsvFile.open(file, mapping.layout(), columns, bytesRead)) {
                for (CsvRow row = csv.next(); row != null; row = csv.next()) {
                    history.convert(row, this::convert);
                }
            }
        }
        return history;
    }

    private void convert(CsvRow row, ImportedHistory.Records records) throws RowException {
        boolean applied = false;
        for (EventMapping event : mapping.events()) {
            if (event.appliesTo(row)) {
                applied = true;
                convert(row, event, records);
            }
        }
        if (!applied) {
            throw new RowException(RowReason.NOT_MAPPED, "no event of the mapping applies");
        }
    }

    private void convert(CsvRow row, EventMapping mapped, ImportedHistory.Records records) throws RowException {
        OffsetDateTime time = mapped.time().time(row);
        EventKind kind = mapped.kind();
        if (time == null) {
            throw new RowException(RowReason.NO_TIME, kind.wireName() + " without time");
        }
        String id = mapped.id().text(row);
        if (id.isEmpty()) {
            throw new RowException(RowReason.MISSING_VALUE, kind.wireName() + " without id");
        }
        ObjectNode event = ImportedRecord.newValue();
        event.put("source", mapping.source());
        event.put("id", id);
        event.put("kind", kind.wireName());
        event.put("time", TimeFormat.rfc3339(time));
        Set<EventField> required = EventField.requiredBy(kind);
        for (Map.Entry<EventField, MappedValue> field : mapped.fields().entrySet()) {
            boolean given = field.getValue().put(field.getKey(), row, event);
            if (!given && required.contains(field.getKey())) {
                throw new RowException(
                        RowReason.MISSING_VALUE,
                        kind.wireName() + " without " + field.getKey().wireName());
            }
            if (given && field.getKey() == EventField.AMOUNT) {
                event.put("currency", mapping.currency().getCurrencyCode());
            }
        }
        ObjectNode attributes = ImportedRecord.newValue();
        for (Map.Entry<String, MappedValue> attribute : mapped.attributes().entrySet()) {
            String text = attribute.getValue().text(row);
            if (!text.isEmpty()) {
                attributes.put(attribute.getKey(), text);
            }
        }
        if (!attributes.isEmpty()) {
            event.set("attributes", attributes);
        }
        boolean ofCompany = kind.stream() == EventKind.Stream.COMPANY;
        records.event(
                ofCompany ? Topics.COMPANY_EVENTS : Topics.ACTIVITIES,
                event.get((ofCompany ? EventField.SUBJECT : EventField.LEAD).wireName())
                        .textValue(),
                time,
                event);
    }
}
