package io.leadpulse.schemas.result;

/** Keys of result records: parts joined by {@code |}; a bar or per cent sign within a part is escaped. */
final class Keys {
    private Keys() {}

    /** Joins parts so that different parts never give the same key; null counts as empty. */
    static String join(String... parts) {
        StringBuilder key = new StringBuilder();
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
