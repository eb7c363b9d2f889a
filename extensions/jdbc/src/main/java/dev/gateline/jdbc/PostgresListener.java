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
 * Waits for notifications of PostgreSQL on a connection of its own, and wakes the feed at each. It carries no news itself:
 * while it has no connection the feed only polls more often.
 */
final class PostgresListener implements AutoCloseable {
    private static final Duration SILENCE_BEFORE_A_CHECK = Duration.ofSeconds(10);
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Database database;
    private final Runnable wake;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "gateline-jdbc-listen");
    private volatile @Nullable Connection listening;
    private volatile boolean up;

    PostgresListener(Database database, Runnable wake) {
        this.database = database;
        this.wake = wake;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether a notification would be heard, as far as is known. */
    boolean isUp() {
        return up;
    }

    private void run() {
        Duration pause = SHORTEST_PAUSE;
        try {
            do {
                boolean heard = listen();
                pause = heard ? SHORTEST_PAUSE : doubled(pause);
            } while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration doubled(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Listens until the connection is lost. Returns whether there was one. */
    private boolean listen() {
        boolean heard = false;
        try (Connection connection = database.connect()) {
            listening = connection;
            try (Statement statement = connection.createStatement()) {
                connection.setAutoCommit(true);
                statement.execute("LISTEN gateline_change");
                PGConnection notified = connection.unwrap(PGConnection.class);
                up = true;
                heard = true;
                // for what was published before this
                wake.run();
                awaitEach(connection, notified);
            } finally {
                // never back to the pool: it would go on listening
                connection.abort(Runnable::run);
            }
        } catch (SQLException | RuntimeException e) {
            // lost, and tried again after a pause
        } finally {
            up = false;
            listening = null;
        }
        return heard;
    }

    private void awaitEach(Connection connection, PGConnection notified) throws SQLException {
        boolean alive = true;
        while (alive && closed.getCount() > 0) {
            PGNotification[] heard = notified.getNotifications((int) SILENCE_BEFORE_A_CHECK.toMillis());
            if (heard != null && heard.length > 0) {
                wake.run();
            } else {
                alive = connection.isValid((int) LONGEST_CHECK.toSeconds());
            }
        }
    }

    /** Cuts the connection: a thread that reads from it notices at once. */
    @Override
    public void close() {
        closed.countDown();
        Connection waiting = listening;
        if (waiting != null) {
            try {
                waiting.abort(Runnable::run);
            } catch (SQLException e) {
                // it is lost already
            }
        }
    }
}
