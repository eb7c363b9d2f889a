package dev.gateline.jdbc;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.AuthUnavailableException;
import dev.gateline.kit.Rows;
import dev.gateline.servers.PostgresServer;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.KeyRingStore.Document;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Written;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver or pooler that answers another statement than was sent is an outage. */
class OddAnswersTest {
    private final LoginRow login = Rows.of("ada");
    private final LoginRow absent = Rows.of("ada");

    @BeforeEach
    void addALogin() {
        JdbcStorage storage = TestDatabase.H2.place().empty();
        storage.logins().insert(login, UNLIMITED, Set.of(), NOW);
        storage.keyRing("ring").replace(new Document(1, "secret"), KeyRingStore.NONE);
    }

    private Map<String, Runnable> reads(JdbcStorage storage) {
        LoginStore logins = storage.logins();
        RevocationStore revocations = storage.revocations();
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("find", () -> logins.find(login.id()));
        calls.put("findBySubject", () -> logins.findBySubject("gs_", "ada"));
        calls.put("insert, counted", () -> logins.insert(Rows.of("ada"), 1, Set.of(), NOW));
        calls.put("replace", () -> logins.replace(Rows.next(absent, NOW), absent.version(), NOW));
        calls.put("touch", () -> logins.touch(absent.id(), NOW));
        calls.put("delete", () -> logins.delete(absent.id()));
        calls.put("epoch", revocations::epoch);
        calls.put("raiseEpoch", () -> revocations.raiseEpoch("gs_ ada", 0, NOW, NOW));
        calls.put("isRevoked", () -> revocations.isRevoked(new Revocable("gs_", "t", "l", "ada", 0)));
        calls.put("standing", revocations::standing);
        calls.put("mark", () -> revocations.mark(NOW));
        calls.put("forEachLive", () -> revocations.forEachLive(NOW, it -> {}));
        calls.put("keyRing.load", () -> storage.keyRing("ring").load());
        calls.put(
                "keyRing.replace", () -> storage.keyRing("ring").replace(new Document(1, "other"), KeyRingStore.NONE));
        return calls;
    }

    private Map<String, Runnable> writes(JdbcStorage storage) {
        LoginStore logins = storage.logins();
        KeyRingStore ring = storage.keyRing("ring");
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("insert", () -> logins.insert(Rows.of("ada"), UNLIMITED, Set.of(), NOW));
        calls.put("insert, counted", () -> logins.insert(Rows.of("ada"), 9, Set.of(), NOW));
        calls.put("replace", () -> logins.replace(Rows.next(login, NOW), login.version(), NOW));
        calls.put("touch", () -> logins.touch(login.id(), NOW));
        calls.put("delete", () -> logins.delete(login.id()));
        calls.put("revoke", () -> storage.revocations().revoke(Revocation.ofToken("t", NOW), NOW));
        calls.put("raiseEpoch", () -> storage.revocations().raiseEpoch("gs_ ada", 0, NOW, NOW));
        calls.put("keyRing.replace", () -> ring.replace(new Document(2, "other"), 1));
        return calls;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT 1 FROM gateline_login WHERE 1 = 0", "SELECT 'a row of another table', 0, 0, 0, 0, 0, 0"})
    void anyRead_answerOfAnotherQuery_isAnOutage(String other) {
        JdbcStorage storage = JdbcStorage.of(answering(Optional.of(other)));

        reads(storage)
                .forEach((name, call) -> assertThatThrownBy(call::run)
                        .as(name)
                        .isInstanceOf(AuthUnavailableException.class)
                        .hasMessageNotContaining("secret"));
    }

    @Test
    void anyWrite_answerWithoutACount_isAnOutage() {
        JdbcStorage storage = JdbcStorage.of(answering(Optional.empty()));

        writes(storage)
                .forEach((name, call) -> assertThatThrownBy(call::run)
                        .as(name)
                        .isInstanceOf(AuthUnavailableException.class)
                        .hasMessageContaining("prepareThreshold=0"));
    }

    /**
     * A source whose queries get the answer of another query.
     *
     * @param other empty: updates have no count
     */
    private static DataSource answering(Optional<String> other) {
        DataSource real = TestDatabase.H2.place().pool();
        return around(
                DataSource.class,
                real,
                (name, result) -> result instanceof Connection connection
                        ? around(
                                Connection.class,
                                connection,
                                (method, made) -> made instanceof PreparedStatement statement
                                        ? odd(connection, statement, other)
                                        : made)
                        : result);
    }

    private static Object odd(Connection connection, PreparedStatement statement, Optional<String> other) {
        return around(PreparedStatement.class, statement, (name, result) -> switch (name) {
            case "executeQuery" ->
                other.isPresent() ? connection.createStatement().executeQuery(other.get()) : result;
            case "getUpdateCount" -> other.isPresent() ? result : Integer.valueOf(-1);
            default -> result;
        });
    }

    private interface Change {
        Object of(String name, Object result) throws SQLException;
    }

    private static <T> T around(Class<T> type, T real, Change change) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            try {
                return change.of(method.getName(), method.invoke(real, args));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    /** A pooler that shares connections has statements of others under the names that the driver will choose. */
    @Test
    void anyCall_connectionHasStatementsOfTheSameNames_works() {
        TestDatabase.POSTGRESQL.place().empty();
        String taken = IntStream.rangeClosed(1, 50)
                .mapToObj(i -> "PREPARE \"S_" + i + "\" AS SELECT 1")
                .collect(Collectors.joining(";"));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestDatabase.POSTGRESQL.place().pool().getJdbcUrl());
        config.setMaximumPoolSize(1);
        config.setConnectionInitSql(taken);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcStorage storage = JdbcStorage.of(pool);
            for (int i = 0; i < 12; i++) {
                LoginRow row = Rows.of("ada");
                assertThat(storage.logins().insert(row, 20, Set.of(), NOW)).isTrue();
                assertThat(storage.logins().find(row.id())).contains(row);
                assertThat(storage.logins().touch(row.id(), NOW)).isEqualTo(Written.DONE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void find_serverPreparedStatements_haveNamesOnlyIfTheHostSaysSo(boolean prepares) throws SQLException {
        TestDatabase.POSTGRESQL.place().empty();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestDatabase.POSTGRESQL.place().pool().getJdbcUrl());
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcStorageBuilder builder = JdbcStorage.builder(pool);
            JdbcStorage storage = (prepares ? builder.serverPreparedStatements() : builder).build();
            for (int i = 0; i < 12; i++) {
                assertThat(storage.logins().find(login.id())).isEmpty();
            }

            assertThat(PostgresServer.hasPrepared(pool, "gateline_login")).isEqualTo(prepares);
        }
    }

    @Test
    void find_poolIsExhausted_namesTheCauseAndWhatToChange() {
        DataSource source = around(DataSource.class, TestDatabase.H2.place().pool(), (name, result) -> {
            if (result instanceof Connection connection) {
                connection.close();
                throw new SQLTransientConnectionException("secret", new IllegalStateException("secret"));
            }
            return result;
        });

        assertThatThrownBy(() -> JdbcStorage.of(source).logins().find(login.id()))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessage("can't find a login: no answer of the database (SQLTransientConnectionException, caused by"
                        + " IllegalStateException): the pool gave no connection in time, because the database is"
                        + " down or the pool is too small");
    }
}
