package dev.gateline.internal;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Checks by POSIX rights, owner and folder whether others could read or replace a file of secrets. Immutable,
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
     * Creates the rules for a process.
     *
     * @param processUsers the names of the user that the process runs as
     */
    FileRights(Set<String> processUsers) {
        this.processUsers = processUsers;
    }

    /**
     * Checks a file that is to be read. Orchestrators mount secrets as files of root for a group, and a process of
     * another user may be in that group.
     *
     * @throws IllegalArgumentException if others may read or change the file
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
     * Checks the folder of a file. In a sticky folder, such as {@code /tmp}, others can't replace files of the owner. A
     * group with the name of the owner belongs to the owner. The group of a folder of root counts as the group of the
     * process, because an orchestrator mounts volumes so. Members of that group could replace a file by an older one of
     * the same owner.
     *
     * @param isSticky whether only the owner of a file may move or delete it
     * @throws IllegalArgumentException if others may replace files in the folder
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
