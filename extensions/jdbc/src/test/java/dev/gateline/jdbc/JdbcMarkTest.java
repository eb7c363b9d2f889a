package dev.gateline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.servers.Await;
import dev.gateline.servers.PostgresServer;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Standing;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dated mark in the database, and which run of the server left it. */
class JdbcMarkTest {

    private static RevocationStore empty(TestDatabase database) {
        return database.place().empty().revocations();
    }

    private static Standing vouch(RevocationStore store) {
        return store.vouch(store.standing()).orElseThrow();
    }

    private static Instant markedAt(Standing standing) {
        return standing.markedAt().orElseThrow();
    }

    private static Instant now(Standing standing) {
        return standing.now().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void standing_newStore_isUnmarked(TestDatabase database) {
        Standing standing = empty(database).standing();

        assertThat(standing.markedAt()).isEmpty();
        assertThat(standing.now()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void mark_newStore_leavesNone(TestDatabase database) {
        RevocationStore store = empty(database);

        assertThat(store.mark(Instant.EPOCH).markedAt()).isEmpty();
        assertThat(store.standing().markedAt()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void vouch_newStore_isMarkedByThisRun(TestDatabase database) {
        RevocationStore store = empty(database);
        Instant before = now(store.standing());

        Standing vouched = vouch(store);

        assertThat(vouched.isSameRun()).isTrue();
        assertThat(markedAt(vouched)).isBetween(before, now(vouched));
        assertThat(store.standing().markedAt()).isEqualTo(vouched.markedAt());
        assertThat(store.standing().isSameRun()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void mark_lastIsWhatIsThere_movesForward(TestDatabase database) {
        RevocationStore store = empty(database);
        Instant vouchedAt = markedAt(vouch(store));

        Standing marked = store.mark(vouchedAt);

        assertThat(marked.isSameRun()).isTrue();
        assertThat(markedAt(marked)).isAfter(vouchedAt);
    }

    /** The store went back: it has to be looked into first. */
    @ParameterizedTest
    @EnumSource
    void mark_lastIsLaterThanWhatIsThere_stays(TestDatabase database) {
        RevocationStore store = empty(database);
        Instant vouchedAt = markedAt(vouch(store));

        Standing stayed = store.mark(vouchedAt.plusNanos(1_000));

        assertThat(markedAt(stayed)).isEqualTo(vouchedAt);
        assertThat(stayed.isSameRun()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void mark_otherRun_staysUntilSomebodyVouches(TestDatabase database) {
        RevocationStore store = empty(database);
        Instant vouchedAt = markedAt(vouch(store));
        database.place().run("UPDATE gateline_mark SET run = 'another'");

        Standing stayed = store.mark(vouchedAt);

        assertThat(markedAt(stayed)).isEqualTo(vouchedAt);
        assertThat(stayed.isSameRun()).isFalse();
        assertThat(vouch(store).isSameRun()).isTrue();
        assertThat(markedAt(store.standing())).isAfter(vouchedAt);
    }

    /** The start of a server is computed from whole seconds, some of which end meanwhile. */
    @ParameterizedTest
    @EnumSource
    void standing_secondsPass_isTheSameRun(TestDatabase database) {
        RevocationStore store = empty(database);
        Instant end = markedAt(vouch(store)).plus(Duration.ofSeconds(2));

        Await.until("two seconds have passed", () -> {
            Standing standing = store.standing();
            assertThat(standing.isSameRun()).isTrue();
            return now(standing).isAfter(end);
        });
    }

    @Test
    void standing_postgresqlWasRestarted_isAnotherRun() {
        try (PostgresServer server = new PostgresServer();
                Place place = new Place(server.url())) {
            RevocationStore store = place.storage().revocations();
            Standing vouched = vouch(store);

            server.stop();
            server.start();
            place.reconnect();

            assertThat(store.standing().markedAt()).isEqualTo(vouched.markedAt());
            assertThat(store.standing().isSameRun()).isFalse();
            assertThat(store.mark(markedAt(vouched)).markedAt()).isEqualTo(vouched.markedAt());
            assertThat(store.vouch(vouched))
                    .as("what was given back may be gone")
                    .isEmpty();
            assertThat(store.standing().isSameRun()).isFalse();
        }
    }

    /** An older start, as before a restart of a server that can't be restarted here. */
    @Test
    void standing_mariadbWasStartedEarlier_isAnotherRun() {
        RevocationStore store = empty(TestDatabase.MARIADB);
        vouch(store);
        TestDatabase.MARIADB
                .place()
                .run("UPDATE gateline_mark SET run ="
                        + " CONCAT(SUBSTRING_INDEX(run, '/', 3), '/', SUBSTRING_INDEX(run, '/', -1) - 1)");

        assertThat(store.standing().isSameRun()).isFalse();
        TestDatabase.MARIADB
                .place()
                .run("UPDATE gateline_mark SET run ="
                        + " CONCAT(SUBSTRING_INDEX(run, '/', 3), '/', SUBSTRING_INDEX(run, '/', -1) + 1)");
        assertThat(store.standing().isSameRun()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anyCall_tableIsMissing_isAnOutageThatNamesIt(TestDatabase database) {
        Place place = database.place("unmarked");
        RevocationStore store = place.storage().revocations();
        place.run("DROP TABLE gateline_mark");
        try {
            assertThatThrownBy(store::standing)
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("gateline_mark")
                    .hasMessageContaining("is missing");
            assertThatThrownBy(() -> store.vouch(Standing.UNMEASURED)).hasMessageContaining("gateline_mark");
            assertThat(place.storage().missingTables()).containsExactly("gateline_mark");
            assertThatThrownBy(() -> store.mark(Instant.EPOCH)).hasMessageContaining("gateline_mark");
        } finally {
            place.storage().createIfMissing();
        }
        assertThat(place.storage().missingTables()).isEmpty();
    }
}
