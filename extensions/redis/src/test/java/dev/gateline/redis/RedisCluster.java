package dev.gateline.redis;

import dev.gateline.redis.RedisServer.Version;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Three servers that share the slots. */
final class RedisCluster {
    private static final int SLOTS = 16_384;
    private static final Object LOCK = new Object();
    private static RedisCluster shared;

    private final List<RedisServer> servers = new ArrayList<>();

    /** One for all tests of this JVM that spare what others have in it. */
    static RedisCluster shared() {
        synchronized (LOCK) {
            if (shared == null) {
                shared = new RedisCluster();
            }
            return shared;
        }
    }

    private RedisCluster() {
        for (int i = 0; i < 3; i++) {
            servers.add(RedisServer.start(Version.V7, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
        }
        RedisClient client = RedisClient.create();
        try {
            form(client);
        } finally {
            client.shutdown();
        }
    }

    private void form(RedisClient client) {
        List<RedisCommands<String, String>> nodes = redisUris().stream()
                .map(client::connect)
                .map(StatefulRedisConnection::sync)
                .toList();
        for (int i = 0; i < 3; i++) {
            nodes.get(i)
                    .clusterAddSlots(
                            IntStream.range(SLOTS * i / 3, SLOTS * (i + 1) / 3).toArray());
            nodes.get(i).clusterSetConfigEpoch(i + 1);
        }
        nodes.get(0).clusterMeet("127.0.0.1", servers.get(1).port());
        nodes.get(0).clusterMeet("127.0.0.1", servers.get(2).port());
        RedisServer.await(
                "all know that the cluster is whole",
                () -> nodes.stream()
                        .allMatch(node -> node.clusterInfo().contains("cluster_state:ok")
                                && node.clusterInfo().contains("cluster_known_nodes:3")));
    }

    List<RedisServer> servers() {
        return servers;
    }

    List<RedisURI> redisUris() {
        return servers.stream().map(RedisServer::uri).map(RedisURI::create).toList();
    }
}
