package io.leadpulse.local;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file or folder could not be used, for people: many of Java's exceptions say it only by their name. */
public final class FileFailure {
    private FileFailure() {}

    /** The reason alone, without the file. */
    public static String reason(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "no permission";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return failure.getFile() + " is in the way";
        }
        return failure.getReason() == null ? failure.toString() : failure.getReason();
    }
}
