package io.leadpulse.serving.alert;

import java.util.Locale;

/** How bad it is. The names, in lower case, are labels and stand in the log of what was sent. */
public enum Severity {
    WARNING,
    CRITICAL;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
