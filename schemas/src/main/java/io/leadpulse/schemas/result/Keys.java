package io.leadpulse.schemas.result;

import java.util.ArrayList;
import java.util.List;

/** Keys of result records: parts joined by {@code |}; a bar or per cent sign within a part is escaped. */
public final class Keys {
    private Keys() {}

    /**
     * The parts of a key.
     *
     * @param count how many there must be
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static List<String> split(String key, int count) {
        String[] parts = key.split("\\|", -1);
        if (parts.length != count) {
            throw new IllegalArgumentException("a key of " + parts.length + " parts; expected " + count);
        }
        List<String> split = new ArrayList<>(count);
        for (String part : parts) {
            split.add(part.replace("%7C", "|").replace("%25", "%"));
        }
        return List.copyOf(split);
    }

    /** Joins parts so that different parts never give the same key; null counts as empty. */
    static String join(String... parts) {
        int length = parts.length;
        for (String part : parts) {
            length += part == null ? 0 : part.length();
        }
        StringBuilder key = new StringBuilder(length);
        for (int at = 0; at < parts.length; at++) {
            if (at > 0) {
                key.append('|');
            }
            if (parts[at] != null) {
                key.append(parts[at].replace("%", "%25").replace("|", "%7C"));
            }
        }
        return key.toString();
    }
}
