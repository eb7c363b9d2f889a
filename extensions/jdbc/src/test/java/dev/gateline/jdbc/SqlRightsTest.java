package dev.gateline.jdbc;

import static dev.gateline.kit.Rows.ABSOLUTE;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.kit.Rows;
import dev.gateline.store.Change;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.KeyRingStore.Document;
import dev.gateline.store.LoginRow;
import dev.gateline.store.RateLimitStore.Rate;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rights that operations.md lists, each of which is needed. */
class SqlRightsTest {
    private static final Path PAGE = Path.of("../../docs/operations/databases.md");

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void user_withTheRightsOfOperations_mayDoEverythingAndNeedsEachOfThem(TestDatabase database) throws IOException {
        Place place = database.withRights();
        List<String> grants = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("GRANT ") && line.endsWith(" TO gateline;"))
                .map(line -> line.replace(" TO gateline;", " TO least"))
                .toList();
        assertThat(grants).hasSize(8);
        try (HikariDataSource pool = pool(database, place)) {
            grants.forEach(place::run);
            place.empty();
            useAll(pool);
            for (String grant : grants) {
                assertThatEachIsNeeded(place, pool, grant);
            }
        }
    }

    private static void assertThatEachIsNeeded(Place place, HikariDataSource pool, String grant) {
        String table = grant.substring(grant.indexOf(" ON "), grant.indexOf(" TO "));
        for (String right :
                grant.substring("GRANT ".length(), grant.indexOf(" ON ")).split(", ", -1)) {
            place.empty();
            place.run("REVOKE " + right + table + " FROM least");
            assertThatThrownBy(() -> useAll(pool))
                    .as(right + table)
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("lacks a right");
            place.run("GRANT " + right + table + " TO least");
        }
    }

    private static HikariDataSource pool(TestDatabase database, Place place) {
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(2);
        // opened by the first call, after the rights were granted
        config.setInitializationFailTimeout(-1);
        String url = place.pool().getJdbcUrl();
        if (database == TestDatabase.POSTGRESQL) {
            place.run("CREATE ROLE least");
            place.run("GRANT USAGE ON SCHEMA gateline TO least");
            config.setConnectionInitSql("SET ROLE least");
        } else {
            place.run("CREATE USER least IDENTIFIED BY 'secret'");
            url = url.replace("user=admin&password=admin", "user=least&password=secret")
                    .replace("&createDatabaseIfNotExist=true", "");
        }
        config.setJdbcUrl(url);
        return new HikariDataSource(config);
    }

    private static void useAll(HikariDataSource pool) {
        try (JdbcStorage storage = JdbcStorage.of(pool)) {
            useLogins(storage);
            useRevocations(storage.revocations());
            KeyRingStore ring = storage.keyRing("ring");
            ring.replace(new Document(1, "secret"), KeyRingStore.NONE);
            ring.replace(new Document(2, "secret"), 1);
            ring.load();
            Rate rate = new Rate(1, Duration.ofHours(1));
            storage.rateLimits().orElseThrow().take("a", rate, NOW);
            storage.rateLimits().orElseThrow().take("a", rate, NOW);
            storage.rateLimits().orElseThrow().giveBack("a", rate, NOW);
            storage.feed().publishAll(List.of(new Change.OfRow(new LoginId("l")), new Change.OfRow(new LoginId("m"))));
            new ChangeLog(new Database(pool, false)).page(0);
            storage.purge();
        }
    }

    private static void useLogins(JdbcStorage storage) {
        LoginRow row = Rows.of("");
        storage.logins().insert(row, 1, Set.of(), NOW);
        storage.logins().insert(Rows.of(""), 1, Set.of(), NOW);
        storage.logins().replace(Rows.next(row, NOW.plusSeconds(1)), row.version(), NOW);
        storage.logins().touchAll(Map.of(row.id(), NOW.plusSeconds(2)), Duration.ZERO);
        storage.logins().find(row.id());
        storage.logins().findBySubject("gs_", "");
        storage.logins().delete(row.id());
    }

    private static void useRevocations(RevocationStore revocations) {
        revocations.revoke(Revocation.ofToken("t", NOW.plus(ABSOLUTE)), NOW);
        revocations.isRevoked(new Revocable("gs_", "t", "l", "ada", 0));
        revocations.raiseEpoch("gs_ ada", 0, NOW, NOW.plus(ABSOLUTE));
        revocations.epoch();
        revocations.forEachLive(NOW, revocation -> {});
        revocations.vouch(revocations.standing());
        revocations.mark(NOW.minusSeconds(60));
    }
}
