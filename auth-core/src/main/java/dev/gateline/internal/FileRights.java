package dev.gateline.internal;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Says whether others could read or replace a file of secrets: the rules of POSIX rights, owner and folder. Immutable,
 * thread-safe.
 */
final class FileRights {
    private static final String ROOT = "root";
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> MOUNTED =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_READ);

    private final Set<String> processUsers;

    /**
     * The rules for a process.
     *
     * @param processUsers names of the user that it runs as
     */
    FileRights(Set<String> processUsers) {
        this.processUsers = processUsers;
    }

    /**
     * Checks a file that is to be read. A process of another user than root may be in the group of a file of root's, as
     * orchestrators mount secrets.
     *
     * @throws IllegalArgumentException if others may read or change it
     */
    void checkFile(Path file, PosixFileAttributes is) {
        check(is.isRegularFile(), file, "is no regular file");
        checkOwner(file, is);
        if (is.owner().getName().equals(ROOT) && !processUsers.contains(ROOT)) {
            check(
                    MOUNTED.containsAll(is.permissions()),
                    file,
                    "users other than root and its group have rights to it; remove these rights (chmod 440)");
        } else {
            check(
                    OWNER.containsAll(is.permissions()),
                    file,
                    "users other than its owner have rights to it; remove these rights (chmod 600)");
        }
    }

    /**
     * Checks the folder of a file. In a sticky one, such as {@code /tmp}, others can't replace what is not theirs. A
     * group that is named as the owner is the owner's own, and that of a folder of root's is taken for the process's:
     * so an orchestrator mounts a volume. Its members could put an older file of the same owner into the place of a
     * newer one.
     *
     * @param isSticky whether only the owner of a file may move or delete it
     * @throws IllegalArgumentException if others may replace files in it
     */
    void checkFolder(Path folder, PosixFileAttributes is, boolean isSticky) {
        checkOwner(folder, is);
        Set<PosixFilePermission> rights = is.permissions();
        String owner = is.owner().getName();
        boolean trustsGroup = owner.equals(ROOT) || owner.equals(is.group().getName());
        boolean isOpen = rights.contains(PosixFilePermission.OTHERS_WRITE)
                || (rights.contains(PosixFilePermission.GROUP_WRITE) && !trustsGroup);
        check(
                isSticky || !isOpen,
                folder,
                "users other than its owner may replace the secrets in this folder; remove that right (chmod go-w)");
    }

    private void checkOwner(Path path, PosixFileAttributes is) {
        String owner = is.owner().getName();
        check(
                owner.equals(ROOT) || processUsers.contains(owner),
                path,
                "belongs to " + owner + "; must belong to the user of this process, or to root (chown)");
    }

    private static void check(boolean ok, Path path, String what) {
        Rules.require(ok, path + ": " + what);
    }
}
