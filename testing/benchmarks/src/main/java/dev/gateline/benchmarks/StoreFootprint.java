package dev.gateline.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.servers.PostgresServer;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.spi.Revocation;
import dev.gateline.spi.Storage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** Prints what a session and a revocation take in Redis and in PostgreSQL. */
public final class StoreFootprint {
    private static final int COUNT = 50_000;

    private StoreFootprint() {}

    /** Prints a line for each. */
    public static void main(String[] args) {
        try (RedisServer server = RedisServer.start(Version.V7);
                RedisStorage storage = RedisStorage.builder(server.uri()).build()) {
            print("Redis", storage, () -> usedMemory(server));
        }
        try (PostgresServer server = new PostgresServer();
                HikariDataSource pool = pool(server);
                JdbcStorage storage = JdbcStorage.of(pool).createIfMissing()) {
            print("PostgreSQL", storage, () -> size(pool));
        }
    }

    private static void print(String name, Storage storage, LongSupplier size) {
        long empty = size.getAsLong();
        try (SessionAuthenticator gate = SessionAuthenticator.builder(storage).build()) {
            for (int i = 0; i < COUNT; i++) {
                gate.login(Sample.user(i));
            }
        }
        long sessions = size.getAsLong();
        Instant now = Instant.now();
        for (int i = 0; i < COUNT; i++) {
            String key = "%022d".formatted(i);
            storage.revocations()
                    .revoke(new Revocation(Revocation.Grain.LOGIN, key, 0, now.plus(Duration.ofMinutes(7))), now);
        }
        long revocations = size.getAsLong();
        System.out.printf(
                "%s: %d bytes a session, %d bytes a revocation with its entry in the feed%n",
                name, (sessions - empty) / COUNT, (revocations - sessions) / COUNT);
    }

    private static long usedMemory(RedisServer server) {
        String info = server.ask("INFO", "memory");
        String line = info.lines()
                .filter(each -> each.startsWith("used_memory:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.substring(line.indexOf(':') + 1));
    }

    private static HikariDataSource pool(PostgresServer server) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.url());
        return new HikariDataSource(config);
    }

    private static long size(HikariDataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT SUM(pg_total_relation_size(relid))"
                        + " FROM pg_stat_user_tables WHERE relname LIKE 'gateline%'")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
