package dev.gateline.jdbc;

import dev.gateline.spi.ChangeFeed;
import dev.gateline.spi.KeyRingStore;
import dev.gateline.spi.LoginStore;
import dev.gateline.spi.RevocationStore;
import dev.gateline.spi.SharedStorage;
import dev.gateline.spi.Storage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Logins and revocations in a relational database that several nodes share: PostgreSQL or H2. The tables are in
 * {@code dev/gateline/jdbc/postgresql.sql} and {@code h2.sql} in this jar, for the host's own migrations. Correct at READ
 * COMMITTED. Thread-safe; holds no connection between calls, but one for PostgreSQL's notifications.
 */
public final class JdbcStorage implements SharedStorage {
    private static final int TIMEOUT_SECONDS = 5;

    private final DataSource source;
    private final Clock clock;
    private final Database database;
    private final JdbcLogins logins;
    private final JdbcRevocations revocations;
    private final AtomicReference<@Nullable Dialect> known = new AtomicReference<>();
    private final JdbcChangeFeed feed;
    private final Storage announced;

    private JdbcStorage(Builder builder) {
        source = builder.source;
        clock = builder.clock;
        database = new Database(source, TIMEOUT_SECONDS);
        logins = new JdbcLogins(database, this::dialect);
        revocations = new JdbcRevocations(database, this::dialect);
        feed = new JdbcChangeFeed(source, database, this::dialect, builder.pollInterval, () -> purge(clock.instant()));
        announced = SharedStorage.of(Storage.of(logins, revocations), feed);
    }

    /** Asked for when it is needed: the database may be away as this is made. */
    private Dialect dialect() {
        Dialect dialect = known.get();
        if (dialect != null) {
            return dialect;
        }
        Dialect found = Dialect.of(source);
        known.set(found);
        return found;
    }

    /**
     * With the defaults.
     *
     * @param source of pooled connections; not closed by {@link #close()}
     */
    public static JdbcStorage of(DataSource source) {
        return builder(source).build();
    }

    /**
     * Starts wiring.
     *
     * @param source of pooled connections; not closed by {@link #close()}
     */
    public static Builder builder(DataSource source) {
        return new Builder(source);
    }

    /** Makes the tables that are not there: for development. */
    public JdbcStorage createIfMissing() {
        Dialect dialect = dialect();
        int made = database.run("make the tables", on -> {
            int count = 0;
            for (String statement : dialect.tables()) {
                on.update(statement);
                count++;
            }
            return count;
        });
        if (made == 0) {
            throw new IllegalStateException("the jar holds no tables for " + dialect);
        }
        return this;
    }

    @Override
    public LoginStore logins() {
        return announced.logins();
    }

    @Override
    public RevocationStore revocations() {
        return announced.revocations();
    }

    @Override
    public ChangeFeed feed() {
        return feed;
    }

    /**
     * Where a key ring can be kept. Whoever can read the table can sign.
     *
     * @param name 1 to 40 characters; rings of one name are one
     */
    public KeyRingStore keyRing(String name) {
        return new JdbcKeyRing(database, name);
    }

    /**
     * Deletes what has expired, a few hundred rows at a time. Each node that hears the feed does it every minute.
     *
     * @param now the instant of the decision
     */
    public void purge(Instant now) {
        boolean more = true;
        while (more) {
            more = logins.purge(now);
        }
        more = true;
        while (more) {
            more = revocations.purge(now);
        }
    }

    /** Stops the feed and its threads. */
    @Override
    public void close() {
        feed.close();
    }

    /** Wires a {@link JdbcStorage}. Not thread-safe. */
    public static final class Builder {
        private final DataSource source;
        private Duration pollInterval = Duration.ofMillis(100);
        private Clock clock = Clock.systemUTC();

        private Builder(DataSource source) {
            this.source = source;
        }

        /**
         * How often changes are asked for. PostgreSQL wakes the nodes, and this is for when it can't.
         *
         * @param interval 10 ms to 1 s; default 100 ms
         */
        public Builder pollInterval(Duration interval) {
            if (interval.compareTo(Duration.ofMillis(10)) < 0 || interval.compareTo(Duration.ofSeconds(1)) > 0) {
                throw new IllegalArgumentException("poll interval: 10 ms to 1 s, was " + interval);
            }
            pollInterval = interval;
            return this;
        }

        /** Says what has expired and may be deleted. Default: the system's clock. */
        public Builder clock(Clock time) {
            clock = time;
            return this;
        }

        /** Asks the database nothing yet. */
        public JdbcStorage build() {
            return new JdbcStorage(this);
        }
    }
}
