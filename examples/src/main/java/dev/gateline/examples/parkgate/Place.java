package dev.gateline.examples.parkgate;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.internal.Secrets;
import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.KeyRing;
import dev.gateline.near.NearStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where the park keeps who is logged in: in the memory of one gate, or in a store that many gates share. Thread-safe.
 *
 * @param users of those who are logged in
 * @param visitors of those who are not: in memory apart, so that a crowd that only looks around keeps no user from
 *     logging in
 * @param keys that sign tokens
 * @param throttleKey the same at all gates that count together
 * @param health how the store stands, by name; asks nobody
 * @param closing what was opened for this
 */
record Place(
        Storage users,
        Storage visitors,
        KeyRing keys,
        SecretKey throttleKey,
        Supplier<Map<String, Object>> health,
        Runnable closing)
        implements AutoCloseable {
    static final String MEMORY = "memory";

    private static final int MOST_LOGINS = 10_000;
    private static final int MOST_VISITS = 10_000;
    private static final String RING = "park";

    /** 32 random bytes or more in base64, for gates that share a store. */
    private static final String KEY_VARIABLE = "PARK_THROTTLE_KEY";

    /**
     * Opens one.
     *
     * @param store {@code memory}, or the URI of a Redis or of an SQL database
     * @throws IllegalArgumentException if it is something else
     * @throws dev.gateline.AuthUnavailableException if the database is out of reach
     */
    static Place open(String store, Clock clock) {
        if (store.equals(MEMORY)) {
            Storage visitors = Storage.inMemory(MOST_VISITS);
            return new Place(
                    Storage.inMemory(MOST_LOGINS),
                    visitors,
                    KeyRing.generate(Algorithm.ES256),
                    hmac(Secrets.bytes(32)),
                    () -> Map.of("store", MEMORY),
                    () -> {});
        }
        if (store.startsWith("redis")) {
            RedisStorage redis = RedisStorage.builder(store).build();
            return shared(redis, redis.keyRing(RING), clock, () -> {});
        }
        if (store.startsWith("jdbc:")) {
            return inDatabase(pool(store), clock);
        }
        throw new IllegalArgumentException(
                "store: memory, redis://..., rediss://..., redis-sentinel://... or jdbc:...");
    }

    private static Place inDatabase(HikariDataSource pool, Clock clock) {
        try {
            JdbcStorage database = JdbcStorage.of(pool).createIfMissing();
            return shared(database, database.keyRing(RING), clock, pool::close);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** The message of the pool's own exception may have the password that is in the URL. */
    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(2_000);
        try {
            config.setJdbcUrl(url);
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("store: no driver takes this jdbc: URL");
        }
    }

    private static Place shared(SharedStorage storage, KeyRingStore ring, Clock clock, Runnable closing) {
        KeyRing keys = KeyRing.builder(Algorithm.ES256).store(ring).clock(clock).build();
        NearStorage near = NearStorage.builder(storage).clock(clock).build();
        return new Place(near, near, keys, throttleKeyOfAll(), () -> healthOf(near), () -> {
            near.close();
            closing.run();
        });
    }

    /** Without the variable each gate has a key of its own, and counts attempts by itself. */
    private static SecretKey throttleKeyOfAll() {
        String key = System.getenv(KEY_VARIABLE);
        return hmac(key == null ? Secrets.bytes(32) : Base64.getDecoder().decode(key));
    }

    private static SecretKey hmac(byte[] key) {
        return new SecretKeySpec(key, "HmacSHA256");
    }

    private static Map<String, Object> healthOf(NearStorage near) {
        NearStorage.Health health = near.health();
        return Map.of(
                "store", "shared",
                "fresh", health.fresh(),
                "heardOfAllChangesMillisAgo",
                        health.age().map(age -> String.valueOf(age.toMillis())).orElse("never"),
                "copies", health.copies(),
                "revocations", health.revocations(),
                "clockOffsetMillis", health.clockOffset().toMillis());
    }

    @Override
    public void close() {
        closing.run();
    }
}
