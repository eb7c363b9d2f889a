package dev.gateline.jdbc;

import dev.gateline.AuthUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final boolean preparesAtServer;
    private final FeedServer feedServer = new FeedServer();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean hasHadTwo;
    private volatile @Nullable Dialect dialect;

    /**
     * A database that nobody has connected to yet.
     *
     * @param preparesAtServer whether statements may have names, as {@link
     *     JdbcStorageBuilder#serverPreparedStatements()} says
     */
    Database(DataSource source, boolean preparesAtServer) {
        this.source = source;
        this.preparesAtServer = preparesAtServer;
    }

    /** Work that is repeated from its start if the database asks for it, and that has no other effects. */
    @FunctionalInterface
    interface Work<T> {
        T in(SqlConnection session) throws SQLException;
    }

    /**
     * Does work of which each statement stands by itself.
     *
     * @param what the task, for the message of an outage
     */
    <T> T ask(String what, Work<T> work) {
        return attempt(what, true, feedServer, work);
    }

    /** Does work as one transaction. */
    <T> T inTransaction(String what, Work<T> work) {
        return attempt(what, false, feedServer, work);
    }

    /**
     * Does work of which each statement stands by itself, at whichever server the connection leads to. The feed reads
     * so, because the stores have to talk to the server of the feed.
     *
     * @param what the task, for the message of an outage
     */
    <T> Answer<T> askAnyServer(String what, Work<T> work) {
        return attempt(what, true, new FeedServer(), session -> {
            T value = work.in(session);
            return new Answer<>(session.server(), value);
        });
    }

    /** The server at which all work is done, except that of {@link #askAnyServer}. */
    FeedServer feedServer() {
        return feedServer;
    }

    /** Work with a connection, whose settings it leaves as they were. */
    @FunctionalInterface
    interface Use<T> {
        T of(Connection connection) throws SQLException;
    }

    /** Does work with a connection of its own, and closes that. */
    <T> T connected(Use<T> use) throws SQLException {
        try (Connection connection = source.getConnection()) {
            if (open.incrementAndGet() > 1) {
                hasHadTwo = true;
            }
            try {
                return use.of(connection);
            } finally {
                open.decrementAndGet();
            }
        }
    }

    /** Whether the pool is known to have two connections, because two pieces of work have had one at a time. */
    boolean hasHadTwo() {
        return hasHadTwo;
    }

    /** The dialect of the database; null before the first connection. */
    @Nullable
    Dialect dialect() {
        return dialect;
    }

    private <T> T attempt(String what, boolean autoCommit, FeedServer expected, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return connected(connection -> once(connection, autoCommit, expected, work));
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !Dialect.isRetryable(e)) {
                    throw new AuthUnavailableException("can't " + what + ": " + SqlFault.describe(e), e);
                }
            }
            // the pause is random, so that two transactions that collided don't collide again
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
        Step restore = preparesAtServer ? () -> {} : session.dialect().unnamed(connection);
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

    /** A step that fails only on a broken connection. */
    @FunctionalInterface
    interface Step {
        void run() throws SQLException;
    }

    /** The result of the work is known. A connection that fails now is broken, and its pool will notice. */
    private static void quietly(Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            // the pool notices
        }
    }
}
