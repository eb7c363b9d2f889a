package dev.gateline.jdbc;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.kit.Rows.ABSOLUTE;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.kit.Race;
import dev.gateline.kit.Rows;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Written;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcStorageTest {

    /** Each is somebody else, whatever a collation may think. */
    private static final List<String> LOOK_ALIKES = List.of(
            "ada",
            "ADA",
            "ada ",
            " ada",
            "ad\u00e1",
            "ada\u0301",
            "\u00e4da",
            "a\u0308da",
            "ada\0",
            "?",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00",
            "\ufffd",
            "stra\u00dfe",
            "strasse",
            "\u20ac".repeat(255),
            "\u20ac".repeat(254),
            "\ud800".repeat(255),
            "");

    @ParameterizedTest
    @EnumSource
    void createIfMissing_again_leavesWhatIsThere(TestDatabase database) {
        JdbcStorage storage = database.place().empty();
        LoginRow row = Rows.of("ada");
        storage.logins().insert(row, UNLIMITED, Set.of(), NOW);

        storage.createIfMissing();

        assertThat(storage.logins().find(row.id())).contains(row);
    }

    @ParameterizedTest
    @EnumSource
    void findBySubject_lookAlikes_areAllDifferent(TestDatabase database) {
        LoginStore logins = database.place().empty().logins();
        List<LoginRow> rows = LOOK_ALIKES.stream().map(Rows::of).toList();
        rows.forEach(row -> assertThat(logins.insert(row, 1, Set.of(), NOW)).isTrue());

        rows.forEach(row -> {
            assertThat(logins.findBySubject("gs_", row.subject())).containsExactly(row);
            assertThat(logins.insert(Rows.of(row.subject()), 1, Set.of(), NOW)).isFalse();
        });
    }

    private static Revocable login(String subject, long epoch) {
        return new Revocable("gs_", "", "l1", subject, epoch);
    }

    @ParameterizedTest
    @EnumSource
    void epoch_lookAlikes_areAllDifferent(TestDatabase database) {
        RevocationStore revocations = database.place().empty().revocations();
        List<Long> epochs = LOOK_ALIKES.stream()
                .map(subject -> revocations.raiseEpoch("gs_ " + subject, 0, NOW, NOW.plus(ABSOLUTE)))
                .toList();

        assertThat(epochs).isSorted().doesNotHaveDuplicates();
        for (int i = 0; i < epochs.size(); i++) {
            assertThat(revocations.isRevoked(login(LOOK_ALIKES.get(i), epochs.get(i) - 1)))
                    .isTrue();
            assertThat(revocations.isRevoked(login(LOOK_ALIKES.get(i), epochs.get(i))))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void find_idOfAnyVisibleCharacters_isExactToo(TestDatabase database) {
        LoginStore logins = database.place().empty().logins();
        LoginRow row = Rows.of("ada");
        String id = row.id().value();
        logins.insert(row, UNLIMITED, Set.of(), NOW);

        Stream.of(id.toLowerCase(Locale.ROOT), id.toUpperCase(Locale.ROOT), id + "'", "'OR'1'='1", "%", "~".repeat(255))
                .filter(other -> !other.equals(id))
                .forEach(other -> assertThat(logins.find(new LoginId(other))).isEmpty());
    }

    /** A node takes the first epoch that it sees for the beginning of all logins. */
    @ParameterizedTest
    @EnumSource
    void epoch_newStoreAskedByManyAtOnce_isOneForAll(TestDatabase database) {
        for (int i = 0; i < 20; i++) {
            RevocationStore revocations = database.place().empty().revocations();

            List<Long> epochs = Race.run(8, revocations::epoch);

            assertThat(epochs).containsOnly(revocations.epoch());
        }
    }

    @ParameterizedTest
    @EnumSource
    void insert_strictIsolationWithoutAutoCommit_isNeverOneTooManyAndIsCommitted(TestDatabase database) {
        for (int level : new int[] {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE}) {
            LoginStore elsewhere = database.place().empty().logins();
            SwitchedSource source = new SwitchedSource(database.place().pool());
            source.isolate(level);
            source.commitByHand();
            LoginStore logins = JdbcStorage.builder(source.source()).build().logins();

            List<Boolean> in = Race.run(6, () -> logins.insert(Rows.of("ada"), 3, Set.of(), NOW));

            assertThat(in).filteredOn(it -> it).hasSize(3);
            assertThat(elsewhere.findBySubject("gs_", "ada")).hasSize(3);
            LoginRow one = logins.findBySubject("gs_", "ada").get(0);
            assertThat(logins.delete(one.id())).isEqualTo(Written.DONE);
            assertThat(elsewhere.find(one.id())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void inTransaction_realDeadlock_isTriedAgain(TestDatabase database) {
        database.place().empty();
        database.place().run("INSERT INTO gateline_login_lock (id, taken) VALUES (1, 0), (2, 0)");
        Database under = new Database(database.place().pool(), false);
        CyclicBarrier bothHaveOne = new CyclicBarrier(2);
        AtomicInteger attempts = new AtomicInteger();

        List<Integer> done = Race.run(
                () -> crossed(under, 1, 2, bothHaveOne, attempts), () -> crossed(under, 2, 1, bothHaveOne, attempts));

        assertThat(done).containsExactly(1, 1);
        assertThat(attempts.get()).isGreaterThan(2);
        assertThat(database.place().number("SELECT SUM(taken) FROM gateline_login_lock"))
                .isEqualTo(4);
    }

    private static int crossed(
            Database under, int first, int second, CyclicBarrier bothHaveOne, AtomicInteger attempts) {
        String take = "UPDATE gateline_login_lock SET taken = taken + 1 WHERE id = ?";
        return under.inTransaction("cross", session -> {
            session.update(take, first);
            if (attempts.incrementAndGet() <= 2) {
                await(bothHaveOne);
            }
            return session.update(take, second);
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void build_databaseDown_worksOnceItIsUpAndFailsWithoutValuesBefore(TestDatabase database) {
        database.place().empty();
        SwitchedSource source = new SwitchedSource(database.place().pool());
        source.off();
        LoginStore logins = JdbcStorage.builder(source.source()).build().logins();
        LoginRow row = Rows.of("ada");

        assertThatThrownBy(() -> logins.insert(row, 3, Set.of(), NOW))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessage("can't add a login: the database failed with SQLSTATE 08001, error 0: host, port and TLS"
                        + " settings of the DataSource must fit the server");
        source.on();

        assertThat(logins.insert(row, 3, Set.of(), NOW)).isTrue();
        assertThat(logins.find(row.id())).contains(row);
    }

    @ParameterizedTest
    @EnumSource
    void find_tablesMissing_isAnOutageAndNotEmpty(TestDatabase database) {
        database.place().empty();
        LoginStore logins = database.place().storage().logins();
        database.place().run("ALTER TABLE gateline_login RENAME TO gateline_away");
        try {
            assertThatThrownBy(() -> logins.find(new LoginId("l"))).isInstanceOf(AuthUnavailableException.class);
        } finally {
            database.place().run("ALTER TABLE gateline_away RENAME TO gateline_login");
        }
    }

    @Test
    void find_anotherDatabase_isRefusedByName() {
        Object metadata = answering(DatabaseMetaData.class, "getDatabaseProductName", "Oracle");
        Object connection = answering(Connection.class, "getMetaData", metadata);
        DataSource source = (DataSource) answering(DataSource.class, "getConnection", connection);
        LoginStore logins = JdbcStorage.builder(source).build().logins();

        assertThatThrownBy(() -> logins.find(new LoginId("l")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PostgreSQL")
                .hasMessageContaining("\"Oracle\"");
    }

    private static Object answering(Class<?> type, String name, Object answer) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> method.getName().equals(name) ? answer : null);
    }

    @Test
    void ask_errorThatAsksForAnotherTry_isTriedTenTimesAtMost() {
        Database database = new Database(TestDatabase.H2.place().pool(), false);
        AtomicInteger attempts = new AtomicInteger();

        int tenth = database.ask("count", session -> failing(attempts, 9));
        assertThat(tenth).isEqualTo(10);
        attempts.set(0);
        assertThatThrownBy(() -> database.ask("count", session -> failing(attempts, 10)))
                .isInstanceOf(AuthUnavailableException.class);
        assertThat(attempts.get()).isEqualTo(10);
    }

    private static int failing(AtomicInteger attempts, int times) throws SQLException {
        if (attempts.incrementAndGet() <= times) {
            throw new SQLException("as it was told to", "40001");
        }
        return attempts.get();
    }

    @Test
    void revocations_yearTenThousand_isKeptExactly() {
        RevocationStore revocations = TestDatabase.H2.place().empty().revocations();
        Revocation far = Revocation.ofToken("t", Instant.parse("9999-12-31T23:59:59.999999Z"));

        revocations.revoke(far, NOW);

        List<Revocation> live = new ArrayList<>();
        revocations.forEachLive(NOW, live::add);
        assertThat(live).containsExactly(far);
    }
}
