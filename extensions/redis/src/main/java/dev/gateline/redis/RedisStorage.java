package dev.gateline.redis;

import dev.gateline.internal.Libraries;
import dev.gateline.redis.Connector.Connection;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import io.lettuce.core.RedisURI;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Logins, revocations and the key ring in Redis 6.2 or later: one server, a primary and its replicas behind Sentinel,
 * or a cluster. Reads and writes go to the primary only. Every change is published on a stream before the call returns.
 *
 * <p>The storage connects at the first use, and reconnects by itself. Without a connection, every call throws at once.
 * A call that throws may have been carried out; a command that may have been carried out is never sent twice. A full
 * server refuses new logins and carries out all other calls. The server must never evict ({@code maxmemory-policy
 * noeviction}); the log warns of any other policy.
 *
 * <p>A primary that is lost may take writes with it that its replica does not have yet. Put {@code NearStorage} in
 * front, which writes revocations again. A primary that was cut off and does not know yet that it was replaced must
 * take no writes: set {@code min-replicas-to-write}, and {@code min-replicas-max-lag} below the time that Sentinel
 * waits. A server that takes no writes is an outage for reads as well, because its answers may be old.
 *
 * <p>The user needs the keys of the prefix, {@code ~gateline:*}, and these commands of one server: {@code +del +eval
 * +evalsha +get +getex +hdel +hget +hmget +hset +info +pexpire +pttl +set +setrange +time +xadd +xread +xrevrange
 * +zadd +zcount +zrandmember +zrange +zrangebyscore +zrank +zrem +zremrangebyscore +zscore}, and of a cluster: {@code
 * +cluster|nodes}, too. Keys expire some time after their content has ended. Three keys stay: the key ring, which is
 * secret, the highest epoch, and the mark that shows how far a server went back. Thread-safe.
 */
public final class RedisStorage implements SharedStorage {
    private static final int HIGHEST_PORT = 65_535;

    private static final Libraries LIBRARIES = new Libraries(
            "auth-redis needs Lettuce 6.6 or later, and all parts of Netty in one version: 4.1 or 4.2, and 4.2"
                    + " from Lettuce 7.3 on. Import io.netty:netty-bom before other BOMs.",
            List.of(
                    "io.lettuce.core.RedisClient",
                    "io.netty.channel.Channel",
                    "io.netty.util.Timer",
                    "reactor.core.Disposable"));

    private final Connector connector;
    private final Link link;
    private final SharedStorage shared;
    private final KeyNames keys;

    RedisStorage(RedisStorageBuilder builder) {
        keys = new KeyNames(builder.keyPrefix);
        connector = LIBRARIES.start(builder::connector);
        StoresCheck check = new StoresCheck(keys.feed());
        link = new Link(connector, builder.timeout, check.andThen(new EvictionCheck()));
        Consumer<Connection> none = connection -> {};
        Link listening = new Link(connector, builder.timeout, none);
        shared = joined(
                new Endings(link, builder.replicas, builder.within),
                keys,
                new RedisChangeFeed(link, listening, keys, check, !builder.cluster),
                builder.cluster);
    }

    static SharedStorage joined(Endings endings, KeyNames keys, RedisChangeFeed feed, boolean cluster) {
        return SharedStorage.announcing(
                Storage.of(
                        cluster ? new ClusterLoginStore(endings, keys, feed) : new RedisLoginStore(endings, keys, feed),
                        new RedisRevocationStore(endings, keys, feed),
                        new RedisRateLimitStore(endings.link(), keys)),
                feed);
    }

    /**
     * Starts wiring for one server, or for a primary and its replicas.
     *
     * @param uri {@code redis://user:password@host:6379/0}, {@code rediss://…} for TLS by the JVM's trust store, or
     *     {@code redis-sentinel://user:password@host:26379,host:26379/0#name-of-the-primary}. A character of the
     *     password that has a meaning in URIs is written {@code %xx}; names of hosts have no underscores
     * @throws IllegalArgumentException if it has another form; the message does not quote it
     */
    public static RedisStorageBuilder builder(String uri) {
        var unused = LIBRARIES.start(() -> parsed(uri));
        return new RedisStorageBuilder(false, List.of(uri));
    }

    /**
     * Starts wiring for a Redis Cluster.
     *
     * @param uri the address of one of its servers, as for {@link #builder}, without a database
     * @param more addresses of other servers, which are used if that one is down
     * @throws IllegalArgumentException if one of them has another form; the message does not quote it
     */
    public static RedisStorageBuilder cluster(String uri, String... more) {
        List<String> uris = Stream.concat(Stream.of(uri), Stream.of(more)).toList();
        List<RedisURI> parsed =
                LIBRARIES.start(() -> uris.stream().map(RedisStorage::parsed).toList());
        boolean fit = parsed.stream()
                .allMatch(each -> each.getSentinels().isEmpty()
                        && each.getDatabase() == 0
                        && each.isSsl() == parsed.get(0).isSsl());
        if (!fit) {
            throw new IllegalArgumentException(
                    "uri: of a cluster, without Sentinel and without a database, and all of one scheme, was"
                            + " something else");
        }
        return new RedisStorageBuilder(true, uris);
    }

    static RedisURI parsed(String uri) {
        try {
            RedisURI parsed = RedisURI.create(uri);
            // Lettuce takes a text that it can't read for a host; Java's URI knows no list of Sentinels
            if (!parsed.getSentinels().isEmpty() || isOfOneHost(URI.create(uri))) {
                return parsed;
            }
        } catch (RuntimeException e) {
            // the cause and its message may contain the password
        }
        throw new IllegalArgumentException("uri: as redis://user:password@host:6379, was something else");
    }

    private static boolean isOfOneHost(URI uri) {
        return uri.getHost() != null && uri.getPort() <= HIGHEST_PORT && uri.getFragment() == null;
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
    public Optional<RateLimitStore> rateLimits() {
        return shared.rateLimits();
    }

    @Override
    public ChangeFeed feed() {
        return shared.feed();
    }

    /**
     * The store of a key ring for all nodes. They hear of its changes by the {@linkplain #feed() feed}, whose thread
     * starts with the first ring over this store. The ring is secret: anybody who can read this Redis can sign.
     *
     * @param name 1 to 40 visible ASCII characters; rings with the same name are the same ring
     */
    public KeyRingStore keyRing(String name) {
        return KeyRingStore.announced(new RedisKeyRingStore(link, keys, name), name, feed());
    }

    /** Stops the feed and closes all connections; calls under way fail. Idempotent. */
    @Override
    public void close() {
        shared.close();
        link.close();
        connector.close();
    }
}
