package dev.gateline.jwt;

import dev.gateline.internal.OwnerOnlyFile;
import dev.gateline.internal.Sha256;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Written;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps a ring in a file, which one process writes. The tag is a digest of the text, so that an edit by hand is noticed
 * too. Thread-safe.
 */
final class FileKeyRingStore implements KeyRingStore {
    private final Path file;

    FileKeyRingStore(Path file) {
        this.file = file;
    }

    /**
     * Checks that the file can be replaced, so that a rotation in some months does not fail.
     *
     * @throws IllegalArgumentException if the file exists and can't be replaced
     */
    FileKeyRingStore checkReplaceable() {
        if (Files.exists(file) && !Files.isWritable(OwnerOnlyFile.folderOfTarget(file))) {
            throw new IllegalArgumentException(
                    "the key ring in " + file + " can't be replaced, because nothing can be written"
                            + " to its folder; read it with KeyRing.readOnly(file)");
        }
        return this;
    }

    @Override
    public synchronized Optional<Document> load() {
        return Files.exists(file) ? Optional.of(tagged(OwnerOnlyFile.read(file))) : Optional.empty();
    }

    @Override
    public synchronized Written replace(Document next, long tag) {
        if (load().map(Document::tag).orElse(NONE) != tag) {
            return Written.STALE;
        }
        OwnerOnlyFile.write(file, next.text());
        return Written.DONE;
    }

    private static Document tagged(String text) {
        byte[] digest = Sha256.start().digest(text.getBytes(StandardCharsets.UTF_8));
        return new Document(ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE, text);
    }
}
