package io.leadpulse.local.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Imports "CRM Sales Opportunities" of Maven Analytics: the end state of deals, from which opening and closing are two
 * events each.
 *
 * <p>Deals carry no lead, so each stands for one of its own, {@code deal:} and its id. An open deal has no amount, and a
 * lost one says 0, which is no amount either. A row without {@code engage_date} says nothing about when, and is
 * reported. Event ids are {@code opened:} and {@code closed:} with the deal's id, so importing twice counts once.
 */
public final class MavenCrmImporter implements Importer {
    static final String SOURCE = "maven-crm";

    /** The teams file has no dates: who is in it is taken to have been there always. */
    static final String ALWAYS = "1970-01-01T00:00:00Z";

    private static final String PRODUCTS = "products.csv";
    private static final String TEAMS = "sales_teams.csv";
    private static final String PIPELINE = "sales_pipeline.csv";

    private static final List<String> TEAM_COLUMNS = List.of("sales_agent", "manager", "regional_office");
    private static final List<String> PIPELINE_COLUMNS = List.of(
            "opportunity_id",
            "sales_agent",
            "product",
            "account",
            "deal_stage",
            "engage_date",
            "close_date",
            "close_value");

    private static final Set<String> STAGES = Set.of("Prospecting", "Engaging", "Won", "Lost");

    private final Path folder;
    private final TimeFormat times;
    private final Currency currency;
    private final AmountFormat amounts;

    /**
     * @param folder holds products.csv, sales_teams.csv and sales_pipeline.csv
     * @param zone zone of the dates
     * @param currency currency of the amounts
     * @throws UnusableInputException if it has no minor units
     */
    public MavenCrmImporter(Path folder, ZoneId zone, Currency currency) {
        this.folder = folder;
        this.times = TimeFormat.iso(zone);
        this.currency = currency;
        this.amounts = AmountFormat.plain(currency);
    }

    @Override
    public List<Path> files() {
        return List.of(folder.resolve(PRODUCTS), folder.resolve(TEAMS), folder.resolve(PIPELINE));
    }

    @Override
    public ImportedHistory read(LongConsumer bytesRead) throws IOException {
        ImportedHistory history = new ImportedHistory(currency);
        Map<String, String> products = products(bytesRead);
        Set<String> agents = agents(history, bytesRead);
        Set<String> reused = ReusedIds.in(folder.resolve(PIPELINE), "opportunity_id", row -> true);
        try (CsvFile pipeline =
                CsvFile.open(folder.resolve(PIPELINE), CsvLayout.STANDARD, PIPELINE_COLUMNS, bytesRead)) {
            for (CsvRow row = pipeline.next(); row != null; row = pipeline.next()) {
                history.convert(row, (deal, records) -> convert(deal, products, agents, reused, records));
            }
        }
        return history;
    }

    private void convert(
            CsvRow row,
            Map<String, String> products,
            Set<String> agents,
            Set<String> reused,
            ImportedHistory.Records records)
            throws RowException {
        String product = product(row.get("product"), products, records);
        if (row.get("account").isEmpty()) {
            records.note("rows without account");
        }
        String deal = row.need("opportunity_id");
        if (reused.contains(deal)) {
            throw new RowException(RowReason.REUSED_ID, "opportunity_id " + deal + " stands in several rows");
        }
        String stage = row.need("deal_stage");
        if (!STAGES.contains(stage)) {
            throw new RowException(
                    RowReason.UNKNOWN_VALUE, "deal_stage \"" + stage + "\"; allowed: Prospecting, Engaging, Won, Lost");
        }
        if (row.get("engage_date").isEmpty()) {
            throw new RowException(RowReason.NO_TIME, stage + " without engage_date");
        }
        String agent = row.need("sales_agent");
        OffsetDateTime opened = time(row, "engage_date");
        boolean closed = stage.equals("Won") || stage.equals("Lost");

        ObjectNode opening = event("opened:" + deal, EventKind.DEAL_OPENED, opened, deal, agent);
        // Won and Lost are outcomes; before its outcome every dated deal of this set was being engaged.
        opening.put("stage", closed ? "Engaging" : stage);
        if (!product.isEmpty()) {
            opening.put("product", product);
        }
        records.event(Topics.ACTIVITIES, lead(deal), opened, opening);

        if (closed) {
            close(row, deal, agent, opened, stage.equals("Won"), records);
        } else if (!row.get("close_date").isEmpty() || !row.get("close_value").isEmpty()) {
            throw new RowException(RowReason.INVALID_VALUE, stage + " with close_date or close_value");
        } else {
            records.note("open deals, whose amount is unknown");
        }
        if (!agents.contains(agent)) {
            records.note("deals of an agent who is not in " + TEAMS);
        }
    }

