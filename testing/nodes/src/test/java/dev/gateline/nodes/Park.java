package dev.gateline.nodes;

import dev.gateline.servers.Await;
import dev.gateline.servers.Server;
import dev.gateline.spi.SharedStorage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Three nodes on one server. */
final class Park implements AutoCloseable {
    static final Duration MAX_STALENESS = Duration.ofSeconds(1);

    private final Technology technology;
    private final Server server;
    private final Strategy strategy;
    private final UnaryOperator<SharedStorage> disturbance;
    private final List<Node> nodes = new CopyOnWriteArrayList<>();

    /** Without nodes. */
    Park(Technology technology, Server server, Strategy strategy, UnaryOperator<SharedStorage> disturbance) {
        this.technology = technology;
        this.server = server;
        this.strategy = strategy;
        this.disturbance = disturbance;
    }

    Park open() {
        for (int i = 0; i < 3; i++) {
            add(Clock.systemUTC());
        }
        return this;
    }

    Node add(Clock clock) {
        Node node = new Node(this, clock);
        nodes.add(node);
        return node;
    }

    void remove(Node node) {
        nodes.remove(node);
        node.close();
    }

    Server server() {
        return server;
    }

    Technology technology() {
        return technology;
    }

    Strategy strategy() {
        return strategy;
    }

    SharedStorage disturbed(SharedStorage storage) {
        return disturbance.apply(storage);
    }

    List<Node> nodes() {
        return nodes;
    }

    void awaitAllStale() {
        Await.until("all nodes have noticed", () -> nodes.stream().allMatch(Node::isStale));
    }

    @Override
    public void close() {
        nodes.forEach(this::remove);
    }
}
