package dev.gateline.jdbc;

import dev.gateline.store.ChangeFeed;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Logins, revocations and keys in an SQL database: PostgreSQL, MariaDB or H2, as the connection says when it is first
 * used. MySQL is taken for MariaDB, and no test has run on it. The tables are in {@code postgresql.sql},
 * {@code mariadb.sql} and {@code h2.sql} beside this class, for a migration tool; {@link #createIfMissing()} serves
 * development.
 *
 * <p>Each call takes a connection of the {@link DataSource} for some milliseconds and hands it back as it was. Most
 * calls are one statement of their own; the others are correct at READ COMMITTED and at every stricter level. Deadlocks
 * and serialization failures are tried again. A statement has five seconds, but not on H2, where that would bind the
 * whole connection; all else, such as how long to wait for a connection, is the {@link DataSource}'s to set. It must
 * lead to the primary: a server that takes no writes may answer late, so that its answers are an outage. Its
 * connections must not join transactions of the host's: what a call has done is durable and told as it returns. About
 * once a minute a call that adds a row deletes some that have expired by the database's clock. What the database throws
 * becomes an {@link dev.gateline.AuthUnavailableException}. Thread-safe.
 */
public final class JdbcStorage implements SharedStorage {
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);

    private final Database database;
    private final Upkeep upkeep;
    private final SharedStorage announced;

    private JdbcStorage(Builder builder) {
        database = new Database(builder.source);
        ChangeLog log = new ChangeLog(database);
        upkeep = new Upkeep(database, log);
        JdbcChangeFeed feed = new JdbcChangeFeed(database, log, upkeep, builder.pollInterval);
        announced = SharedStorage.of(
                Storage.of(
                        new JdbcLoginStore(database, upkeep),
                        new JdbcRevocationStore(database),
                        new JdbcRateLimitStore(database, upkeep)),
                feed);
    }

    /**
     * With the defaults.
     *
     * @param source stays open when the storage is closed
     */
    public static JdbcStorage of(DataSource source) {
        return builder(source).build();
    }

    /**
     * Starts wiring.
     *
     * @param source stays open when the storage is closed
     */
    public static Builder builder(DataSource source) {
        return new Builder(source);
    }

    /** Tells the other nodes of each change before the call returns. */
    @Override
    public LoginStore logins() {
        return announced.logins();
    }

    /** Tells the other nodes of each change before the call returns. */
    @Override
    public RevocationStore revocations() {
        return announced.revocations();
    }

    @Override
    public Optional<RateLimitStore> rateLimits() {
        return announced.rateLimits();
    }

    /**
     * Tells of changes by a table that one thread of each node reads: every 100 ms, and at once what this node changes.
     * On PostgreSQL a second thread listens for notifications, so that changes of any node arrive at once, and the
     * table is read every 300 ms. It keeps a connection of the {@link DataSource} for that, and needs PostgreSQL's own
     * driver; while it has none the table is read every 100 ms. Behind a pooler that shares connections between
     * transactions notifications get lost unnoticed: set the {@linkplain Builder#pollInterval interval} there.
     *
     * <p>Changes are kept for ten minutes.
     */
    @Override
    public ChangeFeed feed() {
        return announced.feed();
    }

    /**
     * A key ring for all nodes, which hear of its changes by the {@linkplain #feed() feed}: a ring that is built over
     * this starts the feed's threads. Its text is secret: whoever may read the table {@code gateline_key_ring} can
     * sign.
     *
     * @param name 1 to 40 visible ASCII characters; rings of one name are one
     */
    public KeyRingStore keyRing(String name) {
        return KeyRingStore.announced(new JdbcKeyRingStore(database, name), name, feed());
    }

    /**
     * Creates the tables that are not there; leaves the others as they are. For development and tests: in production,
     * let a migration tool run the files.
     *
     * @return this
     * @throws dev.gateline.AuthUnavailableException if the database fails
     */
    public JdbcStorage createIfMissing() {
        return database.ask("create the tables", session -> {
            try {
                for (String statement : session.dialect().ddl()) {
                    session.update(statement);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        });
    }

    /**
     * Deletes logins, revocations, rate limits and changes that have expired by the database's clock, 200 at a time,
     * until there are none. A row stays for two minutes after its end. Nobody needs to call this: those who add rows
     * delete expired ones, about once a minute. Live rows stay, however often it is called.
     *
     * @throws dev.gateline.AuthUnavailableException if the database fails; the other tables are purged all the same
     */
    public void purge() {
        upkeep.all();
    }

    /** Stops the feed's threads. The {@link DataSource} stays open, and so do the stores. */
    @Override
    public void close() {
        announced.close();
    }

    /** Wires a {@link JdbcStorage}. Not thread-safe. */
    public static final class Builder {
        private final DataSource source;
        private Optional<Duration> pollInterval = Optional.empty();

        private Builder(DataSource source) {
            this.source = source;
        }

        /**
         * How often a node asks for changes, and so how late it hears of one where nothing wakes it, and how old its
         * proof is that it has heard of all.
         *
         * @param interval 10 ms to 10 s; default: 300 ms on PostgreSQL while notifications come, 100 ms otherwise;
         *     at most half of what {@code NearStorage} has as its {@code maxStaleness}
         */
        public Builder pollInterval(Duration interval) {
            if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
                throw new IllegalArgumentException("poll interval: 10 ms to 10 s, was " + interval);
            }
            pollInterval = Optional.of(interval);
            return this;
        }

        /** Opens nothing: the database may be down. */
        public JdbcStorage build() {
            return new JdbcStorage(this);
        }
    }
}
