package io.leadpulse.local.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.schemas.MinorUnits;
import io.leadpulse.schemas.config.YamlLine;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a mapping from YAML and reports all of its errors at once, each with key, value and what is allowed. The keys
 * are explained in {@code docs/examples/reference.mapping.yaml}.
 */
final class MappingReader {
    private static final List<String> KEYS = List.of(
            "source",
            "zone",
            "currency",
            "charset",
            "delimiter",
            "quote",
            "times",
            "locale",
            "decimal",
            "thousands",
            "events");
    private static final List<String> EVENT_KEYS =
            List.of("kind", "when", "unless", "id", "time", "fields", "attributes");
    private static final List<String> VALUE_KEYS = List.of("from", "values", "otherwise", "times", "zone");

    private static final String A_TEXT = "a text; write it in quotes";
    private static final String A_TEMPLATE = "a text in which ${column} stands for a cell";

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final List<String> errors = new ArrayList<>();
    private ZoneId zone = ZoneId.of("UTC");
    private Locale locale = Locale.ENGLISH;
    private List<String> timePatterns = List.of(TimeFormat.ISO);
    private AmountFormat amounts;

    private MappingReader() {}

    /**
     * Reads a mapping.
     *
     * @throws UnusableInputException if it is not there, no YAML or wrong; every error is a line of the message
     */
    static Mapping read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UnusableInputException("no such file: " + file);
        }
        String text = Files.readString(file);
        JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (JsonProcessingException e) {
            int line = YamlLine.of(e, text);
            throw new UnusableInputException(file + ": no YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse("")
                    + (line == 0 ? "" : " (line " + line + ")"));
        }
        MappingReader reader = new MappingReader();
        Mapping mapping = reader.mapping(root);
        if (!reader.errors.isEmpty()) {
            throw new UnusableInputException(
                    reader.errors.stream().map(error -> file + ": " + error).collect(Collectors.joining("\n")));
        }
        return mapping;
    }

    private Mapping mapping(JsonNode root) {
        if (!root.isObject()) {
            error("the file", "", "keys and values, such as source: my-crm");
            return null;
        }
        knownKeys("", root, KEYS);
        String source = text(root, "source", "", null);
        if (source == null || source.isBlank() || source.indexOf('/') >= 0) {
            error("source", source, "a name without \"/\"");
        }
        zone = parsed(root, "zone", "", "UTC", ZoneId::of, "an IANA zone such as Europe/Berlin");
        locale = parsed(root, "locale", "", "en", Locale::forLanguageTag, "a language tag such as en or de-DE");
        timePatterns = patterns(root, "times", "", timePatterns);
        Charset charset =
                parsed(root, "charset", "", "UTF-8", Charset::forName, "a charset such as UTF-8 or windows-1252");
        Currency currency = parsed(
                root, "currency", "", "USD", MappingReader::currency, "an ISO 4217 code with minor units such as EUR");
        CsvLayout layout = new CsvLayout(charset, mark(root, "delimiter", ","), mark(root, "quote", "\""));
        if (layout.delimiter() == layout.quote()) {
            error("quote", String.valueOf(layout.quote()), "another character than the delimiter");
        }
        amounts = amounts(root, currency);
        List<EventMapping> events = events(root.path("events"));
        return new Mapping(source, layout, currency, events);
    }

    private AmountFormat amounts(JsonNode root, Currency currency) {
        String decimal = text(root, "decimal", "", ".");
        String thousands = text(root, "thousands", "", "");
        if (decimal == null || decimal.length() != 1 || isDigit(decimal)) {
            error("decimal", decimal, "one character, no digit");
            return null;
        }
        if (thousands == null || thousands.length() > 1 || thousands.equals(decimal) || isDigit(thousands)) {
            error("thousands", thousands, "one character, no digit and not the decimal mark, or \"\" for none");
            return null;
        }
        return currency == null ? null : new AmountFormat(currency, decimal, thousands);
    }

    private static Currency currency(String code) {
        MinorUnits.digits(code);
        return Currency.getInstance(code);
    }

    private static boolean isDigit(String mark) {
        return !mark.isEmpty() && Character.isDigit(mark.charAt(0));
    }

    private char mark(JsonNode root, String key, String usual) {
        String text = text(root, key, "", usual);
        if ("tab".equals(text)) {
            return '\t';
        }
        if (text == null || text.length() != 1 || "\r\n".contains(text)) {
            error(key, text, "one character, or tab");
            return usual.charAt(0);
        }
        return text.charAt(0);
    }

    private List<EventMapping> events(JsonNode list) {
        List<EventMapping> events = new ArrayList<>();
        if (!list.isArray() || list.isEmpty()) {
            error("events", shown(list), "a list of at least one event");
            return events;
        }
        for (int i = 0; i < list.size(); i++) {
            events.add(event("events[" + i + "].", list.get(i)));
        }
        return events;
    }

    private EventMapping event(String at, JsonNode event) {
        if (!event.isObject()) {
            error(at.substring(0, at.length() - 1), shown(event), String.join(", ", EVENT_KEYS));
            return null;
        }
        knownKeys(at, event, EVENT_KEYS);
        String name = text(event, "kind", at, null);
        EventKind kind = name == null ? null : EventKind.ofWireName(name).orElse(null);
        if (kind == null) {
            error(
                    at + "kind",
                    name,
                    Arrays.stream(EventKind.values()).map(EventKind::wireName).collect(Collectors.joining(", ")));
        }
        Map<String, Set<String>> when = conditions(event, "when", at);
        Map<String, Set<String>> unless = conditions(event, "unless", at);
        MappedValue id = requiredValue(at, "id", event, false);
        if (id != null && id.isConstant()) {
            error(at + "id", shown(event.get("id")), A_TEMPLATE + "; no two events of a source have the same id");
        }
        MappedValue time = requiredValue(at, "time", event, true);
        Map<EventField, MappedValue> fields = fields(at + "fields.", event.path("fields"));
        Map<String, MappedValue> attributes = new LinkedHashMap<>();
        object(event, "attributes", at)
                .properties()
                .forEach(entry -> attributes.put(
                        entry.getKey(),
                        value(at + "attributes." + entry.getKey(), entry.getKey(), entry.getValue(), false)));
        if (kind != null) {
            for (EventField required : EventField.requiredBy(kind)) {
                if (!fields.containsKey(required)) {
                    error(at + "fields." + required.wireName(), null, "a value; " + kind.wireName() + " needs it");
                }
            }
        }
        return new EventMapping(kind, when, unless, id, time, fields, attributes);
    }

    private MappedValue requiredValue(String at, String key, JsonNode event, boolean isTime) {
        if (!event.has(key)) {
            error(at + key, null, A_TEMPLATE);
            return null;
        }
        return value(at + key, key, event.get(key), isTime);
    }

    private Map<EventField, MappedValue> fields(String at, JsonNode fields) {
        Map<EventField, MappedValue> mapped = new EnumMap<>(EventField.class);
        if (!fields.isObject()) {
            error(at.substring(0, at.length() - 1), shown(fields), "names of fields with their values");
            return mapped;
        }
        fields.properties().forEach(entry -> {
            EventField field = EventField.ofWireName(entry.getKey()).orElse(null);
            if (field == null) {
                error(
                        at + entry.getKey(),
                        shown(entry.getValue()),
                        "one of the fields "
                                + Arrays.stream(EventField.values())
                                        .map(EventField::wireName)
                                        .collect(Collectors.joining(", ")));
                return;
            }
            boolean isTime = field.type() == EventField.Type.TIME || field.type() == EventField.Type.DAY;
            mapped.put(field, value(at + entry.getKey(), entry.getKey(), entry.getValue(), isTime));
        });
        return mapped;
    }

    /** A value is a template, or a template with its own values and formats. */
    private MappedValue value(String at, String name, JsonNode node, boolean isTime) {
        if (!node.isObject()) {
            Template from = template(at, node);
            return new MappedValue(name, from, Map.of(), null, times(at, timePatterns, zone), amounts);
        }
        knownKeys(at + '.', node, VALUE_KEYS);
        for (String key : List.of("times", "zone")) {
            if (node.has(key) && !isTime) {
                error(at + '.' + key, shown(node.get(key)), "nothing; only times and days have it");
            }
        }
        Template from = template(at + ".from", node.path("from"));
        Map<String, String> values = new LinkedHashMap<>();
        object(node, "values", at + '.').properties().forEach(entry -> {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                values.put(entry.getKey(), entry.getValue().asText());
            } else {
                error(at + ".values." + entry.getKey(), shown(entry.getValue()), A_TEXT);
            }
        });
        Template otherwise = node.has("otherwise") ? template(at + ".otherwise", node.get("otherwise")) : null;
        if (otherwise != null && values.isEmpty()) {
            error(at + ".otherwise", shown(node.get("otherwise")), "only beside values");
        }
        ZoneId ownZone = node.has("zone")
                ? parsed(node, "zone", at + '.', "UTC", ZoneId::of, "an IANA zone such as Europe/Berlin")
                : zone;
        TimeFormat times = times(at + ".times", patterns(node, "times", at + '.', timePatterns), ownZone);
        return new MappedValue(name, from, values, otherwise, times, amounts);
    }

    /** A text, or a number or truth value that stays what it is. */
    private Template template(String at, JsonNode node) {
        if (!node.isValueNode() || node.isNull()) {
            error(at, shown(node), A_TEMPLATE);
            return null;
        }
        try {
            return Template.of(node.asText());
        } catch (IllegalArgumentException e) {
            error(at, node.asText(), A_TEMPLATE + " (" + e.getMessage() + ")");
            return null;
        }
    }

    private TimeFormat times(String at, List<String> patterns, ZoneId inZone) {
        if (inZone == null) {
            return null;
        }
        try {
            return TimeFormat.of(patterns, inZone, locale == null ? Locale.ENGLISH : locale);
        } catch (IllegalArgumentException e) {
            error(
                    at,
                    String.join(", ", patterns),
                    "iso, epoch_seconds, epoch_millis or patterns such as dd.MM.yyyy HH:mm");
            return null;
        }
    }

    private List<String> patterns(JsonNode parent, String key, String at, List<String> usual) {
        if (!parent.has(key)) {
            return usual;
        }
        List<String> patterns = texts(at + key, parent.get(key));
        for (String pattern : patterns) {
            try {
                TimeFormat.of(List.of(pattern), ZoneId.of("UTC"), Locale.ENGLISH);
            } catch (IllegalArgumentException e) {
                error(at + key, pattern, "iso, epoch_seconds, epoch_millis or a pattern such as dd.MM.yyyy HH:mm");
                return usual;
            }
        }
        return patterns.isEmpty() ? usual : patterns;
    }

    private Map<String, Set<String>> conditions(JsonNode event, String key, String at) {
        Map<String, Set<String>> conditions = new LinkedHashMap<>();
        object(event, key, at)
                .properties()
                .forEach(entry -> conditions.put(
                        entry.getKey(), new LinkedHashSet<>(texts(at + key + '.' + entry.getKey(), entry.getValue()))));
        return conditions;
    }

    /** A text or a list of texts. */
    private List<String> texts(String at, JsonNode node) {
        List<String> texts = new ArrayList<>();
        Iterable<JsonNode> all = node.isArray() ? node : List.of(node);
        for (JsonNode each : all) {
            if (each.isTextual()) {
                texts.add(each.textValue());
            } else {
                error(at, shown(each), A_TEXT);
            }
        }
        return texts;
    }

    private JsonNode object(JsonNode parent, String key, String at) {
        JsonNode node = parent.path(key);
        if (!node.isObject() && !node.isMissingNode()) {
            error(at + key, shown(node), "keys and values");
            return MissingNode.getInstance();
        }
        return node;
    }

    private String text(JsonNode parent, String key, String at, String usual) {
        JsonNode node = parent.path(key);
        if (node.isMissingNode()) {
            return usual;
        }
        if (!node.isTextual()) {
            error(at + key, shown(node), A_TEXT);
            return usual;
        }
        return node.textValue();
    }

    private <T> T parsed(
            JsonNode parent, String key, String at, String usual, Function<String, T> parser, String allowed) {
        String text = text(parent, key, at, usual);
        try {
            return parser.apply(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            error(at + key, text, allowed);
            return null;
        }
    }

    private void knownKeys(String at, JsonNode object, List<String> known) {
        object.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                error(at + key, shown(object.get(key)), "one of the keys " + String.join(", ", known));
            }
        });
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? null : node.isTextual() ? node.textValue() : node.toString();
    }

    private void error(String key, String value, String allowed) {
        errors.add(key + (value == null ? " is missing" : ": \"" + value + "\"") + "; allowed: " + allowed);
    }
}
