package io.leadpulse.bench.streams;

import org.apache.kafka.common.serialization.Serde;

/** Won deals of a scope on a day, or by how much they change: amount in cents, and number. */
record Sum(long amountMinor, long count) {
    static final Serde<Sum> SERDE = Binary.serde(
            (sum, out) -> {
                out.writeLong(sum.amountMinor());
                out.writeLong(sum.count());
            },
            in -> new Sum(in.readLong(), in.readLong()));

    static final Sum NOTHING = new Sum(0, 0);

    Sum plus(Sum change) {
        return new Sum(Math.addExact(amountMinor, change.amountMinor), count + change.count);
    }
}
