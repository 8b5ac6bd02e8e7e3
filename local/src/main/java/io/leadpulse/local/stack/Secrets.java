package io.leadpulse.local.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords that nobody has to think of: random, one a file that only its owner can read. */
public final class Secrets {
    private static final int RANDOM_BYTES = 24;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    /** Keeps them in a folder, which need not exist. */
    public Secrets(Path folder) {
        this.folder = folder;
    }

    /** The secret of a name: the one that is there, else a new one. Letters and digits only. */
    public String of(String name) throws IOException {
        Path file = file(name);
        if (!Files.exists(file)) {
            byte[] bytes = new byte[RANDOM_BYTES];
            random.nextBytes(bytes);
            put(name, HexFormat.of().formatHex(bytes));
        }
        return Files.readString(file).strip();
    }

    /** Where it is. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Keeps a secret that was made elsewhere, in place of the one that is there. */
    void put(String name, String secret) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        // Made unreadable for others before it holds anything, and whole before it has its name.
        Path half = Files.createTempFile(
                folder,
                ".",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(half, secret, StandardCharsets.US_ASCII);
        Files.move(half, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
