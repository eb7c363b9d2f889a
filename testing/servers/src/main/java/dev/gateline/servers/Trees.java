package dev.gateline.servers;

import java.io.File;
import java.nio.file.Path;
import java.util.Objects;

/** Folders with all that is in them. */
final class Trees {
    private Trees() {}

    /** As far as it can be done. */
    static void delete(Path path) {
        File file = path.toFile();
        for (File inside : Objects.requireNonNullElse(file.listFiles(), new File[0])) {
            delete(inside.toPath());
        }
        boolean unused = file.delete();
    }
}
