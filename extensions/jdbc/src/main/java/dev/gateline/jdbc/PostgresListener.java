package dev.gateline.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Waits for notifications of PostgreSQL on a connection of its own, and wakes the feed at each notification. A
 * notification carries no change. While the listener has no connection, the feed only reads more often. It gives a
 * healthy connection back with its settings unchanged, and never takes the last connection of a pool. Thread-safe.
 */
final class PostgresListener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JdbcStorage.class.getName());
    private static final Duration SILENCE_BEFORE_A_CHECK = Duration.ofSeconds(10);

    /**
     * The longest time until the thread notices {@link #close()}, because only a broken connection wakes the driver.
     */
    private static final Duration WAIT = Duration.ofMillis(250);

    /** The driver does not return while notifications keep arriving within a millisecond. */
    private static final Duration STUCK = Duration.ofSeconds(2);

    private static final Duration LONGEST_CHECK = Duration.ofSeconds(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final Database database;
    private final Runnable wake;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "gateline-jdbc-listen");
    private volatile boolean up;
    private volatile long returnedAt;
    private volatile @Nullable Connection listening;

    // of the thread alone
    private Duration pause = SHORTEST_PAUSE;
    private boolean wasTheLast;

    PostgresListener(Database database, Runnable wake) {
        this.database = database;
        this.wake = wake;
        thread.setDaemon(true);
    }

    /** Starts the thread. Call it once. */
    void start() {
        thread.start();
    }

    /** Whether this listener would hear a notification, as far as is known. */
    boolean isUp() {
        return up && !isStuck();
    }

    private boolean isStuck() {
        return System.nanoTime() - returnedAt > STUCK.toNanos();
    }

    /** Breaks the connection if the driver has not returned for seconds. The thread then opens another one. */
    void renewIfStuck() {
        Connection stuck = listening;
        if (up && stuck != null && isStuck()) {
            listening = null;
            try {
                stuck.abort(Runnable::run);
            } catch (SQLException e) {
                // the connection is broken already
            }
        }
    }

    private void run() {
        try {
            do {
                pause = doubled(pause);
                if (mayListen()) {
                    listen();
                }
            } while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration doubled(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Asking a pool again that seemed to have one connection would take it from all others for as long as before. */
    private boolean mayListen() {
        return !wasTheLast || database.hasHadTwo();
    }

    /** Listens until the connection is lost. */
    private void listen() {
        try {
            database.connected(this::borrow);
        } catch (SQLException | RuntimeException | Error e) {
            // the connection is lost, and the next one is tried after a pause
        }
    }

    private boolean borrow(Connection connection) throws SQLException {
        boolean asItWas = connection.getAutoCommit();
        try {
            connection.setAutoCommit(true);
            wasTheLast = isTheLast(connection);
            if (!wasTheLast) {
                listen(connection);
            }
            return !wasTheLast;
        } finally {
            up = false;
            listening = null;
            giveBack(connection, asItWas);
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN gateline_change");
        }
        returnedAt = System.nanoTime();
        listening = connection;
        pause = SHORTEST_PAUSE;
        up = true;
        // for changes that were published before LISTEN
        wake.run();
        awaitEach(connection, connection.unwrap(PGConnection.class));
    }

    /** Whether the pool has no other connection than this healthy one. Then no other call could ever get one. */
    @SuppressWarnings("ReferenceEquality") // some sources of one connection hand out the same object
    private boolean isTheLast(Connection connection) throws SQLException {
        try {
            return database.connected(other -> other == connection);
        } catch (SQLException e) {
            if (!isHealthy(connection)) {
                throw e;
            }
            if (!database.hasHadTwo()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "not listening for notifications, because the pool gave no second connection: other nodes'"
                                + " changes arrive with the next poll; give the pool at least two connections ({0})",
                        SqlFault.describe(e));
            }
            return !database.hasHadTwo();
        }
    }

    private static boolean isHealthy(Connection connection) throws SQLException {
        return connection.isValid((int) LONGEST_CHECK.toSeconds());
    }

    /** Ends the listening, because a pool would hand the connection out again with it. */
    private static void giveBack(Connection connection, boolean autoCommit) throws SQLException {
        if (isHealthy(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("UNLISTEN gateline_change");
            }
            connection.setAutoCommit(autoCommit);
        } else {
            connection.abort(Runnable::run);
        }
    }

    private void awaitEach(Connection connection, PGConnection notified) throws SQLException {
        long checkedAt = System.nanoTime();
        while (closed.getCount() > 0) {
            PGNotification[] heard = notified.getNotifications((int) WAIT.toMillis());
            returnedAt = System.nanoTime();
            if (heard != null && heard.length > 0) {
                wake.run();
            } else if (System.nanoTime() - checkedAt > SILENCE_BEFORE_A_CHECK.toNanos()) {
                if (!isHealthy(connection)) {
                    return;
                }
                checkedAt = System.nanoTime();
            }
        }
    }

    /** Waits until the connection is given back, at most ten seconds. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
