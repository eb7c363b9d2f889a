package dev.gateline.redis;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;

/** Wires a {@link RedisStorage}. Not thread-safe. */
public final class RedisStorageBuilder {
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(10);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final int MOST_REPLICAS = 10;

    final boolean cluster;
    final List<String> uris;
    Duration timeout = Duration.ofSeconds(2);
    String keyPrefix = "gateline";
    int replicas;
    Duration within = Duration.ZERO;

    RedisStorageBuilder(boolean cluster, List<String> uris) {
        this.cluster = cluster;
        this.uris = uris;
    }

    /**
     * Sets how long to wait for a connection, and for an answer.
     *
     * @param longest 10 ms to 1 min; default: 2 s
     */
    public RedisStorageBuilder timeout(Duration longest) {
        if (longest.compareTo(SHORTEST_TIMEOUT) < 0 || longest.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout: 10 ms to 1 min, was " + longest);
        }
        timeout = longest;
        return this;
    }

    /**
     * Sets the prefix of all keys, so that other programs can share the server.
     *
     * @param prefix 1 to 40 letters, digits, dots, hyphens, underscores and colons; default: {@code gateline}
     */
    public RedisStorageBuilder keyPrefix(String prefix) {
        if (!prefix.matches("[A-Za-z0-9._:-]{1,40}")) {
            throw new IllegalArgumentException(
                    "key prefix: 1 to 40 letters, digits, dots, hyphens, underscores and colons, was " + prefix);
        }
        keyPrefix = prefix;
        return this;
    }

    /**
     * Lets {@code logout} and {@code end*} return only after so many replicas have the ending, so that it survives a
     * fail-over to one of them. Otherwise the call throws. The primary may have the ending then, and the call may be
     * repeated. Each step of an ending takes one more round trip. The user also needs {@code +wait}. This setting does
     * not work with a cluster.
     *
     * @param least the number of replicas, 1 to 10; default: no replica is waited for
     * @param longest how long to wait for them: 10 ms to 1 min
     */
    public RedisStorageBuilder endingsReachReplicas(int least, Duration longest) {
        if (least < 1 || least > MOST_REPLICAS) {
            throw new IllegalArgumentException("replicas: 1 to " + MOST_REPLICAS + ", was " + least);
        }
        if (longest.compareTo(SHORTEST_TIMEOUT) < 0 || longest.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("time for the replicas: 10 ms to 1 min, was " + longest);
        }
        replicas = least;
        within = longest;
        return this;
    }

    /**
     * Builds the storage, without a connection. It returns at once.
     *
     * @throws IllegalArgumentException if the settings don't fit together
     */
    public RedisStorage build() {
        if (cluster && replicas > 0) {
            throw new IllegalArgumentException(
                    "endingsReachReplicas: of one server or Sentinel only, was of a cluster; there set"
                            + " min-replicas-to-write");
        }
        return new RedisStorage(this);
    }

    /** The way to the server or servers. */
    Connector connector() {
        List<RedisURI> parsed = uris.stream().map(this::timed).toList();
        return cluster ? Connector.toCluster(parsed, timeout) : Connector.toPrimary(parsed.get(0), timeout);
    }

    private RedisURI timed(String uri) {
        RedisURI parsed = RedisStorage.parsed(uri);
        parsed.setTimeout(timeout);
        parsed.getSentinels().forEach(sentinel -> sentinel.setTimeout(timeout));
        return parsed;
    }
}
