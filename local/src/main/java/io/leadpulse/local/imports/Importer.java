package io.leadpulse.local.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** Turns the export of a CRM into events. */
public interface Importer {

    /** The files that {@link #read} reads, in no order. */
    List<Path> files();

    /**
     * Reads all files.
     *
     * @param bytesRead told about every piece read, for a progress bar
     * @throws UnusableInputException if a file or column is missing
     */
    ImportedHistory read(LongConsumer bytesRead) throws IOException;
}
