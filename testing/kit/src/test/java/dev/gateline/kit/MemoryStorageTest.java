package dev.gateline.kit;

import static dev.gateline.spi.LoginStore.ANY_NUMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.spi.LoginRow;
import dev.gateline.spi.MemoryStorage;
import dev.gateline.spi.Revocation;
import dev.gateline.spi.RevocationStore.Revocable;
import dev.gateline.spi.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryStorageTest {
    private static final Instant NOW = Rows.NOW;

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("logins");
    }

    private static MemoryStorage with(LoginRow... rows) {
        MemoryStorage storage = Storage.inMemory(100);
        Arrays.stream(rows).forEach(row -> storage.logins().insert(row, ANY_NUMBER, Set.of(), NOW));
        return storage;
    }

    private MemoryStorage restored(Instant now) {
        MemoryStorage storage = Storage.inMemory(100);
        storage.restore(file(), now);
        return storage;
    }

    @Test
    void restore_saved_hasTheLoginsInEveryPart() {
        LoginRow ada = Rows.of("ada");
        LoginRow grace = Rows.next(Rows.of("grace"), NOW.plusSeconds(1));
        with(ada, grace).save(file());

        MemoryStorage storage = restored(NOW);

        assertThat(storage.logins().find(ada.id())).contains(ada);
        assertThat(storage.logins().find(grace.id())).contains(grace);
        assertThat(storage.logins().findBySubject("grace")).containsExactly(grace);
    }

    @Test
    void restore_saved_knowsWhatHasEnded() {
        MemoryStorage before = with();
        before.revocations().revoke(Revocation.ofToken("token", NOW.plusSeconds(60)), NOW);
        before.revocations().revoke(Revocation.ofLogin(new LoginId("login"), NOW.plusSeconds(60)), NOW);
        long epoch = before.revocations().raiseEpoch("r ada", 0, NOW, NOW.plusSeconds(60));
        before.save(file());

        MemoryStorage storage = restored(NOW);

        assertThat(storage.revocations().isRevoked(new Revocable("r", "token", "x", "x", epoch)))
                .isTrue();
        assertThat(storage.revocations().isRevoked(new Revocable("r", "", "login", "x", epoch)))
                .isTrue();
        assertThat(storage.revocations().isRevoked(new Revocable("r", "", "x", "ada", epoch - 1)))
                .isTrue();
        assertThat(storage.revocations().isRevoked(new Revocable("r", "", "x", "ada", epoch)))
                .isFalse();
        assertThat(storage.revocations().raiseEpoch("r ada", 0, NOW.minusSeconds(9), NOW))
                .isGreaterThan(epoch);
    }

    @Test
    void restore_expiredMeanwhile_isLeftOut() {
        LoginRow row = Rows.of("ada");
        with(row).save(file());

        assertThat(restored(row.expiresAt().minusMillis(1)).logins().find(row.id()))
                .isPresent();
        with(row).save(file());
        assertThat(restored(row.expiresAt()).logins().find(row.id())).isEmpty();
    }

    @Test
    void restore_twice_findsNothingTheSecondTime() {
        LoginRow row = Rows.of("ada");
        with(row).save(file());

        assertThat(restored(NOW).logins().find(row.id())).isPresent();
        assertThat(file()).doesNotExist();
        assertThat(restored(NOW).logins().find(row.id())).isEmpty();
    }

    @Test
    void save_file_isForItsOwnerOnlyAndHoldsNoSecret() throws IOException {
        LoginRow row = Rows.of("ada");
        with(row).save(file());

        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void restore_othersCanRead_isRefusedAndTheFileStays() throws IOException {
        with(Rows.of("ada")).save(file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatIllegalArgumentException().isThrownBy(() -> restored(NOW)).withMessageContaining("chmod 600");
        assertThat(file()).exists();
    }

    @Test
    void restore_cutOffAnywhere_isRefused() throws IOException {
        with(Rows.of("ada")).save(file());
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file(), Arrays.copyOf(whole, length));
            MemoryStorage storage = Storage.inMemory(1);
            assertThatIllegalArgumentException().isThrownBy(() -> storage.restore(file(), NOW));
            assertThat(storage.logins().findBySubject("ada")).isEmpty();
            assertThat(storage.logins().insert(Rows.of("grace"), ANY_NUMBER, Set.of(), NOW))
                    .isTrue();
        }
    }

    @Test
    void restore_somethingElse_isRefusedWithoutItsContent() throws IOException {
        with().save(file());
        Files.write(file(), "a secret that is no saved login".getBytes(StandardCharsets.UTF_8));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> restored(NOW))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @Test
    void restore_moreThanFits_isRefused() {
        with(Rows.of("ada"), Rows.of("grace")).save(file());
        MemoryStorage small = Storage.inMemory(1);

        assertThatThrownBy(() -> small.restore(file(), NOW)).isInstanceOf(LoginRefusedException.class);
        assertThat(file()).exists();
    }
}