    private void close(
            CsvRow row, String deal, String agent, OffsetDateTime opened, boolean won, ImportedHistory.Records records)
            throws RowException {
        row.need("close_date");
        OffsetDateTime closed = time(row, "close_date");
        if (closed.isBefore(opened)) {
            throw new RowException(
                    RowReason.INVALID_TIME,
                    "close_date " + row.get("close_date") + " is before engage_date " + row.get("engage_date"));
        }
        ObjectNode closing =
                event("closed:" + deal, won ? EventKind.DEAL_WON : EventKind.DEAL_LOST, closed, deal, agent);
        String value = row.get("close_value");
        if (won) {
            closing.put("amount", amounts.normalise(row.need("close_value")));
            closing.put("currency", currency.getCurrencyCode());
        } else if (!value.isEmpty()) {
            amounts.normalise(value);
            records.note("lost deals with close_value, which is no amount and left out");
        }
        records.event(Topics.ACTIVITIES, lead(deal), closed, closing);
    }

    private static ObjectNode event(String id, EventKind kind, OffsetDateTime time, String deal, String agent) {
        ObjectNode value = ImportedRecord.newValue();
        value.put("source", SOURCE);
        value.put("id", id);
        value.put("kind", kind.wireName());
        value.put("time", TimeFormat.rfc3339(time));
        value.put("lead", lead(deal));
        value.put("deal", deal);
        value.put("owner", agent);
        return value;
    }

    private static String lead(String deal) {
        return "deal:" + deal;
    }

    private OffsetDateTime time(CsvRow row, String column) throws RowException {
        try {
            return times.parse(row.get(column));
        } catch (DateTimeException e) {
            throw new RowException(RowReason.INVALID_TIME, column + ": " + e.getMessage());
        }
    }

    /** The product by its name in products.csv, where the pipeline leaves out a space or differs in case. */
    private static String product(String written, Map<String, String> products, ImportedHistory.Records records) {
        String known = products.get(withoutSpaces(written));
        if (known == null) {
            records.note("rows whose product is not in " + PRODUCTS + ": \"" + written + "\"");
            return written;
        }
        if (!known.equals(written)) {
            records.note("rows whose product " + written + " was mended to " + known);
        }
        return known;
    }

    private Map<String, String> products(LongConsumer bytesRead) throws IOException {
        Map<String, String> products = new HashMap<>();
        try (CsvFile file = CsvFile.open(folder.resolve(PRODUCTS), CsvLayout.STANDARD, List.of("product"), bytesRead)) {
            for (CsvRow row = file.next(); row != null; row = file.next()) {
                String product = row.wellFormed().get("product");
                products.put(withoutSpaces(product), product);
            }
        }
        return products;
    }

    private Set<String> agents(ImportedHistory history, LongConsumer bytesRead) throws IOException {
        Set<String> agents = new HashSet<>();
        try (CsvFile file = CsvFile.open(folder.resolve(TEAMS), CsvLayout.STANDARD, TEAM_COLUMNS, bytesRead)) {
            for (CsvRow row = file.next(); row != null; row = file.next()) {
                history.convert(row, (agent, records) -> {
                    String id = agent.need("sales_agent");
                    if (!agents.add(id)) {
                        throw new RowException(RowReason.REUSED_ID, "sales_agent " + id + " stands twice");
                    }
                    ObjectNode rep = ImportedRecord.newValue();
                    rep.put("id", id);
                    rep.put("effective_from", ALWAYS);
                    rep.put("team", agent.need("regional_office"));
                    rep.put("manager", agent.need("manager"));
                    records.rep(id, ALWAYS, rep);
                });
            }
        }
        return agents;
    }

    private static String withoutSpaces(String text) {
        return text.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    }
}
