package dev.gateline.nodes;

import dev.gateline.servers.Await;
import dev.gateline.servers.PostgresServer;
import dev.gateline.servers.Server;
import dev.gateline.servers.Wire;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** The faults of a park: one at the server and one at a node at a time. Used by one thread. */
final class Faults {
    private static final List<Duration> WRONG = List.of(
            Duration.ofSeconds(30),
            Duration.ofSeconds(-30),
            Duration.ofMinutes(40),
            Duration.ofMinutes(-40),
            Duration.ofDays(100),
            Duration.ofDays(-100));

    private final Park park;
    private final Mode mode;
    private final Losses losses;
    private final Random random;
    private Losses.Window window;

    Faults(Park park, Mode mode, Losses losses, Random random) {
        this.park = park;
        this.mode = mode;
        this.losses = losses;
        this.random = random;
    }

    /** One, or two at once; a loss comes alone, as it may need every node to make up for it. */
    List<Fault> next() {
        if (mode.loses() && random.nextInt(5) < 3) {
            return List.of(loss());
        }
        return switch (random.nextInt(3)) {
            case 0 -> List.of(ofServer());
            case 1 -> List.of(ofNode());
            default -> List.of(ofServer(), ofNode());
        };
    }

    private Fault loss() {
        if (mode == Mode.EMPTIED) {
            return Fault.atOnce("the store is emptied", this::empty);
        }
        if (mode == Mode.SPLIT) {
            return new Fault("two primaries", this::split, this::unite);
        }
        return park.server() instanceof RedisPair
                ? new Fault("fail-over without the last writes", this::promote, this::failOver)
                : new Fault("back to a copy of the data", this::keepCopy, this::goBack);
    }

    private void empty() {
        Losses.Window all = losses.openForAll();
        park.technology().empty(park.server());
        all.close();
    }

    private RedisPair pair() {
        return (RedisPair) park.server();
    }

    private void promote() {
        pair().awaitInStep();
        window = losses.open();
        pair().promote();
    }

    private void failOver() {
        int port = pair().portOfReplica();
        park.nodes().forEach(node -> node.wire().move(port));
        pair().swap();
        window.close();
    }

    private void keepCopy() {
        window = losses.open();
        ((PostgresServer) park.server()).keepCopy();
    }

    private void goBack() {
        ((PostgresServer) park.server()).goBackToCopy();
        window.close();
    }

    /** Some nodes are led to the new primary, and of some only the feed. */
    private void split() {
        pair().awaitInStep();
        window = losses.open();
        pair().isolate();
        pair().promote();
        List<Node> some = park.nodes().subList(0, 1 + random.nextInt(2));
        some.forEach(node -> lead(node, random.nextBoolean()));
    }

    private void lead(Node node, boolean wholly) {
        node.wire().move(pair().portOfReplica());
        if (wholly) {
            node.wire().cut();
        } else {
            node.wire().refuse(park.technology().wordsOfTheFeed());
            Await.until("the node has noticed", node::isStale);
        }
        node.wire().mend();
    }

    private void unite() {
        park.nodes().forEach(node -> lead(node, true));
        window.close();
        pair().swap();
    }

    private Fault ofServer() {
        int which = random.nextInt(park.servers().size());
        Server server = park.servers().get(which);
        return switch (random.nextInt(5)) {
            case 0 -> new Fault("the server is killed", server::kill, server::start);
            case 1 -> new Fault("the server is stopped", server::stop, server::start);
            case 2 -> new Fault("the server is frozen", server::freeze, server::thaw);
            case 3 -> new Fault("all nodes are cut off", () -> all(which, Wire::cut), () -> all(which, Wire::mend));
            default ->
                new Fault(
                        "the server is 60 ms away",
                        () -> all(which, wire -> wire.delay(Duration.ofMillis(30))),
                        () -> all(which, wire -> wire.delay(Duration.ZERO)));
        };
    }

    /** Does something to the cables of all nodes to a server. */
    private void all(int server, Consumer<Wire> what) {
        park.nodes().forEach(node -> what.accept(node.wires().get(server)));
    }

    private Fault ofNode() {
        Node node = park.any(random);
        if (mode == Mode.CLOCKS && random.nextInt(5) < 4) {
            return ofClock(node);
        }
        Technology technology = park.technology();
        Wire wire = Subject.any(node.wires(), random);
        return switch (random.nextInt(5)) {
            case 0 -> new Fault(node + " is cut off", wire::cut, wire::mend);
            case 1 -> refusing(wire, "the feed of " + node, technology.wordsOfTheFeed());
            case 2 -> refusing(wire, "the stores of " + node, technology.wordsOfTheStores());
            case 3 -> new Fault(node + " is frozen", wire::freeze, wire::thaw);
            default -> Fault.atOnce(node + " is started anew", () -> startAnew(node, Duration.ZERO));
        };
    }

    private static Fault refusing(Wire wire, String what, List<String> words) {
        return new Fault(what + " is cut", () -> wire.refuse(words), wire::mend);
    }

    private Fault ofClock(Node node) {
        Duration off = Subject.any(WRONG, random);
        if (random.nextInt(3) > 0) {
            return new Fault(
                    "the clock of " + node + " is " + off + " off",
                    () -> node.clock().shift(off),
                    () -> node.clock().shift(Duration.ZERO));
        }
        Node[] fresh = new Node[1];
        return new Fault(
                node + " is started anew with a clock that is " + off + " off",
                () -> fresh[0] = startAnew(node, off),
                () -> fresh[0].clock().shift(Duration.ZERO));
    }

    private Node startAnew(Node node, Duration off) {
        ShiftedClock clock = new ShiftedClock(Clock.systemUTC());
        clock.shift(off);
        Node fresh = park.add(clock);
        park.remove(node);
        return fresh;
    }
}
