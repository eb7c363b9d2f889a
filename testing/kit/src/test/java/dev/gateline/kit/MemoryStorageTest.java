package dev.gateline.kit;

import static dev.gateline.LoginLimit.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.store.LoginRow;
import dev.gateline.store.MemoryStorage;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryStorageTest {
    private static final Instant NOW = Rows.NOW;
    private static final Duration WRONG = Duration.ofMinutes(40);

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("logins");
    }

    private static MemoryStorage with(LoginRow... rows) {
        MemoryStorage storage = Storage.inMemory(100);
        Arrays.stream(rows).forEach(row -> storage.logins().insert(row, UNLIMITED, Set.of(), NOW));
        return storage;
    }

    private MemoryStorage restored() {
        MemoryStorage storage = Storage.inMemory(100);
        storage.restore(file());
        return storage;
    }

    @Test
    void restore_saved_hasTheLoginsInEveryPart() {
        LoginRow ada = Rows.of("ada");
        LoginRow grace = Rows.next(Rows.of("grace"), NOW.plusSeconds(1));
        with(ada, grace).save(file());

        MemoryStorage storage = restored();

        assertThat(storage.logins().find(ada.id())).contains(ada);
        assertThat(storage.logins().find(grace.id())).contains(grace);
        assertThat(storage.logins().findBySubject("gs_", "grace")).containsExactly(grace);
    }

    /** The clock of the process that saved it was ahead. */
    @Test
    void restore_loginOfALaterEpoch_endsWithAllOthers() {
        LoginRow ada = Rows.of("ada");
        long far =
                Storage.inMemory(1).revocations().epoch() + Duration.ofDays(1).toMillis() * 1_000;
        LoginRow early = new LoginRow(
                ada.id(),
                ada.realm(),
                ada.subject(),
                ada.version(),
                ada.lastSeenAt(),
                ada.state().toBuilder().epoch(far).build());
        with(early).save(file());

        MemoryStorage storage = restored();

        assertThat(storage.revocations().raiseEpoch("gs_", 0, NOW, NOW.plusSeconds(60)))
                .isGreaterThan(far);
    }

    @Test
    void restore_saved_knowsWhatHasEnded() {
        MemoryStorage before = with();
        before.revocations().revoke(Revocation.ofToken("token", NOW.plusSeconds(60)), NOW);
        before.revocations().revoke(Revocation.ofLogin(new LoginId("login"), NOW.plusSeconds(60)), NOW);
        long epoch = before.revocations().raiseEpoch("r ada", 0, NOW, NOW.plusSeconds(60));
        before.save(file());

        MemoryStorage storage = restored();

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
    void restore_byAWrongClock_forgetsNoEndingAndNoLogin() {
        LoginRow row = Rows.of("ada");
        MemoryStorage before = with(row);
        before.revocations().revoke(Revocation.ofToken("token", NOW.plusSeconds(60)), NOW);
        before.save(file());

        MemoryStorage storage = restored();
        insertAndRevoke(storage, NOW.plus(WRONG));

        assertThat(storage.logins().find(row.id())).contains(row);
        assertThat(storage.revocations().isRevoked(token("token"))).isTrue();
    }

    @Test
    void insertAndRevoke_clockWrongForAMinute_deletesNothingLive() {
        AtomicLong nanos = new AtomicLong();
        MemoryStorage storage = Storage.inMemory(3, nanos::get);
        LoginRow row = Rows.of("ada");
        storage.logins().insert(row, UNLIMITED, Set.of(), NOW);
        storage.revocations().revoke(Revocation.ofToken("token", NOW.plusSeconds(300)), NOW);

        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        insertAndRevoke(storage, NOW.plus(WRONG));
        insertAndRevoke(storage, NOW.plus(WRONG));
        assertThatThrownBy(() -> insertAndRevoke(storage, NOW.plus(WRONG))).isInstanceOf(LoginRefusedException.class);

        assertThat(storage.logins().find(row.id())).contains(row);
        assertThat(storage.revocations().isRevoked(token("token"))).isTrue();
    }

    @Test
    void insertAndRevoke_oncePastByASteadyClock_forgetWhatIsOver() {
        AtomicLong nanos = new AtomicLong();
        MemoryStorage storage = Storage.inMemory(1, nanos::get);
        LoginRow row = Rows.of("ada");
        storage.logins().insert(row, UNLIMITED, Set.of(), NOW);
        storage.revocations().revoke(Revocation.ofToken("token", NOW.plusSeconds(300)), NOW);

        nanos.addAndGet(TimeUnit.HOURS.toNanos(2));
        insertAndRevoke(storage, NOW.plus(Duration.ofHours(2)));

        assertThat(storage.logins().find(row.id())).isEmpty();
        assertThat(storage.revocations().isRevoked(token("token"))).isFalse();
    }

    /** As a node does that has heard of endings, and not yet what time it is. */
    @Test
    void revoke_beforeTheTimeIsKnown_isForgottenInTheEnd() {
        AtomicLong nanos = new AtomicLong();
        MemoryStorage storage = Storage.inMemory(1, nanos::get);
        storage.revocations().revoke(Revocation.ofToken("token", NOW.plusSeconds(300)), Instant.EPOCH);
        storage.revocations().revoke(Revocation.ofToken("later", NOW.plusSeconds(300)), NOW);

        nanos.addAndGet(TimeUnit.HOURS.toNanos(2));
        insertAndRevoke(storage, NOW.plus(Duration.ofHours(2)));

        assertThat(storage.revocations().isRevoked(token("token"))).isFalse();
    }

    private static void insertAndRevoke(MemoryStorage storage, Instant now) {
        storage.revocations().revoke(Revocation.ofToken("other", now.plusSeconds(60)), now);
        storage.logins().insert(Rows.of("grace"), UNLIMITED, Set.of(), now);
    }

    private static Revocable token(String id) {
        return new Revocable("r", id, "x", "x", Long.MAX_VALUE);
    }

    @Test
    void insert_fullAfterAllLoginsOfOneUserHaveEnded_dropsThoseAndNoOthers() {
        MemoryStorage storage = Storage.inMemory(3);
        LoginRow ada = Rows.of("ada");
        LoginRow grace = Rows.of("grace");
        LoginRow eve = Rows.of("eve");
        for (LoginRow row : List.of(ada, grace, eve)) {
            assertThat(storage.logins().insert(row, UNLIMITED, Set.of(), NOW)).isTrue();
        }
        storage.revocations().raiseEpoch(eve.revocable().subjectKey(), 0, NOW, NOW.plus(Rows.ABSOLUTE));
        LoginRow joan = Rows.of("joan");

        assertThat(storage.logins().insert(joan, UNLIMITED, Set.of(), NOW)).isTrue();

        assertThat(storage.logins().find(ada.id())).contains(ada);
        assertThat(storage.logins().find(grace.id())).contains(grace);
        assertThat(storage.logins().find(joan.id())).contains(joan);
        assertThat(storage.logins().find(eve.id())).isEmpty();
    }

    @Test
    void restore_twice_findsNothingTheSecondTime() {
        LoginRow row = Rows.of("ada");
        with(row).save(file());

        assertThat(restored().logins().find(row.id())).isPresent();
        assertThat(file()).doesNotExist();
        assertThat(restored().logins().find(row.id())).isEmpty();
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

        assertThatIllegalArgumentException().isThrownBy(() -> restored()).withMessageContaining("chmod 600");
        assertThat(file()).exists();
    }

    @Test
    void restore_cutOffAnywhere_isRefused() throws IOException {
        with(Rows.of("ada")).save(file());
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file(), Arrays.copyOf(whole, length));
            MemoryStorage storage = Storage.inMemory(1);
            assertThatIllegalArgumentException().isThrownBy(() -> storage.restore(file()));
            assertThat(storage.logins().findBySubject("gs_", "ada")).isEmpty();
            assertThat(storage.logins().insert(Rows.of("grace"), UNLIMITED, Set.of(), NOW))
                    .isTrue();
        }
    }

    @Test
    void restore_somethingElse_isRefusedWithoutItsContent() throws IOException {
        with().save(file());
        Files.write(file(), "a secret that is no saved login".getBytes(StandardCharsets.UTF_8));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> restored())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @Test
    void restore_moreThanFits_isRefused() {
        with(Rows.of("ada"), Rows.of("grace")).save(file());
        MemoryStorage small = Storage.inMemory(1);

        assertThatThrownBy(() -> small.restore(file())).isInstanceOf(LoginRefusedException.class);
        assertThat(file()).exists();
    }
}
