package dev.gateline.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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

    /** With the permissions of each file, as a database insists on them. */
    static void copy(Path from, Path to) {
        try (Stream<Path> paths = Files.walk(from)) {
            List<Path> all = paths.toList();
            for (Path path : all) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
