package io.leadpulse.bench.micro;

import com.alibaba.fastjson2.JSONReader;
import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadpulse.schemas.event.RawRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Bytes of a record to the names and texts in it, by several libraries: what the reading of JSON takes of a decode. Nothing is
 * checked, looked up, hashed or made of the texts. The libraries but Jackson are no part of the product.
 */
@State(Scope.Thread)
public class ParseBenchmark {
    /** What is read. */
    @Param({"mix", "page", "deal"})
    public String input;

    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonFactory factory = mapper.getFactory();
    private final JsonReader<Object> dslReader = new DslJson<>().newReader();
    private final Texts texts = new Texts();

    private RawRecord[] records;
    private int at;

    @Setup
    public void prepare() throws IOException {
        records = Inputs.of(input);
        for (RawRecord record : records) {
            texts.clear();
            walk(mapper.readTree(record.value()));
            List<String> expected = texts.list();
            readStreaming(record.value());
            Task.require(expected.equals(texts.list()), "Jackson's reading of " + record.id());
            readDsl(record.value());
            Task.require(expected.equals(texts.list()), "dsl-json's reading of " + record.id());
            readFast(record.value());
            Task.require(expected.equals(texts.list()), "fastjson2's reading of " + record.id());
        }
    }

    @Benchmark
    public JsonNode jacksonTree() throws IOException {
        return mapper.readTree(next());
    }

    @Benchmark
    public void jacksonStreaming(Blackhole blackhole) throws IOException {
        readStreaming(next());
        blackhole.consume(texts);
    }

    @Benchmark
    public void dslJson(Blackhole blackhole) throws IOException {
        readDsl(next());
        blackhole.consume(texts);
    }

    @Benchmark
    public void fastjson2(Blackhole blackhole) {
        readFast(next());
        blackhole.consume(texts);
    }

    private byte[] next() {
        return records[at++ & (Inputs.COUNT - 1)].value();
    }

    private void walk(JsonNode object) {
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            texts.add(each.getKey());
            if (each.getValue().isObject()) {
                walk(each.getValue());
            } else if (each.getValue().isTextual()) {
                texts.add(each.getValue().textValue());
            }
        }
    }

    private void readStreaming(byte[] value) throws IOException {
        texts.clear();
        try (JsonParser parser = factory.createParser(value)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
                    texts.add(parser.getText());
                }
            }
        }
    }

    private void readDsl(byte[] value) throws IOException {
        texts.clear();
        dslReader.process(value, value.length);
        dslReader.getNextToken();
        readDslObject();
    }

    private void readDslObject() throws IOException {
        do {
            dslReader.getNextToken();
            texts.add(dslReader.readKey());
            if (dslReader.last() == '{') {
                readDslObject();
                dslReader.getNextToken();
            } else if (dslReader.last() == '"') {
                texts.add(dslReader.readString());
                dslReader.getNextToken();
            } else {
                dslReader.skip();
            }
        } while (dslReader.last() == ',');
    }

    private void readFast(byte[] value) {
        texts.clear();
        try (JSONReader reader = JSONReader.of(value)) {
            readFastObject(reader);
        }
    }

    private void readFastObject(JSONReader reader) {
        reader.nextIfObjectStart();
        while (!reader.nextIfObjectEnd()) {
            texts.add(reader.readFieldName());
            if (reader.isObject()) {
                readFastObject(reader);
                reader.nextIfComma();
            } else if (reader.isString()) {
                texts.add(reader.readString());
            } else {
                reader.skipValue();
            }
        }
    }
}
