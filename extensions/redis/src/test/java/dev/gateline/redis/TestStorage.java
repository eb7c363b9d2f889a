package dev.gateline.redis;

import dev.gateline.servers.RedisCluster;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.store.SharedStorage;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Empty storages on servers that all tests of this JVM share, over one connection. */
final class TestStorage {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Map<String, Node> NODES = new ConcurrentHashMap<>();
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private TestStorage() {}

    /** A client of one server or of a cluster. */
    private record Node(Connector connector, Link link, boolean cluster) {
        static Node to(Connector connector, boolean cluster) {
            return new Node(connector, new Link(connector, TIMEOUT, connection -> {}), cluster);
        }
    }

    static String freshPrefix() {
        return "test" + PREFIXES.incrementAndGet();
    }

    static SharedStorage on(Version version, String prefix) {
        return on(version.name(), prefix, () -> {
            RedisServer server = RedisServer.shared(version);
            return Node.to(Connector.toPrimary(RedisURI.create(server.uri()), TIMEOUT), false);
        });
    }

    static SharedStorage onCluster(String prefix) {
        return on(
                "cluster",
                prefix,
                () -> Node.to(
                        Connector.toCluster(
                                RedisCluster.shared().uris().stream()
                                        .map(RedisURI::create)
                                        .toList(),
                                TIMEOUT),
                        true));
    }

    private static SharedStorage on(String name, String prefix, Supplier<Node> start) {
        Node node = NODES.computeIfAbsent(name, same -> start.get());
        KeyNames keys = new KeyNames(prefix);
        Link link = node.link;
        Link listening = new Link(node.connector, TIMEOUT, connection -> {});
        RedisChangeFeed feed = new RedisChangeFeed(link, listening, keys, new StoresCheck(keys.feed()), !node.cluster);
        return RedisStorage.joined(Endings.ofThePrimary(link), keys, feed, node.cluster);
    }
}
