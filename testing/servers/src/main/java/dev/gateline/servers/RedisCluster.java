package dev.gateline.servers;

import dev.gateline.servers.RedisServer.Version;
import java.util.ArrayList;
import java.util.List;

/** Three servers that share the slots. Not thread-safe. */
public final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final Object LOCK = new Object();
    private static final List<RedisCluster> SHARED = new ArrayList<>();

    private final List<RedisServer> servers = new ArrayList<>();

    /** One for all tests of this JVM that spare what others have in it. */
    public static RedisCluster shared() {
        synchronized (LOCK) {
            if (SHARED.isEmpty()) {
                SHARED.add(new RedisCluster());
            }
            return SHARED.get(0);
        }
    }

    /** Starts one for a test that moves its slots. */
    public static RedisCluster start() {
        return new RedisCluster();
    }

    private RedisCluster() {
        for (int i = 0; i < 3; i++) {
            servers.add(RedisServer.start(
                    Version.V7, List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "2000")));
        }
        for (int i = 0; i < 3; i++) {
            RedisServer server = servers.get(i);
            server.ask(slots(i));
            server.ask("CLUSTER", "SET-CONFIG-EPOCH", "" + (i + 1));
            servers.get(0).ask("CLUSTER", "MEET", "127.0.0.1", "" + server.port());
        }
        Await.until("the cluster is whole", () -> servers.stream().allMatch(RedisCluster::knowsAll));
    }

    private static String[] slots(int server) {
        return new String[] {"CLUSTER", "ADDSLOTSRANGE", "" + SLOTS * server / 3, "" + (SLOTS * (server + 1) / 3 - 1)};
    }

    private static boolean knowsAll(RedisServer server) {
        String info = server.ask("CLUSTER", "INFO");
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3");
    }

    /** Where they listen, as clients want it. */
    public List<String> uris() {
        return servers.stream().map(RedisServer::uri).toList();
    }

    /** The servers. */
    public List<RedisServer> servers() {
        return List.copyOf(servers);
    }

    /** Stops the servers of a cluster that is not shared. */
    @Override
    public void close() {
        servers.forEach(RedisServer::close);
    }
}
