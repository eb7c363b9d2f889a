package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerOnlyFileTest {
    private static final FileRights OF_ADA = new FileRights(Set.of("ada", "1000"));
    private static final FileRights OF_ROOT = new FileRights(Set.of("root"));

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("secret");
    }

    private static void rights(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    @Test
    void read_written_isTheSame() {
        OwnerOnlyFile.write(file(), "ä");
        OwnerOnlyFile.write(file(), "once more");
        assertThat(OwnerOnlyFile.read(file())).isEqualTo("once more");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void write_contentThatFails_leavesTheOldContentAndNothingElse() {
        OwnerOnlyFile.write(file(), "old");

        assertThatThrownBy(() -> OwnerOnlyFile.write(file(), out -> {
                    out.write(1);
                    throw new IOException("half way");
                }))
                .hasRootCauseMessage("half way");

        assertThat(OwnerOnlyFile.read(file())).isEqualTo("old");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void read_folder_isRefusedAsNoFile() throws IOException {
        Path inner = Files.createDirectory(file());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnerOnlyFile.read(inner))
                .withMessageContaining("is no regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
    void read_fileThatOthersHaveRightsTo_isRefused(String rights) throws IOException {
        OwnerOnlyFile.write(file(), "secret");
        rights(file(), rights);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnerOnlyFile.read(file()))
                .withMessageContaining(file().toString())
                .withMessageContaining("chmod 600");
    }

    @Test
    void read_folderInWhichOthersMayReplaceFiles_isRefusedNamingIt() throws IOException {
        OwnerOnlyFile.write(file(), "secret");
        rights(folder, "rwxrwxrwx");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnerOnlyFile.read(file()))
                .withMessageContaining(folder.toString())
                .withMessageContaining("chmod go-w");
    }

    @Test
    void write_folderInWhichOthersMayReplaceFiles_isRefusedAndNothingIsWritten() throws IOException {
        rights(folder, "rwxrwxrwx");
        assertThatIllegalArgumentException().isThrownBy(() -> OwnerOnlyFile.write(file(), "secret"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void read_folderThatIsSticky_isRead() throws IOException {
        OwnerOnlyFile.write(file(), "secret");
        Files.setAttribute(folder, "unix:mode", 0_1777);
        assertThat(OwnerOnlyFile.read(file())).isEqualTo("secret");
    }

    @Test
    void read_linkToAFileThatOthersMayRead_isRefused() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path target = elsewhere.resolve("target");
        OwnerOnlyFile.write(target, "secret");
        Files.createSymbolicLink(file(), target);
        assertThat(OwnerOnlyFile.read(file())).isEqualTo("secret");
        rights(target, "rw-r--r--");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnerOnlyFile.read(file()))
                .withMessageContaining(target.toString());
    }

    @Test
    void write_link_leadsToTheNewContent() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path target = elsewhere.resolve("target");
        Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("elsewhere", "target"));
        Path first = Files.createSymbolicLink(file(), second);
        for (String text : new String[] {"not there before", "there before"}) {
            OwnerOnlyFile.write(first, text);
            assertThat(first).isSymbolicLink();
            assertThat(second).isSymbolicLink();
            assertThat(OwnerOnlyFile.folderOfTarget(first))
                    .isEqualTo(folder.resolve("elsewhere").toRealPath());
            assertThat(OwnerOnlyFile.read(target)).isEqualTo(text);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
    }

    @Test
    void read_fileOfAnotherUser_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OF_ADA.checkFile(file(), new Attributes("mallory", "ada", "rw-------")))
                .withMessageContaining("belongs to mallory");
        OF_ADA.checkFile(file(), new Attributes("ada", "users", "rw-------"));
        OF_ADA.checkFile(file(), new Attributes("1000", "0", "r--------"));
    }

    @ParameterizedTest
    @CsvSource({"r--r-----,true", "rw-r-----,true", "rw-------,true", "rw-r--r--,false", "rw-rw----,false"})
    void read_fileOfRootsThatAnOrchestratorMounted_mayBeReadByItsGroupOnly(String rights, boolean isFit) {
        Attributes mounted = new Attributes("root", "1000", rights);
        if (isFit) {
            OF_ADA.checkFile(file(), mounted);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OF_ADA.checkFile(file(), mounted))
                    .withMessageContaining("chmod 440");
        }
    }

    @Test
    void read_processOfRoots_givesItsGroupNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OF_ROOT.checkFile(file(), new Attributes("root", "root", "r--r-----")))
                .withMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @CsvSource({
        "ada,users,rwxr-xr-x,true",
        "ada,ada,rwxrwxr-x,true",
        "root,1000,rwxrwx---,true",
        "ada,users,rwxrwx---,false",
        "ada,ada,rwxrwxrwx,false",
        "root,root,rwxr-xrwx,false",
        "mallory,ada,rwx------,false"
    })
    void folder_thatOthersMayWriteTo_isRefused(String owner, String group, String rights, boolean isFit) {
        Attributes attributes = new Attributes(owner, group, rights);
        if (isFit) {
            OF_ADA.checkFolder(folder, attributes, false);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> OF_ADA.checkFolder(folder, attributes, false));
        }
    }

    private record Name(String getName) implements UserPrincipal, GroupPrincipal {}

    private record Attributes(UserPrincipal owner, GroupPrincipal group, Set<PosixFilePermission> permissions)
            implements PosixFileAttributes {
        Attributes(String owner, String group, String rights) {
            this(new Name(owner), new Name(group), PosixFilePermissions.fromString(rights));
        }

        @Override
        public FileTime lastModifiedTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public FileTime lastAccessTime() {
            return lastModifiedTime();
        }

        @Override
        public FileTime creationTime() {
            return lastModifiedTime();
        }

        @Override
        public boolean isRegularFile() {
            return true;
        }

        @Override
        public boolean isDirectory() {
            return false;
        }

        @Override
        public boolean isSymbolicLink() {
            return false;
        }

        @Override
        public boolean isOther() {
            return false;
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public Object fileKey() {
            return this;
        }
    }
}
