package dev.gateline.jdbc;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.kit.Rows.ABSOLUTE;
import static dev.gateline.kit.Rows.IDLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.internal.Micros;
import dev.gateline.kit.Race;
import dev.gateline.kit.Rows;
import dev.gateline.servers.Await;
import dev.gateline.store.Change;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Expired rows go by the clock of the database, whatever a node believes the time to be. */
class JdbcPurgeTest {
    private static final Duration WITHIN_MARGIN = Upkeep.MARGIN.minusMinutes(1);
    private static final Duration BEYOND_MARGIN = Upkeep.MARGIN.plusSeconds(1);

    /** Of this machine, on which the databases run too. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    private LoginRow idleSince(Duration span) {
        LoginRow row = Rows.of("ada");
        Instant seenAt = now.minus(IDLE).minus(span);
        return new LoginRow(row.id(), row.realm(), row.subject(), row.version(), seenAt, row.state());
    }

    /** Lets time pass, for what is in the table. */
    private static void age(TestDatabase database, Duration span) {
        String back = " - " + Micros.of(span);
        database.place()
                .run("UPDATE gateline_login SET last_seen = last_seen" + back + ", ends_at = ends_at" + back
                        + ", due_at = due_at" + back);
    }

    @ParameterizedTest
    @EnumSource
    void purge_idle_deletesWhatIsBeyondTheMargin(TestDatabase database) {
        JdbcStorage storage = database.place().empty();
        LoginRow within = idleSince(WITHIN_MARGIN);
        LoginRow beyond = idleSince(BEYOND_MARGIN);
        List.of(within, beyond).forEach(row -> storage.logins().insert(row, UNLIMITED, Set.of(), now));

        storage.purge();

        assertThat(storage.logins().findBySubject("gs_", "ada")).containsExactly(within);
    }

