package io.leadpulse.serving.alert;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files of this project that stand outside of its modules. */
final class Repository {

    private Repository() {}

    /** A file by its path from the project's top. */
    static Path file(String path) {
        Path top = Path.of("").toAbsolutePath();
        while (!Files.exists(top.resolve("alertmanager/alertmanager.yml"))) {
            top = top.getParent();
            if (top == null) {
                throw new IllegalStateException("run the tests within the project");
            }
        }
        return top.resolve(path);
    }
}
