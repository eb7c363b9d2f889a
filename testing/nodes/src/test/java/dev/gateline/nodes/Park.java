package dev.gateline.nodes;

import dev.gateline.nodes.Technology.Server;
import dev.gateline.servers.Await;
import dev.gateline.spi.SharedStorage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Three nodes on one server. */
final class Park implements AutoCloseable {
    static final Duration MAX_STALENESS = Duration.ofSeconds(1);

    private final Server server;
    private final Strategy strategy;
    private final UnaryOperator<SharedStorage> disturbance;
    private final List<Node> nodes = new CopyOnWriteArrayList<>();

    /** Without nodes. */
    Park(Server server, Strategy strategy, UnaryOperator<SharedStorage> disturbance) {
        this.server = server;
        this.strategy = strategy;
        this.disturbance = disturbance;
    }

    static Park open(Server server, Strategy strategy) {
        return open(server, strategy, UnaryOperator.identity());
    }

    static Park open(Server server, Strategy strategy, UnaryOperator<SharedStorage> disturbance) {
        Park park = new Park(server, strategy, disturbance);
        for (int i = 0; i < 3; i++) {
            park.add(Clock.systemUTC());
        }
        return park;
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
