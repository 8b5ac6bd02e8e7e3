package io.leadpulse.serving.store;

import java.sql.SQLException;
import java.time.LocalDate;

/** What the tables said before a batch; asked for to see what the batch changes. */
interface Said {
    /** Whether the tables have once held everything that the topics held, so that what is absent was never said. */
    boolean isComplete();

    /**
     * From when on results are live, epoch milliseconds of when they were written: the engine had read all that stood in
     * the topics of events, and said what follows from it. {@link Long#MAX_VALUE} as long as it has not.
     */
    long liveSinceMillis();

    /** Band of a lead; null when it is not there. */
    String band(String lead);

    /** Sum of a day without a dimension; null when it is not there. */
    Long sum(String scope, String measure, LocalDate day) throws SQLException;
}
