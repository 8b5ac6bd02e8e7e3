package io.leadpulse.schemas.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The text of a configuration file, or one clear reason why there is none. */
public final class ConfigFile {

    /** As many bytes as the reader takes characters: larger files are no configurations. */
    public static final int MAX_BYTES = ConfigTree.MAX_CHARACTERS;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ConfigFile() {}

    /**
     * Reads a file of UTF-8; a byte order mark is taken off.
     *
     * @throws InvalidConfigException if it is missing, no file, not readable, too large or no UTF-8
     */
    public static String text(Path file) {
        if (Files.isDirectory(file)) {
            throw refused(file, "a folder");
        }
        if (!Files.exists(file)) {
            throw refused(file, "there is no such file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (AccessDeniedException e) {
            throw refused(file, "no permission to read it");
        } catch (IOException e) {
            throw refused(file, "cannot be read: " + e.getMessage());
        }
        if (bytes.length > MAX_BYTES) {
            throw refused(file, "larger than " + MAX_BYTES + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        } catch (CharacterCodingException e) {
            throw refused(file, "no UTF-8 at byte " + buffer.position());
        }
    }

    private static InvalidConfigException refused(Path file, String why) {
        return new InvalidConfigException(List.of(new ConfigProblem(
                "", file + ": " + why, "a readable file of UTF-8 with at most " + MAX_BYTES + " bytes", 0)));
    }
}
