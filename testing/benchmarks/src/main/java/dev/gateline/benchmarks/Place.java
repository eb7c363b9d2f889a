package dev.gateline.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.servers.PostgresServer;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;

/** Servers on this machine, and clients of them, that are closed together. Not thread-safe. */
final class Place implements AutoCloseable {
    /** More threads than that wait for each other, in every library that has no copies. */
    private static final int CONNECTIONS = 16;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T closing(T it) {
        open.push(it);
        return it;
    }

    RedisServer redis() {
        return closing(RedisServer.start(Version.V7));
    }

    /** To a new PostgreSQL. */
    HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(closing(new PostgresServer()).url());
        config.setMaximumPoolSize(CONNECTIONS);
        return closing(new HikariDataSource(config));
    }

    /** Spring's client of a new Redis, as Spring Session wires it. */
    RedisTemplate<String, Object> template() {
        LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", redis().port());
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
