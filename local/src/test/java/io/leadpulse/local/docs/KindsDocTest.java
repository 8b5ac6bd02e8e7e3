package io.leadpulse.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.KindUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/connecting.md says of every kind of the contracts what it feeds, in the words of the board. */
class KindsDocTest {
    private static final Path SCHEMAS = Inventory.ROOT.resolve("schemas/src/main/resources/schemas");

    private final List<DocTable.Row> rows = DocTable.rows(Inventory.ROOT.resolve("docs/connecting.md")).stream()
            .filter(row -> row.heading().equals("What each kind feeds"))
            .toList();

    @Test
    void everyKindHasItsRowInTheWordsOfTheBoard() {
        assertThat(rows)
                .extracting(row -> row.cell(0) + ' ' + row.cell(1))
                .containsExactlyElementsOf(Arrays.stream(EventKind.values())
                        .map(kind -> '`' + kind.wireName() + "` " + KindUse.words(kind))
                        .toList());
    }

    @Test
    void theContractsHaveTheseKindsAndNoOthers() throws IOException {
        List<String> kinds = new ArrayList<>(kindsOf("crm.activities.v1"));
        kinds.addAll(kindsOf("company.events.v1"));

        assertThat(rows).flatExtracting(row -> row.names(0)).containsExactlyInAnyOrderElementsOf(kinds);
    }

    @Test
    void whereItIsMissedIsThere() {
        Inventory inventory = new Inventory();

        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(row.parts(2)).as(row.toString()).isNotEmpty().allMatch(inventory::isShown));
    }

    private static List<String> kindsOf(String topic) throws IOException {
        List<String> kinds = new ArrayList<>();
        for (JsonNode kind : new ObjectMapper()
                .readTree(SCHEMAS.resolve(topic + ".schema.json").toFile())
                .at("/properties/kind/enum")) {
            kinds.add(kind.asText());
        }
        assertThat(kinds).as(topic).isNotEmpty();
        return kinds;
    }
}
