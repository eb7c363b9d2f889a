package dev.gateline.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.servers.PostgresServer;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.servers.Wire;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;

/** Servers on this machine, and clients of them, that are closed together. Not thread-safe. */
final class Place implements AutoCloseable {
    /** More threads than that wait for each other, in every library that has no copies. */
    private static final int CONNECTIONS = 16;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<Wire> wires = new ArrayList<>();
    private final List<RedisServer> redises = new ArrayList<>();
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final boolean counts;

    private Place(boolean counts) {
        this.counts = counts;
    }

    Place() {
        this(false);
    }

    /** One that counts how often clients turn to its servers, which takes longer. */
    static Place counting() {
        return new Place(true);
    }

    /** How often clients have sent something and then waited. */
    int questions() {
        return wires.stream().mapToInt(Wire::questions).sum();
    }

    /** How many commands its servers have been given; those of PostgreSQL only if they are counted. */
    long commands() {
        return redises.stream().mapToLong(RedisServer::commands).sum()
                + wires.stream().mapToLong(Wire::statements).sum();
    }

    /** How many bytes its servers have in use. */
    long stored() throws SQLException {
        long stored = 0;
        for (RedisServer redis : redises) {
            stored += Long.parseLong(info(redis, "memory", "used_memory"));
        }
        for (HikariDataSource pool : pools) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT SUM(pg_total_relation_size(relid)) FROM pg_stat_user_tables")) {
                rows.next();
                stored += rows.getLong(1);
            }
        }
        return stored;
    }

    private static String info(RedisServer redis, String section, String name) {
        return redis.ask("INFO", section)
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    /** Of the servers that it starts, by name. */
    static Map<String, String> versions() throws Exception {
        try (Place place = new Place();
                Connection connection = place.pool().getConnection()) {
            place.redisPort();
            return Map.of(
                    "PostgreSQL", connection.getMetaData().getDatabaseProductVersion(),
                    "Redis", info(place.redises.get(0), "server", "redis_version"));
        }
    }

    private int door(int port) {
        if (!counts) {
            return port;
        }
        Wire wire = closing(new Wire(port));
        wires.add(wire);
        return wire.port();
    }

    <T extends AutoCloseable> T closing(T it) {
        open.push(it);
        return it;
    }

    /** Of a new Redis. */
    private int redisPort() {
        RedisServer server = closing(RedisServer.start(Version.V7));
        redises.add(server);
        return door(server.port());
    }

    /** Of a new Redis. */
    String redis() {
        return "redis://127.0.0.1:" + redisPort();
    }

    /** To a new PostgreSQL. */
    HikariDataSource pool() {
        PostgresServer server = closing(new PostgresServer());
        HikariDataSource pool = pool(PostgresServer.url(door(server.port())));
        pools.add(pool);
        return pool;
    }

    /** To a database at this address. */
    HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        return closing(new HikariDataSource(config));
    }

    /** Spring's client of a new Redis, as Spring Session wires it. */
    RedisTemplate<String, Object> template() {
        LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", redisPort());
        factory.afterPropertiesSet();
        factory.start();
        closing(factory::destroy);
        RedisTemplate<String, Object> template = new RedisTemplate<>();
        template.setKeySerializer(RedisSerializer.string());
        template.setHashKeySerializer(RedisSerializer.string());
        template.setConnectionFactory(factory);
        template.afterPropertiesSet();
        return template;
    }

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
