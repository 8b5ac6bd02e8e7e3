package io.leadpulse.schemas.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Bytes to one JSON object, within limits of size, depth and number length. A name that stands twice in an object is
 * refused, because readers disagree on which of the two counts; so is anything behind the object. Not thread-safe.
 */
final class JsonObjects {
    /** Longer than any number that a field of ours accepts. */
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final char REPLACEMENT = '\ufffd';

    private final int maxBytes;
    private final int maxDepth;
    private final Document document;
    private final PlainJson plain;
    private final ObjectReader reader;
    private final JsonFactory factory;

    /** Reads what is plain from the bytes, and the rest by Jackson. */
    JsonObjects(int maxBytes, int maxDepth) {
        this(maxBytes, maxDepth, maxDepth);
    }

    /** @param maxPlainDepth 0 has all read by Jackson */
    JsonObjects(int maxBytes, int maxDepth, int maxPlainDepth) {
        this.maxBytes = maxBytes;
        this.maxDepth = maxDepth;
        document = new Document();
        plain = new PlainJson(maxPlainDepth, document);
        factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxStringLength(maxBytes)
                        .maxNameLength(maxBytes)
                        .build())
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build();
        reader = new ObjectMapper(factory)
                .readerFor(JsonNode.class)
                .with(
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** The object that these bytes are; void when the next one is read. */
    Place read(byte[] bytes) throws RefusedException {
        requireSize(bytes);
        Place plainOrNull = plain.readOrNull(bytes);
        return plainOrNull == null ? document.read(parse(bytes)) : plainOrNull;
    }

    /** The same as a tree, by Jackson. */
    JsonNode readTree(byte[] bytes) throws RefusedException {
        requireSize(bytes);
        return parse(bytes);
    }

    private void requireSize(byte[] bytes) throws RefusedException {
        if (bytes.length > maxBytes) {
            throw new RefusedException(
                    Reason.TOO_LARGE, "the value has " + bytes.length + " bytes; allowed: " + maxBytes);
        }
    }

    private JsonNode parse(byte[] bytes) throws RefusedException {
        JsonNode node = parse(text(bytes));
        if (node == null || !node.isObject()) {
            throw new RefusedException(Reason.NOT_AN_OBJECT, "the value must be one JSON object");
        }
        return node;
    }

    private JsonNode parse(String text) throws RefusedException {
        try (JsonParser parser = factory.createParser(text)) {
            try {
                return reader.readValue(parser);
            } catch (JsonProcessingException e) {
                if (parser.getParsingContext().getNestingDepth() > maxDepth) {
                    throw new RefusedException(Reason.TOO_DEEP, "the value is nested deeper than " + maxDepth);
                }
                long at = e.getLocation() == null ? -1 : e.getLocation().getCharOffset();
                throw new RefusedException(
                        Reason.INVALID_JSON,
                        at < 0 ? "the value is no valid JSON" : "the value is no valid JSON at character " + at);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a string cannot fail", e);
        }
    }

    /** Decodes strictly; the JDK's fast path replaces what is malformed, so only a replacement needs a second look. */
    private static String text(byte[] bytes) throws RefusedException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new RefusedException(Reason.INVALID_UTF8, "the value is not valid UTF-8");
            }
        }
        return text;
    }
}
