package dev.gateline.jdbc;

import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** Wires a {@link JdbcStorage}. Not thread-safe. */
public final class JdbcStorageBuilder {
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);

    final DataSource source;
    Optional<Duration> pollInterval = Optional.empty();
    boolean preparesAtServer;

    /** As for {@link LogReader#backIn}; tests are shorter. */
    Duration settling = ChangeLog.HOLE_TIME;

    JdbcStorageBuilder(DataSource source) {
        this.source = source;
    }

    /**
     * Sets how often a node reads the changes. Without a notification it hears of a change that much later, and its
     * proof of freshness is that old.
     *
     * @param interval 10 ms to 10 s; default: 300 ms on PostgreSQL while notifications come, 100 ms otherwise; at most
     *     half of the {@code maxStaleness} of {@code NearStorage}
     */
    public JdbcStorageBuilder pollInterval(Duration interval) {
        if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException("poll interval: 10 ms to 10 s, was " + interval);
        }
        pollInterval = Optional.of(interval);
        return this;
    }

    /**
     * Lets PostgreSQL's driver prepare statements at the server, as its {@code prepareThreshold} says. The server then
     * plans each statement once for each connection, and answers several times as fast. By default no statement has a
     * name, because a pooler that shares connections between transactions, such as PgBouncer in transaction mode, may
     * run another client's statement under that name. Don't use this setting behind such a pooler.
     */
    public JdbcStorageBuilder serverPreparedStatements() {
        preparesAtServer = true;
        return this;
    }

    /** Builds the storage. It opens no connection, so the database may be down. */
    public JdbcStorage build() {
        return new JdbcStorage(this);
    }
}
