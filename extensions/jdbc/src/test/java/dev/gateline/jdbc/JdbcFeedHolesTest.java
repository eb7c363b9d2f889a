package dev.gateline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.internal.StoredText;
import dev.gateline.servers.Await;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that counts in steps, or rolls much back, leaves many numbers unused. */
class JdbcFeedHolesTest {
    /** More than a round looks into. */
    private static final int HOLES = 80;

    private static final class Heard implements ChangeFeed.Subscriber {
        private final AtomicInteger gaps = new AtomicInteger();
        private final AtomicInteger proofs = new AtomicInteger();

        @Override
        public void changed(Change change) {}

        @Override
        public void gap() {
            gaps.incrementAndGet();
        }

        @Override
        public void freshAsOf(long nanos) {
            proofs.incrementAndGet();
        }
    }

    @ParameterizedTest
    @EnumSource
    void start_manyFreshHoles_isFreshAfterOneGap(TestDatabase database) throws Exception {
        Place place = database.emptyPlace();
        leaveHoles(
                place, place.number("SELECT " + Dialect.valueOf(database.name()).clock()));
        Heard heard = new Heard();

        try (JdbcStorage node = place.storage()) {
            node.feed().subscribe(heard);
            Await.until("three proofs", () -> heard.proofs.get() >= 3);
        }

        assertThat(heard.gaps).hasValue(1);
    }

    private static void leaveHoles(Place place, long now) throws SQLException {
        try (Connection connection = place.pool().getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < HOLES; i++) {
                insert(connection, i, now);
                connection.commit();
                insert(connection, i, now);
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    private static void insert(Connection connection, int i, long now) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO gateline_change (what, published_at) VALUES (?, ?)")) {
            statement.setBytes(1, StoredText.bytes(new Change.OfRow(new LoginId("login-" + i)).write()));
            statement.setLong(2, now);
            statement.executeUpdate();
        }
    }
}
