package io.leadpulse.local.replay;

import io.leadpulse.engine.NumberedResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.Encoder;

/**
 * One line of the files that the job writes: number, tab, length of the key in bytes, tab, key, tab, value. Reducing
 * reads them back; nobody else does.
 */
final class ResultLine implements Encoder<NumberedResult> {
    private static final long serialVersionUID = 1;

    @Override
    public void encode(NumberedResult element, OutputStream stream) throws IOException {
        byte[] key = element.result().key().getBytes(StandardCharsets.UTF_8);
        String head = element.number() + "\t" + key.length + "\t";
        stream.write(head.getBytes(StandardCharsets.US_ASCII));
        stream.write(key);
        stream.write('\t');
        stream.write(element.result().value().getBytes(StandardCharsets.UTF_8));
        stream.write('\n');
    }
}
