package io.leadpulse.local.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reduces what the job wrote to one file a topic: the newest value of each key, sorted by key. Only keys and places are
 * held in memory, values stay in the files.
 */
final class ResultReducer {
    private static final JsonFactory JSON = new JsonFactory();

    private final Path folder;

    /** Reduces the files below {@code folder}, which has a folder for each topic. */
    ResultReducer(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes {@code <topic>.ndjson} for every topic of {@code topics} into {@code out}, an empty file for a topic
     * without results. A file appears whole or not at all.
     *
     * @return how many keys each topic has
     */
    Map<String, Long> reduceTo(Path out, List<String> topics) throws IOException {
        Map<String, Long> keys = new TreeMap<>();
        for (String topic : topics) {
            Map<String, Place> newest = newestByKey(partFiles(topic));
            Path whole = out.resolve(topic + ".ndjson");
            Path partial = out.resolve("." + topic + ".partial");
            write(newest, partial);
            Files.move(partial, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            keys.put(topic, (long) newest.size());
        }
        return keys;
    }

    private List<Path> partFiles(String topic) throws IOException {
        Path bucket = folder.resolve(topic);
        if (!Files.isDirectory(bucket)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(bucket)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, Place> newestByKey(List<Path> files) throws IOException {
        Map<String, Place> newest = new TreeMap<>();
        for (Path file : files) {
            try (LineReader reader = LineReader.ofOurs(file)) {
                long begin = reader.position();
                for (byte[] line = reader.next(); line != null; line = reader.next()) {
                    Place place = Place.of(file, begin, line);
                    newest.merge(place.key, place, (one, other) -> one.number > other.number ? one : other);
                    begin = reader.position();
                }
            }
        }
        return newest;
    }

    private static void write(Map<String, Place> newest, Path to) throws IOException {
        try (OpenFiles files = new OpenFiles();
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16)) {
            for (Place place : newest.values()) {
                out.write("{\"key\":".getBytes(StandardCharsets.US_ASCII));
                out.write(quoted(place.key));
                out.write(",\"value\":".getBytes(StandardCharsets.US_ASCII));
                out.write(files.read(place));
                out.write("}\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static byte[] quoted(String key) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream(key.length() + 2);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeString(key);
        }
        return bytes.toByteArray();
    }

    /** Where the value of a key lies. */
    private record Place(String key, long number, Path file, long offset, int length) {

        private static Place of(Path file, long begin, byte[] line) throws IOException {
            int numberEnd = tab(file, line, 0);
            int lengthEnd = tab(file, line, numberEnd + 1);
            long number = number(file, line, 0, numberEnd);
            int keyLength = Math.toIntExact(number(file, line, numberEnd + 1, lengthEnd));
            String key = new String(line, lengthEnd + 1, keyLength, StandardCharsets.UTF_8);
            int valueBegin = lengthEnd + 1 + keyLength + 1;
            return new Place(key, number, file, begin + valueBegin, line.length - valueBegin);
        }

        /** The digits of {@code [from, to)} as a number. */
        private static long number(Path file, byte[] line, int from, int to) throws IOException {
            long number = 0;
            for (int at = from; at < to; at++) {
                int digit = line[at] - '0';
                if (digit < 0 || digit > 9) {
                    throw cut(file);
                }
                number = number * 10 + digit;
            }
            return number;
        }

        private static int tab(Path file, byte[] line, int from) throws IOException {
            for (int i = from; i < line.length; i++) {
                if (line[i] == '\t') {
                    return i;
                }
            }
            throw cut(file);
        }

        private static IOException cut(Path file) {
            return new IOException("a result line of " + file.getFileName() + " is cut");
        }
    }

    /** Part files that are open for reading values. */
    private static final class OpenFiles implements AutoCloseable {
        private final Map<Path, RandomAccessFile> open = new TreeMap<>();

        private byte[] read(Place place) throws IOException {
            RandomAccessFile file = open.get(place.file());
            if (file == null) {
                file = new RandomAccessFile(place.file().toFile(), "r");
                open.put(place.file(), file);
            }
            byte[] value = new byte[place.length()];
            file.seek(place.offset());
            file.readFully(value);
            return value;
        }

        @Override
        public void close() throws IOException {
            List<IOException> failures = new ArrayList<>();
            for (RandomAccessFile file : open.values()) {
                try {
                    file.close();
                } catch (IOException e) {
                    failures.add(e);
                }
            }
            if (!failures.isEmpty()) {
                throw failures.get(0);
            }
        }
    }
}
