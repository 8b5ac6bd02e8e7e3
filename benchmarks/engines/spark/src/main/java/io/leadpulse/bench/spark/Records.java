package io.leadpulse.bench.spark;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders;
import org.apache.spark.sql.types.Metadata;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/**
 * Encoders of records. Spark has none for them, but one for Scala's case classes, which are made by their constructor and read by methods
 * of the names of their fields, as records are.
 */
final class Records {
    private Records() {}

    /** The encoder of a public record; throws if a component is of a type that no record here has. */
    static <R extends Record> Encoder<R> encoder(Class<R> type) {
        List<AgnosticEncoders.EncoderField> fields = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            AgnosticEncoder<?> encoder = encoderOf(component.getType());
            fields.add(new AgnosticEncoders.EncoderField(
                    component.getName(),
                    encoder,
                    encoder.nullable(),
                    Metadata.empty(),
                    Option.empty(),
                    Option.empty()));
        }
        return new AgnosticEncoders.ProductEncoder<>(
                ClassTag.apply(type), CollectionConverters.asScala(fields).toSeq(), Option.empty());
    }

    private static AgnosticEncoder<?> encoderOf(Class<?> type) {
        if (type == long[].class) {
            return new AgnosticEncoders.ArrayEncoder<>((AgnosticEncoder<?>) Encoders.scalaLong(), false);
        }
        if (type.isEnum()) {
            return new AgnosticEncoders.JavaEnumEncoder<>(ClassTag.apply(type));
        }
        return (AgnosticEncoder<?>)
                switch (type.getName()) {
                    case "java.lang.String" -> Encoders.STRING();
                    case "java.lang.Long" -> Encoders.LONG();
                    case "long" -> Encoders.scalaLong();
                    case "int" -> Encoders.scalaInt();
                    case "double" -> Encoders.scalaDouble();
                    case "boolean" -> Encoders.scalaBoolean();
                    case "[B" -> Encoders.BINARY();
                    default -> throw new IllegalArgumentException("no record has a component of " + type);
                };
    }
}
