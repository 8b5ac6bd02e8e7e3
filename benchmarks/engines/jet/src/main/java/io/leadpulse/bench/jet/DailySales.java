package io.leadpulse.bench.jet;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/** Keeps the sums of a scope's day. They have no end: a deal may get another amount long after its day. */
final class DailySales extends KeyedVertex<DailySales.Delta, DailySales.Sum> {
    static final int RESULTS = 0;

    /** By how much a sum changes; the amount in cents. */
    record Delta(String scopeAndDay, long amountMinor, long count) {}

    /** Amount in cents and number of deals. */
    static final class Sum implements State {
        private long amountMinor;
        private long count;

        @Override
        public long wakeMillis() {
            return NEVER;
        }

        void write(ObjectDataOutput out) throws IOException {
            out.writeLong(amountMinor);
            out.writeLong(count);
        }

        static Sum read(ObjectDataInput in) throws IOException {
            Sum sum = new Sum();
            sum.amountMinor = in.readLong();
            sum.count = in.readLong();
            return sum;
        }
    }

    @Override
    String key(Delta delta) {
        return delta.scopeAndDay();
    }

    @Override
    Sum fresh() {
        return new Sum();
    }

    @Override
    void accept(String key, Sum sum, Delta delta) {
        sum.amountMinor = Math.addExact(sum.amountMinor, delta.amountMinor());
        sum.count += delta.count();
        change(key);
    }

    @Override
    void say(String key, Sum sum) {
        emit(RESULTS, Result.sales(key, sum.amountMinor, sum.count));
    }
}
