package dev.gateline.store;

import dev.gateline.LoginId;
import dev.gateline.internal.Each;
import dev.gateline.internal.Rules;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A storage of several, each of which keeps a part of the logins, with their revocations and rate limits. Each shard
 * has a server of its own, and a feed and a {@code NearStorage} of its own. A node whose knowledge of one shard is old
 * asks that shard, and the logins of the others don't notice.
 *
 * <p>The shard of a user has all logins of the user in a realm. All nodes have to give the same names to the same
 * servers. A change of the names moves logins, so it ends them: stop all nodes, wait until the last access token has
 * expired, change the names, start the nodes, and call {@code endEverybody} of each authenticator. Thread-safe.
 *
 * <pre>{@code
 * Storage storage = ShardedStorage.of(Map.of(
 *         "north", NearStorage.over(RedisStorage.builder("redis://north.example").build()),
 *         "south", NearStorage.over(RedisStorage.builder("redis://south.example").build())));
 * }</pre>
 */
public final class ShardedStorage implements Storage, AutoCloseable {
    private final Map<String, Storage> byName;
    private final Shards<Storage> shards;
    private final LoginStore logins;
    private final RevocationStore revocations;
    private final Optional<RateLimitStore> rateLimits;

    private ShardedStorage(Map<String, Storage> byName) {
        this.byName = byName;
        shards = Shards.of(byName);
        logins = new ShardedLogins(shards.map(Storage::logins));
        revocations = new ShardedRevocations(shards.map(Storage::revocations));
        Shards<Optional<RateLimitStore>> limits = shards.map(Storage::rateLimits);
        rateLimits = limits.all().stream().allMatch(Optional::isPresent)
                ? Optional.of(new ShardedRateLimits(limits.map(Optional::orElseThrow)))
                : Optional.empty();
    }

    /**
     * Joins storages.
     *
     * @param shards the storages, by names of 1 to 40 visible ASCII characters; with many nodes each storage is a
     *     {@code NearStorage}
     * @throws IllegalArgumentException if there is no storage, if a name is another text, if two names have the same
     *     storage, or if a storage has shards itself
     */
    public static ShardedStorage of(Map<String, ? extends Storage> shards) {
        Rules.require(!shards.isEmpty(), "shards: at least 1 storage, was none");
        shards.keySet()
                .forEach(name -> Rules.require(
                        name.matches("[\\x21-\\x7e]{1,40}"),
                        "name of a shard: 1 to 40 visible ASCII characters, was " + name));
        Rules.require(
                shards.values().stream().distinct().count() == shards.size(),
                "shards: a storage for each name, was the same storage for two names");
        Rules.require(
                shards.values().stream().noneMatch(ShardedStorage.class::isInstance),
                "shards: no sharded storage among them; name its shards instead");
        return new ShardedStorage(Collections.unmodifiableMap(new TreeMap<>(shards)));
    }

    /** The storages by name, for health checks. */
    public Map<String, Storage> shards() {
        return byName;
    }

    /** Draws ids until one belongs to the shard of the user. */
    @Override
    public LoginId newLoginId(String realm, String subject) {
        int home = shards.placeOf(Revocable.subjectKey(realm, subject));
        LoginId id = Storage.super.newLoginId(realm, subject);
        while (shards.placeOf(id.value()) != home) {
            id = Storage.super.newLoginId(realm, subject);
        }
        return id;
    }

    @Override
    public Storage partOf(LoginId id) {
        return shards.of(id.value());
    }

    @Override
    public List<Storage> parts() {
        return shards.all();
    }

    @Override
    public LoginStore logins() {
        return logins;
    }

    /**
     * The revocations. The ending of a login goes to its shard, and the ending of a user's logins to the shard of the
     * user. The ending of everybody's logins, and of a token whose login is not named, goes to all shards. If one of
     * them can't be reached, the call throws, and has reached the others.
     */
    @Override
    public RevocationStore revocations() {
        return revocations;
    }

    /** The rate limits, each kept by one shard; empty if a shard has none. */
    @Override
    public Optional<RateLimitStore> rateLimits() {
        return rateLimits;
    }

    /** Closes the shards that can be closed. Call it after the authenticators' {@code close()}. */
    @Override
    public void close() {
        Each.of(byName.values(), ShardedStorage::close);
    }

    private static void close(Storage shard) {
        if (shard instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("a shard could not be closed", e);
            }
        }
    }
}
