package dev.gateline.nodes;

import dev.gateline.Authenticator;
import dev.gateline.near.NearStorage;
import dev.gateline.servers.Server;
import dev.gateline.servers.Wire;
import dev.gateline.store.ShardedStorage;
import dev.gateline.store.SharedStorage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A gate with connections and a memory of its own. */
final class Node implements AutoCloseable {
    private final List<Wire> wires = new ArrayList<>();
    private final Map<String, NearStorage> shards = new TreeMap<>();
    private final Authenticator gate;
    private final String name;
    private final ShiftedClock clock;
    private volatile boolean closing;

    Node(Park park, String name, Clock time) {
        this.name = name;
        clock = time instanceof ShiftedClock shifted ? shifted : new ShiftedClock(time);
        park.servers().forEach(server -> connect(park, server));
        NearStorage first = shards.values().iterator().next();
        gate = park.gate(shards.size() == 1 ? first : ShardedStorage.of(shards), clock, park::tell);
    }

    private void connect(Park park, Server server) {
        Wire wire = new Wire(server.port());
        wires.add(wire);
        SharedStorage shared = park.disturbed(park.technology().connect(wire.port()));
        NearStorage shard = NearStorage.builder(shared)
                .maxStaleness(Park.MAX_STALENESS)
                .clock(clock)
                .listener(park::tell)
                .build();
        shards.put("shard-" + shards.size(), shard);
    }

    Authenticator gate() {
        return gate;
    }

    /** The cable to the only server. */
    Wire wire() {
        return wires.get(0);
    }

    /** The cables to the servers of the park, in their order. */
    List<Wire> wires() {
        return wires;
    }

    /** Whether it doesn't hear of changes, or hears of them not yet. */
    boolean isStale() {
        return !shards.values().stream().allMatch(shard -> shard.health().fresh());
    }

    /** Whether it has proof that it has heard of every change until a moment of {@link System#nanoTime()}. */
    boolean hasHeardUntil(long nanos) {
        Duration since = Duration.ofNanos(System.nanoTime() - nanos);
        return shards.values().stream()
                .allMatch(shard -> shard.health()
                        .age()
                        .filter(age -> age.compareTo(since) <= 0)
                        .isPresent());
    }

    /** The clock of the node, which a test may change. */
    ShiftedClock clock() {
        return clock;
    }

    /** Whether it is about to end: a call may then fail in any way. */
    boolean isClosing() {
        return closing;
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        closing = true;
        gate.close();
        shards.values().forEach(NearStorage::close);
        wires.forEach(Wire::close);
    }
}