    @ParameterizedTest
    @EnumSource
    void purge_usedMeanwhile_deletesOnceThatUseIsOldToo(TestDatabase database) {
        JdbcStorage storage = database.place().empty();
        LoginRow row = idleSince(Duration.ofMinutes(-1));
        storage.logins().insert(row, UNLIMITED, Set.of(), now);
        age(database, BEYOND_MARGIN.plusMinutes(1));
        storage.logins().touch(row.id(), now);

        storage.purge();
        assertThat(storage.logins().find(row.id())).isPresent();
        age(database, IDLE.plus(WITHIN_MARGIN));
        storage.purge();
        assertThat(storage.logins().find(row.id())).isPresent();
        age(database, BEYOND_MARGIN);
        storage.purge();
        assertThat(storage.logins().find(row.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void purge_atTheAbsoluteLimit_deletesWhatIsInUse(TestDatabase database) {
        JdbcStorage storage = database.place().empty();
        LoginRow row = Rows.of("ada");
        storage.logins().insert(row, UNLIMITED, Set.of(), now);
        Duration life = Duration.between(now, row.state().endsAt());
        storage.logins().touch(row.id(), row.state().endsAt().minusSeconds(1));

        age(database, life.plus(WITHIN_MARGIN));
        storage.purge();
        assertThat(storage.logins().find(row.id())).isPresent();
        age(database, BEYOND_MARGIN);
        storage.purge();
        assertThat(storage.logins().find(row.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void purge_whileRowsAreUsed_deletesNoneThatIsLive(TestDatabase database) {
        JdbcStorage storage = database.place().empty();
        List<LoginRow> rows =
                IntStream.range(0, 500).mapToObj(i -> idleSince(BEYOND_MARGIN)).toList();
        Database under = new Database(database.place().pool(), false);
        Upkeep none = new Upkeep(List.of());
        ChangeLog log = new ChangeLog(under);
        JdbcChangeFeed feed = new JdbcChangeFeed(under, log, none, Optional.empty(), ChangeLog.HOLE_TIME);
        JdbcLoginStore logins = new JdbcLoginStore(under, new AnnouncedWrites(under, log, feed), none);
        rows.forEach(row -> logins.insert(row, UNLIMITED, Set.of(), now));

        List<List<LoginRow>> touched = Race.run(
                () -> rows.stream()
                        .filter(row -> storage.logins().touch(row.id(), now) == Written.DONE)
                        .toList(),
                () -> {
                    storage.purge();
                    storage.purge();
                    return List.of();
                });

        assertThat(touched.get(0))
                .allSatisfy(row -> assertThat(storage.logins().find(row.id())).isPresent());
        assertThat(storage.logins().findBySubject("gs_", "ada")).hasSameSizeAs(touched.get(0));
    }

    @ParameterizedTest
    @EnumSource
    void purge_revocations_deletesDeadOnesAndForgetsNoNumber(TestDatabase database) {
        JdbcStorage storage = database.place().empty();
        RevocationStore revocations = storage.revocations();
        Instant dead = now.minus(BEYOND_MARGIN);
        Instant alive = now.minus(WITHIN_MARGIN);
        long epoch = revocations.raiseEpoch("gs_ ada", 0, now, dead);
        for (int i = 0; i < 450; i++) {
            revocations.revoke(Revocation.ofToken("t" + i, i < 401 ? dead : alive), now);
        }

        storage.purge();

        assertThat(database.place().number("SELECT COUNT(*) FROM gateline_revocation"))
                .isEqualTo(49);
        assertThat(revocations.epoch()).isEqualTo(epoch);
        assertThat(revocations.raiseEpoch("gs_ ada", 0, now.minusSeconds(60), now))
                .isGreaterThan(epoch);
    }

    /** Forty minutes are more than any revocation of a session lives. */
    @ParameterizedTest
    @EnumSource
    void anyWrite_nodeIsFarAhead_deletesNothingOfOthers(TestDatabase database) {
        JdbcStorage node = database.place().empty();
        LoginRow login = idleSince(Duration.ofMinutes(-1));
        Revocation ending = Revocation.ofLogin(idleSince(Duration.ZERO).id(), now.plus(Duration.ofMinutes(1)));
        node.logins().insert(login, UNLIMITED, Set.of(), now);
        node.revocations().revoke(ending, now);
        JdbcStorage ahead = database.place().storage();
        Instant later = now.plus(Duration.ofMinutes(40));

        for (int i = 0; i < 10; i++) {
            ahead.logins().insert(Rows.of("grace"), 100, Set.of(), later);
            ahead.logins().replace(Rows.next(login, later), login.version(), later);
            ahead.revocations().raiseEpoch("gs_ grace", 0, later, later.plus(ABSOLUTE));
        }
        ahead.purge();

        assertThat(node.logins().find(login.id())).isPresent();
        assertThat(live(node, now)).contains(ending);
        assertThat(live(ahead, later)).as("for the node that is ahead too").contains(ending);
    }

    private static List<Revocation> live(JdbcStorage node, Instant at) {
        List<Revocation> live = new ArrayList<>();
        node.revocations().forEachLive(at, live::add);
        return live;
    }

    @ParameterizedTest
    @EnumSource
    void insert_nobodySubscribes_purgesAllTables(TestDatabase database) {
        JdbcStorage filling = database.place().empty();
        filling.logins().insert(Rows.of("ada"), UNLIMITED, Set.of(), now);
        for (int i = 0; i < 450; i++) {
            filling.logins().insert(idleSince(BEYOND_MARGIN), UNLIMITED, Set.of(), now);
            filling.revocations().revoke(Revocation.ofToken("t" + i, now.minus(BEYOND_MARGIN)), now);
        }
        database.place().run("UPDATE gateline_change SET published_at = 0");
        JdbcStorage node = database.place().storage();

        for (int i = 0; i < 9; i++) {
            node.logins().insert(Rows.of("grace"), UNLIMITED, Set.of(), now);
        }

        assertThat(node.logins().findBySubject("gs_", "ada")).hasSize(1);
        assertThat(live(node, now)).isEmpty();
        assertThat(database.place().number("SELECT COUNT(*) FROM gateline_change"))
                .isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource
    void purge_oldChanges_deletesThemButForTheNewest(TestDatabase database) {
        JdbcStorage node = database.place().empty();
        for (int i = 0; i < 550; i++) {
            node.feed().publish(change(i));
        }
        database.place().run("UPDATE gateline_change SET published_at = published_at - 601000000");
        for (int i = 0; i < 50; i++) {
            node.feed().publish(change(i));
        }

        node.purge();

        assertThat(database.place().number("SELECT COUNT(*) FROM gateline_change"))
                .isEqualTo(100);
        assertThat(database.place().number("SELECT MAX(id) - MIN(id) FROM gateline_change"))
                .isEqualTo(99);
    }

    private static Change change(int number) {
        return new Change.OfRow(new LoginId("login-" + number));
    }

    /** Nothing is due in any of the tables: the right is missed before it is needed. */
    @Test
    void insert_rightToDeleteMissing_isWarnedOfOnceAndTheOthersGoOn() {
        TestDatabase.POSTGRESQL.place().empty();
        try (Logs logs = new Logs();
                HikariDataSource pool = asRole("few", "SELECT, INSERT, UPDATE")) {
            JdbcStorage node = JdbcStorage.of(pool);
            TestDatabase.POSTGRESQL
                    .place()
                    .run("GRANT DELETE ON gateline_revocation, gateline_rate_limit, gateline_change TO few");
            node.revocations().revoke(Revocation.ofToken("t", now.minus(BEYOND_MARGIN)), now);
            for (int i = 0; i < 5; i++) {
                assertThat(node.logins().insert(Rows.of("ada"), UNLIMITED, Set.of(), now))
                        .isTrue();
            }

            assertThat(live(node, now)).isEmpty();
            assertThatThrownBy(node::purge).isInstanceOf(AuthUnavailableException.class);
            assertThat(logs.warnings())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("can't purge logins", "42501", "grant SELECT, INSERT, UPDATE and DELETE");
        }
    }

    @Test
    void subscribe_rightToDeleteMissing_isNamedBeforeAnythingIsWritten() {
        TestDatabase.POSTGRESQL.place().empty();
        try (Logs logs = new Logs();
                HikariDataSource pool = asRole("fewer", "SELECT, INSERT, UPDATE");
                JdbcStorage node = JdbcStorage.of(pool)) {
            node.feed().subscribe(new JdbcFeedFaultsTest.Heard());

            Await.until("four warnings", () -> logs.warnings().size() == 4);
            assertThat(logs.warnings())
                    .allSatisfy(
                            warning -> assertThat(warning).contains("42501", "grant SELECT, INSERT, UPDATE and DELETE"))
                    .anySatisfy(warning -> assertThat(warning).contains("can't purge changes"));
        }
    }

    @Test
    void run_failingAgainAndAgain_logsOnceEachWay() {
        try (Logs logs = new Logs()) {
            List<Boolean> fails = new ArrayList<>(List.of(true, true, false, false, true));
            Chore chore = new Chore(() -> {
                if (fails.remove(0)) {
                    throw new AuthUnavailableException("as it was told to");
                }
                return false;
            });

            for (int i = 0; i < 5; i++) {
                chore.run();
            }

            assertThat(logs.warnings()).hasSize(2);
            assertThat(logs.messages(Level.INFO)).hasSize(1);
        }
    }

    @Test
    void takeIfDue_manyCallers_isTakenByOne() {
        Chore chore = new Chore(() -> false);

        assertThat(Race.run(16, chore::takeIfDue)).containsOnlyOnce(true);
        assertThat(chore.takeIfDue()).isFalse();
    }

    /** Connections of a user with some rights on all tables. */
    private static HikariDataSource asRole(String role, String rights) {
        Place place = TestDatabase.POSTGRESQL.place();
        place.run("CREATE ROLE " + role);
        place.run("GRANT USAGE ON SCHEMA gateline TO " + role);
        place.run("GRANT " + rights + " ON ALL TABLES IN SCHEMA gateline TO " + role);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(place.pool().getJdbcUrl());
        config.setConnectionInitSql("SET ROLE " + role);
        config.setMaximumPoolSize(2);
        return new HikariDataSource(config);
    }
}
