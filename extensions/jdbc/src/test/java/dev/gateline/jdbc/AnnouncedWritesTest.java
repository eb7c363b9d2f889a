package dev.gateline.jdbc;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.jdbc.JdbcFeedFaultsTest.Heard;
import dev.gateline.kit.Rows;
import dev.gateline.servers.Await;
import dev.gateline.store.Change;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Revocation;
import dev.gateline.store.Written;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other nodes hear of every change whose call has returned. */
class AnnouncedWritesTest {
    private static final Instant UNTIL = NOW.plusSeconds(600);
    private static final String PUBLISHED = "SELECT COUNT(*) FROM gateline_change";

    @ParameterizedTest
    @EnumSource
    void change_ofEachKind_isHeardByAnotherNode(TestDatabase database) {
        try (JdbcStorage writer = database.place().empty();
                JdbcStorage reader = database.place().storage()) {
            Heard heard = new Heard();
            reader.feed().subscribe(heard);
            heard.awaitFresh();
            LoginRow row = Rows.of("ada");
            writer.logins().insert(row, UNLIMITED, Set.of(), NOW);
            Revocation one = Revocation.ofToken("one", UNTIL);
            Revocation other = Revocation.ofLogin(row.id(), UNTIL);

            assertThat(writer.logins().replace(Rows.next(row, NOW), row.version(), NOW))
                    .isEqualTo(Written.DONE);
            writer.revocations().revoke(one, NOW);
            writer.revocations().revokeAll(List.of(other), NOW);
            long epoch = writer.revocations().raiseEpoch("gs_ ada", 0, NOW, UNTIL);

            Revocation all = Revocation.ofGroup("gs_ ada", epoch, UNTIL);
            Await.until(
                    "all are heard",
                    () -> heard.has(new Change.OfRow(row.id()))
                            && heard.has(new Change.OfRevocation(one))
                            && heard.has(new Change.OfRevocation(other))
                            && heard.has(new Change.OfRevocation(all)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void replace_staleOrGone_isNotPublished(TestDatabase database) {
        JdbcStorage storage = database.place().empty();
        LoginRow row = Rows.of("ada");
        storage.logins().insert(row, UNLIMITED, Set.of(), NOW);

        assertThat(storage.logins().replace(Rows.next(row, NOW), row.version() + 1, NOW))
                .isEqualTo(Written.STALE);
        assertThat(storage.logins().replace(Rows.of("bob"), 1, NOW)).isEqualTo(Written.GONE);

        assertThat(database.place().number(PUBLISHED)).isZero();
    }

    /** Of two calls one may have crashed before it published. */
    @ParameterizedTest
    @EnumSource
    void revoke_again_isPublishedAgain(TestDatabase database) {
        JdbcStorage storage = database.place().empty();
        Revocation revocation = Revocation.ofLogin(new LoginId("l"), UNTIL);

        storage.revocations().revoke(revocation, NOW);
        storage.revocations().revoke(revocation, NOW);

        assertThat(database.place().number(PUBLISHED)).isEqualTo(2);
    }

    @Test
    void replace_postgresqlThatCantPublish_changesNothing() {
        Place place = TestDatabase.POSTGRESQL.place();
        JdbcStorage storage = place.empty();
        LoginRow row = Rows.of("ada");
        storage.logins().insert(row, UNLIMITED, Set.of(), NOW);
        place.run("ALTER TABLE gateline_change RENAME TO gateline_away");
        try {
            assertThatThrownBy(() -> storage.logins().replace(Rows.next(row, NOW), row.version(), NOW))
                    .isInstanceOf(AuthUnavailableException.class);
            assertThatThrownBy(() -> storage.revocations().revoke(Revocation.ofToken("t", UNTIL), NOW))
                    .isInstanceOf(AuthUnavailableException.class);
        } finally {
            place.run("ALTER TABLE gateline_away RENAME TO gateline_change");
        }

        assertThat(storage.logins().find(row.id())).contains(row);
        assertThat(place.number("SELECT COUNT(*) FROM gateline_revocation")).isZero();
    }
}
