package dev.gateline.jdbc;

import dev.gateline.AuthUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The common part of all work with a {@link DataSource}. Each piece of work gets a connection, which is returned with
 * its settings unchanged. The work is retried if the database asks for that, and any other failure is an {@link
 * AuthUnavailableException}. Thread-safe.
 */
final class Database {
    private static final int ATTEMPTS = 10;
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final DataSource source;
    private final FeedServer feedServer = new FeedServer();
    private volatile @Nullable Dialect dialect;

    Database(DataSource source) {
        this.source = source;
    }

    /** Done again from its start if the database asks for it: must have no other effects. */
    @FunctionalInterface
    interface Work<T> {
        T in(SqlConnection session) throws SQLException;
    }

    /**
     * Does work of which each statement stands by itself.
     *
     * @param what for the message: what could not be done
     */
    <T> T ask(String what, Work<T> work) {
        return attempt(what, true, feedServer, work);
    }

    /** Does work as one transaction. */
    <T> T inTransaction(String what, Work<T> work) {
        return attempt(what, false, feedServer, work);
    }

    /**
     * Does work of which each statement stands by itself, wherever the connection leads: for the feed, whose server is
     * what the others have to be at.
     *
     * @param what for the message: what could not be done
     */
    <T> Answer<T> askAnyServer(String what, Work<T> work) {
        return attempt(what, true, new FeedServer(), session -> {
            T value = work.in(session);
            return new Answer<>(session.server(), value);
        });
    }

    /** Where all work is done but that of {@link #askAnyServer}. */
    FeedServer feedServer() {
        return feedServer;
    }

    /** A connection of one's own, to be closed. */
    Connection connect() throws SQLException {
        return source.getConnection();
    }

    /** Null before the first connection. */
    @Nullable
    Dialect dialect() {
        return dialect;
    }

    private <T> T attempt(String what, boolean autoCommit, FeedServer expected, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = source.getConnection()) {
                return once(connection, autoCommit, expected, work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !Dialect.isRetryable(e)) {
                    throw new AuthUnavailableException("can't " + what + ": " + SqlFault.describe(e), e);
                }
            }
            // so that those who got in each other's way don't meet again
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(Math.min(LONGEST_PAUSE, 1_000_000L << attempt)));
        }
    }

    private <T> T once(Connection connection, boolean autoCommit, FeedServer expected, Work<T> work)
            throws SQLException {
        SqlConnection session = new SqlConnection(connection, dialect(connection), expected);
        boolean asItWas = connection.getAutoCommit();
        if (asItWas != autoCommit) {
            connection.setAutoCommit(autoCommit);
        }
        boolean done = false;
        Step restore = session.dialect().unnamed(connection);
        try {
            T result = work.in(session);
            if (!autoCommit) {
                commit(connection);
            }
            done = true;
            return result;
        } finally {
            if (!done && !autoCommit) {
                quietly(connection::rollback);
            }
            quietly(restore);
            if (asItWas != autoCommit) {
                quietly(() -> connection.setAutoCommit(asItWas));
            }
        }
    }

    private static void commit(Connection connection) throws SQLException {
        connection.clearWarnings();
        connection.commit();
        StandbyWarning.check(connection.getWarnings());
    }

    private Dialect dialect(Connection connection) throws SQLException {
        Dialect known = dialect;
        if (known == null) {
            known = Dialect.of(connection);
            dialect = known;
        }
        return known;
    }

    /** Something that only a broken connection fails. */
    @FunctionalInterface
    interface Step {
        void run() throws SQLException;
    }

    /** The result of the work is known. A connection that fails now is broken, and its pool will notice. */
    private static void quietly(Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            // as above
        }
    }
}
