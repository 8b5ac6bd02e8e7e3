package io.leadpulse.serving.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Writes scrapes in one of Prometheus' formats. In all of them a page is its families one after the other, and one that is the same object
 * as before is not written again. No two families of a page may have one name.
 *
 * <p>Safe for several threads.
 */
final class PageText {
    /** With it OpenMetrics ends a page. */
    private static final byte[] END = "# EOF\n".getBytes(UTF_8);

    private final ExpositionFormatWriter writer;
    /** Whether a page has an end of its own. */
    private final boolean isEnded;
    /** Of families that somebody still holds. */
    private final Map<MetricSnapshot, byte[]> written = new WeakHashMap<>();

    PageText(ExpositionFormatWriter writer) {
        this.writer = writer;
        this.isEnded = writer.getContentType().startsWith("application/openmetrics-text");
    }

    /** A page in pieces, byte for byte what the writer makes of all of it at once. */
    synchronized List<byte[]> of(MetricSnapshots page) throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        for (MetricSnapshot family : page) {
            byte[] text = written.get(family);
            if (text == null) {
                text = withoutEnd(written(MetricSnapshots.of(family)));
                written.put(family, text);
            }
            pieces.add(text);
        }
        if (isEnded) {
            pieces.add(END);
        }
        return pieces;
    }

    private byte[] withoutEnd(byte[] text) {
        return isEnded ? Arrays.copyOf(text, text.length - END.length) : text;
    }

    private byte[] written(MetricSnapshots page) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        writer.write(text, page, EscapingScheme.UNDERSCORE_ESCAPING);
        return text.toByteArray();
    }
}
