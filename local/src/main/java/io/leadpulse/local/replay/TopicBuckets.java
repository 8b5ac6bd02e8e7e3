package io.leadpulse.local.replay;

import io.leadpulse.engine.NumberedResult;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/** A folder for each topic. */
final class TopicBuckets implements BucketAssigner<NumberedResult, String> {
    private static final long serialVersionUID = 1;

    @Override
    public String getBucketId(NumberedResult element, Context context) {
        return element.result().topic();
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
        return SimpleVersionedStringSerializer.INSTANCE;
    }
}
