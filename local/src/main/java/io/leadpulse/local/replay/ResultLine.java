package io.leadpulse.local.replay;

import io.leadpulse.engine.NumberedResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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
        byte[] head = (element.number() + "\t" + key.length + "\t").getBytes(StandardCharsets.US_ASCII);
        byte[] value = element.result().bytes();
        ByteBuffer line = ByteBuffer.allocate(head.length + key.length + 1 + value.length + 1);
        line.put(head).put(key).put((byte) '\t').put(value).put((byte) '\n');
        // At once: Flink passes on to the file system whatever it is given.
        stream.write(line.array());
    }
}
