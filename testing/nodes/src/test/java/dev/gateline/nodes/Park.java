package dev.gateline.nodes;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.LoginLimit;
import dev.gateline.servers.Await;
import dev.gateline.servers.Server;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Three nodes on one server, or on several that share the logins. */
final class Park implements AutoCloseable {
    static final Duration MAX_STALENESS = Duration.ofSeconds(1);

    private final Technology technology;
    private final List<Server> servers;
    private final Strategy strategy;
    private final UnaryOperator<SharedStorage> disturbance;
    private LoginLimit limit = Strategy.USUAL_LIMIT;
    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private final List<Consumer<AuthEvent>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger started = new AtomicInteger();

    /** Without nodes. */
    Park(Technology technology, List<Server> servers, Strategy strategy, UnaryOperator<SharedStorage> disturbance) {
        this.technology = technology;
        this.servers = servers;
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
        Node node = new Node(this, "node " + started.incrementAndGet(), clock);
        nodes.add(node);
        return node;
    }

    void remove(Node node) {
        nodes.remove(node);
        node.close();
    }

    /** The only server. */
    Server server() {
        return servers.get(0);
    }

    List<Server> servers() {
        return servers;
    }

    Technology technology() {
        return technology;
    }

    Strategy strategy() {
        return strategy;
    }

    /** How many logins a subject may have at nodes that are added from now on. */
    Park limit(LoginLimit most) {
        limit = most;
        return this;
    }

    Authenticator gate(Storage storage, Clock clock, AuthListener listener) {
        return strategy.gate(storage, clock, listener, limit);
    }

    /** Hears of what happens at any node from now on. */
    void listen(Consumer<AuthEvent> listener) {
        listeners.add(listener);
    }

    void tell(AuthEvent event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    SharedStorage disturbed(SharedStorage storage) {
        return disturbance.apply(storage);
    }

    List<Node> nodes() {
        return nodes;
    }

    Node any(Random random) {
        return nodes.get(random.nextInt(nodes.size()));
    }

    void awaitAllStale() {
        Await.until("all nodes have noticed", () -> nodes.stream().allMatch(Node::isStale));
    }

    void awaitAllFresh() {
        Await.until("all nodes hear of changes", () -> nodes.stream().noneMatch(Node::isStale));
    }

    /**
     * Waits until all nodes have heard of everything that was done before this call. A node may refuse an ended login
     * before that, because the row is gone.
     */
    void awaitAllHeard() {
        long now = System.nanoTime();
        Await.until("all nodes have heard", () -> nodes.stream().allMatch(node -> node.hasHeardUntil(now)));
    }

    @Override
    public void close() {
        nodes.forEach(this::remove);
    }
}
