package dev.gateline.jdbc;

import static dev.gateline.kit.Rows.ABSOLUTE;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.kit.Rows;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.KeyRingStore.Document;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All is plain enough for H2 in each of its modes, in which it takes another database's SQL and little else. */
class H2ModesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REGULAR",
                "STRICT",
                "LEGACY",
                "DB2",
                "Derby",
                "HSQLDB",
                "MariaDB",
                "MSSQLServer",
                "MySQL",
                "Oracle",
                "PostgreSQL"
            })
    void anyMode_allCalls_work(String mode) throws InterruptedException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:mode_" + mode + ";DB_CLOSE_DELAY=-1;MODE=" + mode);
        try (JdbcStorage storage = JdbcStorage.of(source).createIfMissing()) {
            useLogins(storage);
            useRevocations(storage.revocations());
            assertThat(storage.keyRing("ring").replace(new Document(1, "secret"), KeyRingStore.NONE))
                    .isEqualTo(Written.DONE);
            assertThat(storage.keyRing("ring").load()).contains(new Document(1, "secret"));
            storage.purge();
            waitForAProof(storage);
        }
    }

    private static void useLogins(JdbcStorage storage) {
        LoginRow row = Rows.of("");
        assertThat(storage.logins().insert(row, 1, Set.of(), NOW)).isTrue();
        assertThat(storage.logins().insert(Rows.of(""), 1, Set.of(), NOW)).isFalse();
        LoginRow next = Rows.next(row, NOW.plusSeconds(1));
        assertThat(storage.logins().replace(next, row.version(), NOW)).isEqualTo(Written.DONE);
        assertThat(storage.logins().touch(row.id(), NOW)).isEqualTo(Written.DONE);
        assertThat(storage.logins().find(row.id())).contains(next);
        assertThat(storage.logins().findBySubject("gs_", "")).containsExactly(next);
        storage.logins().touchAll(Map.of(row.id(), NOW.plusSeconds(2)), Duration.ZERO);
        assertThat(storage.logins().delete(row.id())).isEqualTo(Written.DONE);
        storage.logins().deleteAll(List.of(row.id(), next.id()));
    }

    private static void useRevocations(RevocationStore revocations) {
        Revocation token = Revocation.ofToken("t", NOW.plus(ABSOLUTE));
        revocations.revoke(token, NOW);
        assertThat(revocations.isRevoked(new Revocable("gs_", "t", "l", "ada", 0)))
                .isTrue();
        assertThat(revocations.isRevoked(new Revocable("gs_", "", "l", "ada", 0)))
                .isFalse();
        long epoch = revocations.raiseEpoch("gs_ ada", 0, NOW, NOW.plus(ABSOLUTE));
        assertThat(revocations.epoch()).isEqualTo(epoch);
        List<Revocation> live = new ArrayList<>();
        revocations.forEachLive(NOW, live::add);
        assertThat(live).hasSize(2).contains(token);
        assertThat(revocations.standing().markedAt()).isEmpty();
        assertThat(revocations.vouch(revocations.standing()).orElseThrow().isSameRun())
                .isTrue();
        assertThat(revocations.mark(NOW.minusSeconds(60)).isSameRun()).isTrue();
        revocations.revokeAll(live, NOW);
    }

    private static void waitForAProof(JdbcStorage storage) throws InterruptedException {
        CountDownLatch fresh = new CountDownLatch(1);
        storage.feed().subscribe(new ChangeFeed.Subscriber() {
            @Override
            public void changed(Change change) {}

            @Override
            public void gap() {}

            @Override
            public void freshAsOf(long nanos) {
                fresh.countDown();
            }
        });
        assertThat(fresh.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
