package io.leadpulse.schemas.config;

import com.fasterxml.jackson.core.JacksonException;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** The line of a text that is no YAML. */
public final class YamlLine {
    private YamlLine() {}

    /**
     * Where the text stops being YAML. Jackson says only where the last was that it could read, which may be lines before;
     * of what is never closed, though, that is nearer to the mistake than the end of the text.
     *
     * @return from 1; 0 when unknown
     */
    public static int of(JacksonException failure, String text) {
        if (failure.getCause() instanceof MarkedYAMLException marked) {
            Mark mark = marked.getProblemMark();
            if (mark != null && mark.getIndex() < text.codePointCount(0, text.length())) {
                return mark.getLine() + 1;
            }
        }
        return failure.getLocation() == null
                ? 0
                : Math.max(0, failure.getLocation().getLineNr());
    }
}
