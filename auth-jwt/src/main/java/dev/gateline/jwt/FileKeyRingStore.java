package dev.gateline.jwt;

import dev.gateline.spi.KeyRingStore;
import dev.gateline.spi.OwnerOnlyFile;
import dev.gateline.spi.Written;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A ring in a file, for one process that writes. The version is not in the file: it counts the writes of this process,
 * and a file that is there begins at 1. Thread-safe.
 */
final class FileKeyRingStore implements KeyRingStore {
    private final Path file;
    private long version = 1;

    FileKeyRingStore(Path file) {
        this.file = file;
    }

    @Override
    public synchronized Optional<Document> load() {
        return Files.exists(file) ? Optional.of(new Document(version, OwnerOnlyFile.read(file))) : Optional.empty();
    }

    @Override
    public synchronized Written replace(Document next) {
        long stored = Files.exists(file) ? version : 0;
        if (next.version() != stored + 1) {
            return Written.STALE;
        }
        OwnerOnlyFile.write(file, next.text());
        version = next.version();
        return Written.DONE;
    }
}
