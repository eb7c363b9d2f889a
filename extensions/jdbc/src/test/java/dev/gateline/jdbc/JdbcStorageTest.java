package dev.gateline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.kit.MutableClock;
import dev.gateline.near.NearStorage;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.spi.Change;
import dev.gateline.spi.KeyRingStore.Document;
import dev.gateline.spi.LoginRow;
import dev.gateline.spi.Revocation;
import dev.gateline.spi.Storage;
import dev.gateline.spi.Written;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcStorageTest {
    private final MutableClock clock = new MutableClock();

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static void execute(HikariDataSource pool, String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private SessionAuthenticator gate(Storage storage) {
        return SessionAuthenticator.builder(storage).clock(clock).build();
    }

    @ParameterizedTest
    @EnumSource
    void logout_onOneNode_isSeenOnTheOther(Databases kind) {
        HikariDataSource first = kind.create();
        HikariDataSource second = Databases.pool(first.getJdbcUrl());
        try (first;
                second;
                NearStorage here = NearStorage.over(Databases.storage(first));
                NearStorage there = NearStorage.over(Databases.storage(second))) {
            SessionAuthenticator hereGate = gate(here);
            SessionAuthenticator thereGate = gate(there);
            for (int i = 0; i < 20; i++) {
                Grant grant = hereGate.login(Login.of("ada"));
                assertThat(thereGate.authenticate(grant.access()).rejection()).isEmpty();

                hereGate.logout(grant.access());

                await(
                        "the other node hears of it",
                        () -> thereGate
                                .authenticate(grant.access())
                                .toOptional()
                                .isEmpty());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void createIfMissing_twice_changesNothing(Databases kind) {
        try (HikariDataSource pool = kind.create()) {
            JdbcStorage storage = Databases.storage(pool);
            Grant grant = gate(storage).login(Login.of("ada"));

            assertThat(storage.createIfMissing()).isSameAs(storage);
            assertThat(gate(storage).authenticate(grant.access()).rejection()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void subjects_thatDifferALittle_areDifferent(Databases kind) {
        try (HikariDataSource pool = kind.create()) {
            SessionAuthenticator gate = gate(Databases.storage(pool));
            List<String> subjects = List.of(
                    "ada",
                    "Ada",
                    "ad\u00e0",
                    "ada\u0300",
                    "\u00e4da",
                    "aeda",
                    "ada\u200b",
                    "\ud83d\ude00",
                    "x".repeat(255));
            subjects.forEach(subject -> gate.login(Login.of(subject)));

            assertThat(subjects)
                    .allSatisfy(subject -> assertThat(gate.logins().of(subject)).hasSize(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void purge_expiredRows_areDeletedAndLiveOnesAreNot(Databases kind) {
        try (HikariDataSource pool = kind.create()) {
            JdbcStorage storage = Databases.storage(pool);
            SessionAuthenticator gate = gate(storage);
            List<LoginId> expired = new ArrayList<>();
            for (int i = 0; i < 250; i++) {
                expired.add(gate.login(Login.of("user-" + i)).loginId());
            }
            Grant used = gate.login(Login.of("ada"));
            storage.revocations().revoke(Revocation.ofToken("t", clock.instant().plusSeconds(60)), clock.instant());
            clock.advance(Duration.ofMinutes(29));
            assertThat(gate.authenticate(used.access()).rejection()).isEmpty();
            gate.close();
            clock.advance(Duration.ofMinutes(1));

            storage.purge(clock.instant());

            assertThat(expired)
                    .allSatisfy(id -> assertThat(storage.logins().find(id)).isEmpty());
            assertThat(storage.logins().find(used.loginId())).isPresent();
            List<Revocation> left = new ArrayList<>();
            storage.revocations().forEachLive(clock.instant().minusSeconds(3_600), left::add);
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keyRing_compareAndSet_oneWins(Databases kind) {
        try (HikariDataSource pool = kind.create()) {
            JdbcStorage storage = Databases.storage(pool);
            assertThat(storage.keyRing("a").load()).isEmpty();
            assertThat(storage.keyRing("a").replace(new Document(1, "one"))).isEqualTo(Written.DONE);
            assertThat(storage.keyRing("a").replace(new Document(1, "other"))).isEqualTo(Written.STALE);
            assertThat(storage.keyRing("a").replace(new Document(3, "far"))).isEqualTo(Written.STALE);
            assertThat(storage.keyRing("a").replace(new Document(2, "two"))).isEqualTo(Written.DONE);

            assertThat(storage.keyRing("a").load()).contains(new Document(2, "two"));
            assertThat(storage.keyRing("b").load()).isEmpty();
        }
    }

    /** Two publishers; the one that got the lower number commits last. */
    @ParameterizedTest
    @EnumSource
    void changes_thatBecomeVisibleOutOfOrder_areAllRead(Databases kind) throws SQLException {
        try (HikariDataSource pool = kind.create()) {
            JdbcStorage storage = Databases.storage(pool);
            ChangeLog log = new ChangeLog(new Database(pool, 5));
            log.begin();
            Change early = new Change.OfRow(new LoginId("early"), 1);
            Change late = new Change.OfRow(new LoginId("late"), 2);
            try (Connection slow = pool.getConnection();
                    Statement statement = slow.createStatement()) {
                slow.setAutoCommit(false);
                statement.execute("INSERT INTO gateline_change (what) VALUES ('" + early.write() + "')");
                storage.feed().publish(late);
                assertThat(log.next(0)).containsExactly(late);
                assertThat(log.next(1)).isEmpty();
                slow.commit();
                slow.setAutoCommit(true);
            }

            assertThat(log.next(2)).containsExactly(early);
            assertThat(log.next(3)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void changes_oneOfWhichWasRolledBack_areReadOnAndTheNumberIsGivenUp(Databases kind) throws SQLException {
        try (HikariDataSource pool = kind.create()) {
            JdbcStorage storage = Databases.storage(pool);
            ChangeLog log = new ChangeLog(new Database(pool, 5));
            log.begin();
            try (Connection broken = pool.getConnection();
                    Statement statement = broken.createStatement()) {
                broken.setAutoCommit(false);
                statement.execute("INSERT INTO gateline_change (what) VALUES ('ROW 1 x')");
                broken.rollback();
                broken.setAutoCommit(true);
            }
            Change one = new Change.OfRow(new LoginId("one"), 1);
            storage.feed().publish(one);
            long before = log.seenUpTo();

            assertThat(log.next(0)).containsExactly(one);
            assertThat(log.next(ChangeLog.GIVEN_UP_AFTER)).isEmpty();
            assertThat(log.seenUpTo()).isEqualTo(before);
            assertThat(log.next(ChangeLog.GIVEN_UP_AFTER + 1)).isEmpty();
            assertThat(log.seenUpTo()).isGreaterThan(before);
        }
    }

    @Test
    void notifications_connectionKilled_changesAreStillHeard() throws SQLException {
        HikariDataSource first = Databases.POSTGRESQL.create();
        HikariDataSource second = Databases.pool(first.getJdbcUrl());
        try (first;
                second;
                NearStorage here = NearStorage.over(Databases.storage(first));
                NearStorage there = NearStorage.over(Databases.storage(second))) {
            SessionAuthenticator hereGate = gate(here);
            SessionAuthenticator thereGate = gate(there);
            for (int i = 0; i < 3; i++) {
                Grant grant = hereGate.login(Login.of("ada"));
                assertThat(thereGate.authenticate(grant.access()).rejection()).isEmpty();
                execute(
                        first,
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND query LIKE 'LISTEN%'");

                hereGate.logout(grant.access());

                await(
                        "the other node hears of it",
                        () -> thereGate
                                .authenticate(grant.access())
                                .toOptional()
                                .isEmpty());
            }
        }
    }

    @Test
    void database_away_isAnOutageWithoutAValueInIt() {
        try (HikariDataSource pool = Databases.H2.create()) {
            JdbcStorage storage = JdbcStorage.of(pool);
            SessionAuthenticator gate = gate(storage);

            assertThatExceptionOfType(AuthUnavailableException.class)
                    .isThrownBy(() -> gate.login(Login.of("ada-lovelace")))
                    .satisfies(outage -> assertThat(outage.getCause())
                            .hasMessageContaining("SQL state")
                            .hasMessageNotContaining("ada-lovelace"));
            storage.createIfMissing();
            assertThat(gate.login(Login.of("ada-lovelace"))).isNotNull();
        }
    }

    @Test
    void find_whatWasInserted_isTheSameRow() {
        try (HikariDataSource pool = Databases.H2.create()) {
            JdbcStorage storage = Databases.storage(pool);
            Grant grant = gate(storage).login(Login.of("ada"));

            LoginRow row = storage.logins().find(grant.loginId()).orElseThrow();
            assertThat(row.lastSeenAt()).isEqualTo(clock.instant());
            assertThat(storage.logins().findBySubject("ada")).containsExactly(row);
        }
    }

    @Test
    void build_pollIntervalOutOfRange_isRefused() {
        try (HikariDataSource pool = Databases.H2.create()) {
            JdbcStorage.Builder builder = JdbcStorage.builder(pool);
            assertThatIllegalArgumentException().isThrownBy(() -> builder.pollInterval(Duration.ofMillis(9)));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.pollInterval(Duration.ofMillis(1_001)));
            assertThat(builder.pollInterval(Duration.ofMillis(10)).build()).isNotNull();
        }
    }
}
