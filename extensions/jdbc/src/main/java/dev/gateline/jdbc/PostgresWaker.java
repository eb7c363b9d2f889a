package dev.gateline.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Wakes the reader of changes as soon as PostgreSQL notifies, on a connection of its own. Only saves time: without it changes
 * are read at their interval.
 */
final class PostgresWaker {
    private static final int WAIT_MILLIS = 500;
    private static final int RETRY_MILLIS = 500;

    private final DataSource source;
    private final JdbcChangeFeed feed;
    private final AtomicBoolean started = new AtomicBoolean();

    PostgresWaker(DataSource source, JdbcChangeFeed feed) {
        this.source = source;
        this.feed = feed;
    }

    /** Unless it has been. */
    void start() {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        Thread thread = new Thread(this::run, "gateline-notifications");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!feed.isClosed()) {
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(true);
                listen(connection);
            } catch (SQLException e) {
                pause();
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        execute(connection, "LISTEN gateline");
        try {
            wakeAsNotified(connection.unwrap(PGConnection.class));
        } finally {
            // a pool must not hand it out as it is; if it is broken, this is how the pool gets to know
            execute(connection, "UNLISTEN gateline");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void wakeAsNotified(PGConnection postgres) throws SQLException {
        feed.wake();
        while (!feed.isClosed()) {
            PGNotification[] notifications = postgres.getNotifications(WAIT_MILLIS);
            if (notifications != null && notifications.length > 0) {
                feed.wake();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            feed.close();
        }
    }
}
