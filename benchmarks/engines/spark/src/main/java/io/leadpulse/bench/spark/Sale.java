package io.leadpulse.bench.spark;

import org.apache.spark.sql.Encoder;

/** A won deal as it stands in the sums; the day is the company's. */
public record Sale(String owner, String day, long amountMinor) {
    static final Encoder<Sale> ENCODER = Records.encoder(Sale.class);
}
