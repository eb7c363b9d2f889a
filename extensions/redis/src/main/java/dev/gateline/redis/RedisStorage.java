package dev.gateline.redis;

import dev.gateline.redis.Connector.Connection;
import dev.gateline.spi.ChangeFeed;
import dev.gateline.spi.KeyRingStore;
import dev.gateline.spi.LoginStore;
import dev.gateline.spi.RevocationStore;
import dev.gateline.spi.SharedStorage;
import dev.gateline.spi.Storage;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Logins, revocations and the key ring in Redis 6.2 or later: one server, a primary and its replicas behind Sentinel, or a
 * cluster. Reads and writes go to the primary only. Every change is published on a stream before the call returns.
 *
 * <p>Connects when it is first used, and again by itself; while no connection can be had, every call throws at once. A call
 * that throws may have been carried out or not; nothing is sent twice. What a primary has not passed on to its replica when
 * it is lost is lost with it: set {@code min-replicas-to-write}, and put {@code NearStorage} in front, which offers revocations
 * again. The server must never evict: {@code maxmemory-policy noeviction}; others are warned of in the log.
 *
 * <p>The user needs {@code +@all -@dangerous +info} on the keys of the prefix, and {@code +cluster} in a cluster. Keys go by themselves some time after what they
 * hold has ended, but for two that stay: the key ring, which is secret, and the highest epoch. Thread-safe.
 */
public final class RedisStorage implements SharedStorage {
    private final Connector connector;
    private final Link link;
    private final SharedStorage shared;
    private final KeyRingStore keyRing;

    private RedisStorage(Builder builder) {
        Keys keys = new Keys(builder.keyPrefix);
        connector = builder.connector();
        link = new Link(connector, builder.timeout, new EvictionCheck());
        Consumer<Connection> none = connection -> {};
        Link listening = new Link(connector, builder.timeout, none);
        keyRing = new RedisKeyRing(link, keys);
        shared = SharedStorage.of(
                Storage.of(
                        builder.cluster ? new ClusterLogins(link, keys) : new RedisLogins(link, keys),
                        new RedisRevocations(link, keys)),
                new RedisChangeFeed(link, listening, keys));
    }

    /**
     * One server, or a primary and its replicas.
     *
     * @param uri {@code redis://user:password@host:6379/0}, {@code rediss://…} for TLS by the JVM's trust store, or {@code
     *     redis-sentinel://user:password@host:26379,host:26379/0#name-of-the-primary}. A character of the password that has a
     *     meaning in URIs is written {@code %xx}.
     * @throws IllegalArgumentException if it is something else; nothing of it in the message
     */
    public static Builder builder(String uri) {
        return new Builder(false, List.of(uri));
    }

    /**
     * A Redis Cluster.
     *
     * @param uri of one of its servers, as for {@link #builder}, without a database
     * @param more of others, to be asked when that one is away
     * @throws IllegalArgumentException if one of them is something else; nothing of it in the message
     */
    public static Builder cluster(String uri, String... more) {
        List<String> uris = new ArrayList<>(List.of(uri));
        uris.addAll(List.of(more));
        return new Builder(true, uris);
    }

    @Override
    public LoginStore logins() {
        return shared.logins();
    }

    @Override
    public RevocationStore revocations() {
        return shared.revocations();
    }

    @Override
    public ChangeFeed feed() {
        return shared.feed();
    }

    /** Keeps the keys of all nodes. Whoever can read this Redis can then sign. */
    public KeyRingStore keyRing() {
        return keyRing;
    }

    /** Stops the feed and closes all connections; calls under way fail. Idempotent. */
    @Override
    public void close() {
        shared.close();
        link.close();
        connector.close();
    }

    /** Wires a {@link RedisStorage}. Not thread-safe. */
    public static final class Builder {
        private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

        private final boolean cluster;
        private final List<RedisURI> uris;
        private Duration timeout = Duration.ofSeconds(2);
        private String keyPrefix = "gateline";

        private Builder(boolean cluster, List<String> uris) {
            this.cluster = cluster;
            this.uris = uris.stream().map(Builder::parsed).toList();
        }

        private static RedisURI parsed(String uri) {
            try {
                return RedisURI.create(uri);
            } catch (RuntimeException e) {
                // neither the cause nor its message: they have the password
                throw new IllegalArgumentException("uri: as redis://user:password@host:6379, was something else");
            }
        }

        /**
         * How long to wait for a connection, and for an answer.
         *
         * @param longest 1 ms to 1 min; default: 2 s
         */
        public Builder timeout(Duration longest) {
            if (longest.compareTo(Duration.ofMillis(1)) < 0 || longest.compareTo(LONGEST_TIMEOUT) > 0) {
                throw new IllegalArgumentException("timeout: 1 ms to 1 min, was " + longest);
            }
            timeout = longest;
            return this;
        }

        /**
         * What all keys begin with, to share a server with others.
         *
         * @param prefix 1 to 40 letters, digits, dots, hyphens, underscores and colons; default: {@code gateline}
         */
        public Builder keyPrefix(String prefix) {
            if (!prefix.matches("[A-Za-z0-9._:-]{1,40}")) {
                throw new IllegalArgumentException(
                        "key prefix: 1 to 40 letters, digits, dots, hyphens, underscores and colons, was " + prefix);
            }
            keyPrefix = prefix;
            return this;
        }

        /** Returns at once, and connects to nothing yet. */
        public RedisStorage build() {
            return new RedisStorage(this);
        }

        private Connector connector() {
            uris.forEach(uri -> {
                uri.setTimeout(timeout);
                uri.getSentinels().forEach(sentinel -> sentinel.setTimeout(timeout));
            });
            return cluster ? Connector.toCluster(uris, timeout) : Connector.toPrimary(uris.get(0), timeout);
        }
    }
}
