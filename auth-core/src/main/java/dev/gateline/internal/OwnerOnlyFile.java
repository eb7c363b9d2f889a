package dev.gateline.internal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads and writes files of secrets, which nobody but their owner may read or replace. The owner is the user of this
 * process, or root. If the file system has no such rights, the folder must protect the file. Links are followed first,
 * and the rules apply to the target and its folder.
 */
public final class OwnerOnlyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final System.Logger LOG = System.getLogger(OwnerOnlyFile.class.getName());
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final boolean UNIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    private static final int STICKY = 0_1000;
    private static final int MOST_LINKS = 40;
    private static final FileRights RIGHTS = new FileRights(processUsers());

    private OwnerOnlyFile() {}

    /**
     * The names of the user of this process. In a container the user may have a number only, which stands in the
     * process's entry in {@code /proc}.
     */
    private static Set<String> processUsers() {
        Set<String> names = new HashSet<>();
        names.add(System.getProperty("user.name", ""));
        try {
            names.add(Files.getOwner(Path.of("/proc/self")).getName());
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(System.Logger.Level.DEBUG, "this system has no /proc", e);
        }
        return Set.copyOf(names);
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes the whole content.
         *
         * @param out a buffered stream, which must not be closed
         * @throws IOException as {@code out} does
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Opens a file after a check. Nobody else can replace the file between the check and the opening. The group of a
     * file of root may read it, if this process is not root's, because orchestrators mount secrets so.
     *
     * @return a stream, which the caller closes
     * @throws IllegalArgumentException if others may read, write or replace the file; the message says what to change
     * @throws UncheckedIOException if the file can't be read
     */
    public static InputStream open(Path file) {
        try {
            Path real = file.toRealPath();
            return new BufferedInputStream(POSIX ? openChecked(real) : Files.newInputStream(real));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens a file by a handle of its folder, if the system has such handles, so that the file is in the checked
     * folder.
     */
    private static InputStream openChecked(Path real) throws IOException {
        Path folder = folderOf(real);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            if (files instanceof SecureDirectoryStream<Path> handle) {
                Path name = real.getFileName();
                RIGHTS.checkFolder(folder, attributes(handle), isSticky(folder));
                RIGHTS.checkFile(real, attributes(handle, name));
                return Channels.newInputStream(
                        handle.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
            }
        }
        checkFolder(folder);
        RIGHTS.checkFile(real, Files.readAttributes(real, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        return Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS);
    }

    private static PosixFileAttributes attributes(SecureDirectoryStream<Path> folder) throws IOException {
        return folder.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
    }

    private static PosixFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    private static void checkFolder(Path folder) throws IOException {
        if (POSIX) {
            RIGHTS.checkFolder(folder, Files.readAttributes(folder, PosixFileAttributes.class), isSticky(folder));
        }
    }

    private static boolean isSticky(Path folder) throws IOException {
        return UNIX && ((int) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
    }

    /**
     * Reads a text.
     *
     * @return the content, read as UTF-8
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
     * @param text the content, written as UTF-8
     * @throws IllegalArgumentException as for {@link #write(Path, Content)}
     * @throws UncheckedIOException as for {@link #write(Path, Content)}
     */
    public static void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes a file as a whole or not at all, and durably, so that a reader sees the old content or the new one. The
     * name is made durable if the system can open a folder. A link stays, and leads to the new content.
     *
     * @param content the new content
     * @throws IllegalArgumentException if others may replace files in the folder; the message says what to change
     * @throws UncheckedIOException if the file can't be written; then the old content stays
     */
    public static void write(Path file, Content content) {
        FileAttribute<?>[] rights = POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        try {
            Path target = behindLinks(file);
            Path folder = folderOf(target);
            checkFolder(folder);
            Path fresh = Files.createTempFile(folder, "." + target.getFileName(), ".new", rights);
            try {
                try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE);
                        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
                    content.writeTo(out);
                    out.flush();
                    channel.force(true);
                }
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
            forceName(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The folder in which {@link #write} replaces a file: that of the file to which a link leads.
     *
     * @throws UncheckedIOException if there is no such folder
     */
    public static Path folderOfTarget(Path file) {
        try {
            return folderOf(behindLinks(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file to which a name leads, whether it exists or not. */
    private static Path behindLinks(Path file) throws IOException {
        Path here = file.toAbsolutePath();
        for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(here); i++) {
            here = here.resolveSibling(Files.readSymbolicLink(here));
        }
        return folderOf(here).toRealPath().resolve(here.getFileName());
    }

    private static Path folderOf(Path absolute) throws IOException {
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new IOException(absolute + " is no file");
        }
        return folder;
    }

    /** Makes the name durable. This must not fail, because the file has been replaced already. */
    private static void forceName(Path folder) {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the file system can't make the names in a folder durable", e);
        }
    }
}
