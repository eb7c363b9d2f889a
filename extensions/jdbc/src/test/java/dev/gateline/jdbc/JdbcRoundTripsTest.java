package dev.gateline.jdbc;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.LoginId;
import dev.gateline.kit.Rows;
import dev.gateline.servers.Wire;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The number of trips to the server for each call, on a connection that is in use. */
class JdbcRoundTripsTest {
    private static final Pattern PORT = Pattern.compile("(?<=localhost:)[0-9]+");

    /** Now and then a call also deletes expired rows, or the pool looks at a connection first. */
    private static final int ATTEMPTS = 4;

    @Test
    void calls_toPostgres_areOneRoundTripEach() {
        assertThat(trips(TestDatabase.POSTGRESQL))
                .containsAllEntriesOf(Map.of(
                        "insert", 1,
                        "insert, limited", 1,
                        "insert, at the limit", 1,
                        "find", 1,
                        "replace", 1,
                        "touch", 1,
                        "delete", 1,
                        "revoke", 1,
                        "epoch", 1,
                        "isRevoked", 1))
                .containsEntry("replace, stale", 2)
                .containsEntry("touchAll", 3)
                .containsEntry("touchAll, superfluous", 2);
    }

    /** MariaDB has no statement that writes to two tables. */
    @Test
    void calls_toMariadb_areOneMoreForAChangeThatIsPublished() {
        assertThat(trips(TestDatabase.MARIADB))
                .containsAllEntriesOf(Map.of(
                        "insert",
                        1,
                        "find",
                        1,
                        "replace",
                        2,
                        "touch",
                        1,
                        "delete",
                        1,
                        "revoke",
                        2,
                        "epoch",
                        1,
                        "isRevoked",
                        1))
                .hasEntrySatisfying(
                        "insert, limited", trips -> assertThat(trips).isLessThanOrEqualTo(6));
    }

    private static Map<String, Integer> trips(TestDatabase database) {
        database.place().empty();
        String url = database.place().pool().getJdbcUrl();
        Matcher port = PORT.matcher(url);
        assertThat(port.find()).isTrue();
        try (Wire wire = new Wire(Integer.parseInt(port.group()));
                HikariDataSource pool = pool(PORT.matcher(url).replaceFirst("" + wire.port()))) {
            JdbcStorage storage = JdbcStorage.of(pool);
            Map<String, Integer> fewest = new LinkedHashMap<>();
            for (int i = 0; i < ATTEMPTS; i++) {
                calls(storage).forEach((name, call) -> fewest.merge(name, trips(wire, call), Math::min));
            }
            return fewest;
        }
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    private static int trips(Wire wire, Runnable call) {
        int before = wire.questions();
        call.run();
        return wire.questions() - before;
    }

    private static Map<String, Runnable> calls(JdbcStorage storage) {
        LoginStore logins = storage.logins();
        RevocationStore revocations = storage.revocations();
        LoginRow row = Rows.of("ada");
        LoginRow next = Rows.next(row, row.lastSeenAt());
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put(
                "insert",
                () -> assertThat(logins.insert(row, UNLIMITED, Set.of(), NOW)).isTrue());
        calls.put(
                "insert, limited",
                () -> assertThat(logins.insert(Rows.of("bob"), 99, Set.of(row.id()), NOW))
                        .isTrue());
        calls.put(
                "insert, at the limit",
                () -> assertThat(logins.insert(Rows.of("bob"), 1, Set.of(), NOW))
                        .isFalse());
        calls.put("find", () -> assertThat(logins.find(row.id())).contains(row));
        calls.put(
                "replace",
                () -> assertThat(logins.replace(next, row.version(), NOW)).isEqualTo(Written.DONE));
        calls.put(
                "replace, stale",
                () -> assertThat(logins.replace(next, row.version(), NOW)).isEqualTo(Written.STALE));
        calls.put(
                "touch",
                () -> assertThat(logins.touch(row.id(), NOW.plusSeconds(9))).isEqualTo(Written.DONE));
        calls.put(
                "touchAll",
                () -> assertThat(touchAll(logins, row, Duration.ofSeconds(99))).isEqualTo(NOW.plusSeconds(99)));
        calls.put(
                "touchAll, superfluous",
                () -> assertThat(touchAll(logins, row, Duration.ofSeconds(100))).isEqualTo(NOW.plusSeconds(99)));
        calls.put("delete", () -> assertThat(logins.delete(row.id())).isEqualTo(Written.DONE));
        calls.put("revoke", () -> revocations.revoke(Revocation.ofLogin(row.id(), NOW.plusSeconds(600)), NOW));
        calls.put("epoch", () -> assertThat(revocations.epoch()).isPositive());
        calls.put(
                "isRevoked",
                () -> assertThat(revocations.isRevoked(
                                new Revocable("gs_", "", row.id().value(), "ada", 0)))
                        .isTrue());
        return calls;
    }

    private static Instant touchAll(LoginStore logins, LoginRow row, Duration later) {
        Map<LoginId, Instant> seenAt = Map.of(row.id(), NOW.plus(later));
        return logins.touchAll(seenAt, Duration.ofMinutes(1)).getOrDefault(row.id(), Instant.MIN);
    }
}
