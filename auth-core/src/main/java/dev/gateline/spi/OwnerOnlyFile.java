package dev.gateline.spi;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Secrets in a file that nobody but its owner may read. Where the file system has no such rights, the folder must. */
public final class OwnerOnlyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final System.Logger LOG = System.getLogger(OwnerOnlyFile.class.getName());
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnerOnlyFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes it all.
         *
         * @param out buffered; not to be closed
         * @throws IOException as {@code out} does
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Opens it.
     *
     * @return to be closed
     * @throws IllegalArgumentException if others may read or write it
     * @throws UncheckedIOException if it can't be read
     */
    public static InputStream open(Path file) {
        try {
            if (POSIX && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw new IllegalArgumentException(
                        file + ": others than its owner have rights to it; take them away (chmod 600)");
            }
            return new BufferedInputStream(Files.newInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a text.
     *
     * @return as UTF-8
     * @throws IllegalArgumentException as for {@link #open}
     * @throws UncheckedIOException as for {@link #open}
     */
    public static String read(Path file) {
        try (InputStream in = open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a text.
     *
     * @param text as UTF-8
     * @throws UncheckedIOException as for {@link #write(Path, Content)}
     */
    public static void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes it whole or not at all, and durably: a reader sees the old content or the new. The name is made durable where
     * a system can open a folder.
     *
     * @param content in place of what is there
     * @throws UncheckedIOException if it can't be written; what was there still is then
     */
    public static void write(Path file, Content content) {
        Path folder = file.toAbsolutePath().getParent();
        FileAttribute<?>[] rights = POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        try {
            Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".new", rights);
            try {
                try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE);
                        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
                    content.writeTo(out);
                    out.flush();
                    channel.force(true);
                }
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        forceName(file);
    }

    /** By now the file is the new one, so that this must not fail. */
    private static void forceName(Path file) {
        try (FileChannel names = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "names of files in a folder can't be made durable here", e);
        }
    }
}
