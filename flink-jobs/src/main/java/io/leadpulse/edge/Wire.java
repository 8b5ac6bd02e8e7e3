package io.leadpulse.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How the parts of records are written on edges; what may be null has its length, or that it is there, before it. */
public final class Wire {
    private static final int NULL = -1;
    private static final byte[] NO_BYTES = {};

    private Wire() {}

    public static void text(String text, DataOutputView to) throws IOException {
        bytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), to);
    }

    public static String text(DataInputView from) throws IOException {
        byte[] bytes = bytes(from);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    public static void bytes(byte[] bytes, DataOutputView to) throws IOException {
        // One byte for most lengths, none of which is negative but that of null.
        int length = bytes == null ? NULL : bytes.length;
        if (length < Byte.MAX_VALUE) {
            to.writeByte(length);
        } else {
            to.writeByte(Byte.MAX_VALUE);
            to.writeInt(length);
        }
        if (length > 0) {
            to.write(bytes);
        }
    }

    public static byte[] bytes(DataInputView from) throws IOException {
        int length = from.readByte();
        if (length == Byte.MAX_VALUE) {
            length = from.readInt();
        }
        if (length <= 0) {
            return length == NULL ? null : NO_BYTES;
        }
        byte[] bytes = new byte[length];
        from.readFully(bytes);
        return bytes;
    }

    public static void number(Long number, DataOutputView to) throws IOException {
        to.writeBoolean(number != null);
        if (number != null) {
            to.writeLong(number);
        }
    }

    public static Long number(DataInputView from) throws IOException {
        return from.readBoolean() ? (Long) from.readLong() : null;
    }

    public static void texts(Map<String, String> texts, DataOutputView to) throws IOException {
        to.writeInt(texts.size());
        for (Map.Entry<String, String> each : texts.entrySet()) {
            text(each.getKey(), to);
            text(each.getValue(), to);
        }
    }

    public static Map<String, String> texts(DataInputView from) throws IOException {
        int size = from.readInt();
        if (size == 0) {
            return Map.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            texts.put(text(from), text(from));
        }
        return texts;
    }
}
