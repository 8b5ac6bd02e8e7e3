package io.leadpulse.local.replay;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * Where the reading of the replay's files stands. There is one split, because the given order of lines is kept.
 *
 * @param file index of the file that is read next
 * @param offset where its next line begins, in bytes
 * @param lineNumber number of that line, from 1
 */
record ReplaySplit(int file, long offset, long lineNumber) implements SourceSplit {
    /** The first line of the first file. */
    static final ReplaySplit BEGINNING = new ReplaySplit(0, 0, 1);

    @Override
    public String splitId() {
        return "replay";
    }
}
