package dev.gateline.jdbc;

import dev.gateline.store.ChangeFeed;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Logins, revocations and keys in an SQL database: PostgreSQL, MariaDB or H2. The first connection decides which one it
 * is. MySQL is treated as MariaDB, but no test runs on it. The tables are in {@code postgresql.sql}, {@code
 * mariadb.sql} and {@code h2.sql} beside this class, for a migration tool; {@link #createIfMissing()} is for
 * development.
 *
 * <p>Each call takes a connection of the {@link DataSource} for some milliseconds and returns it with its settings
 * unchanged. Most calls are one statement; the others are correct at READ COMMITTED and at every stricter level.
 * Deadlocks and serialization failures are retried. A statement has a timeout of five seconds, except on H2, where the
 * timeout would apply to the whole connection. Set all other timeouts, such as that for a connection, at the {@link
 * DataSource}. The {@link DataSource} must lead to the primary: a server that takes no writes may have old data, so its
 * answers are an outage. Its connections must not join transactions of the host, because the change of a call is
 * durable and published when the call returns. About once a minute a call that adds a row deletes rows that have
 * expired by the database's clock. An exception of the database becomes an {@link
 * dev.gateline.AuthUnavailableException}. Thread-safe.
 */
public final class JdbcStorage implements SharedStorage {

    private final Database database;
    private final Upkeep upkeep;
    private final SharedStorage shared;

    JdbcStorage(JdbcStorageBuilder builder) {
        database = new Database(builder.source, builder.preparesAtServer);
        ChangeLog log = new ChangeLog(database);
        upkeep = new Upkeep(database, log);
        JdbcChangeFeed feed = new JdbcChangeFeed(database, log, upkeep, builder.pollInterval, builder.settling);
        AnnouncedWrites writes = new AnnouncedWrites(database, log, feed);
        shared = SharedStorage.announcing(
                Storage.of(
                        new JdbcLoginStore(database, writes, upkeep),
                        new JdbcRevocationStore(database, writes, feed),
                        new JdbcRateLimitStore(database, upkeep)),
                feed);
    }

    /**
     * Builds a storage with the defaults.
     *
     * @param source the source of connections, which stays open when the storage is closed
     */
    public static JdbcStorage of(DataSource source) {
        return builder(source).build();
    }

    /**
     * Starts wiring.
     *
     * @param source the source of connections, which stays open when the storage is closed
     */
    public static JdbcStorageBuilder builder(DataSource source) {
        return new JdbcStorageBuilder(source);
    }

    /** Tells the other nodes of each change before the call returns. */
    @Override
    public LoginStore logins() {
        return shared.logins();
    }

    /** Tells the other nodes of each change before the call returns. */
    @Override
    public RevocationStore revocations() {
        return shared.revocations();
    }

    @Override
    public Optional<RateLimitStore> rateLimits() {
        return shared.rateLimits();
    }

    /**
     * The change feed: a table that one thread of each node reads every 100 ms, and at once after a change of this
     * node. On PostgreSQL a second thread listens for notifications, so that changes of any node arrive at once. The
     * table is read every 300 ms then, and more often after a change, at most fifty times a second. The listener keeps
     * one connection of the {@link DataSource} and needs PostgreSQL's own driver; without a connection the table is
     * read every 100 ms. Behind a pooler that shares connections between transactions, notifications get lost
     * unnoticed: set the {@linkplain JdbcStorageBuilder#pollInterval interval} there.
     *
     * <p>Changes are kept for ten minutes.
     */
    @Override
    public ChangeFeed feed() {
        return shared.feed();
    }

    /**
     * The store of a key ring for all nodes. They hear of its changes by the {@linkplain #feed() feed}, whose threads
     * start with the first ring over this store. The ring is secret: anybody who may read the table {@code
     * gateline_key_ring} can sign.
     *
     * @param name 1 to 40 visible ASCII characters; rings with the same name are the same ring
     */
    public KeyRingStore keyRing(String name) {
        return KeyRingStore.announced(new JdbcKeyRingStore(database, name), name, feed());
    }

    /**
     * Creates the tables that are missing, and does not change the others. For development and tests: in production,
     * let a migration tool run the files.
     *
     * @return this
     * @throws dev.gateline.AuthUnavailableException if the database fails
     */
    public JdbcStorage createIfMissing() {
        return database.ask("create the tables", session -> {
            for (String statement : session.dialect().ddl()) {
                session.update(statement);
            }
            return this;
        });
    }

    /**
     * Says which tables of this version of Gateline the database does not have, or does not show to its user.
     *
     * @return the names of the tables; empty if a migration tool has done its work
     * @throws dev.gateline.AuthUnavailableException if the database fails
     */
    public List<String> missingTables() {
        return database.ask("look for the tables", session -> {
            List<String> missing = new ArrayList<>();
            for (String table : session.dialect().tables()) {
                if (!session.hasTable(table)) {
                    missing.add(table);
                }
            }
            return missing;
        });
    }

    /**
     * Deletes logins, revocations, rate limits and changes that have expired by the database's clock, 200 at a time,
     * until there are none. A row stays for two minutes after its end. A host need not call this, because calls that
     * add rows also delete expired ones, about once a minute. Live rows stay.
     *
     * @throws dev.gateline.AuthUnavailableException if the database fails at a table; the other tables are purged
     */
    public void purge() {
        upkeep.all();
    }

    /** Stops the feed's threads. The {@link DataSource} stays open, and so do the stores. */
    @Override
    public void close() {
        shared.close();
    }
}
