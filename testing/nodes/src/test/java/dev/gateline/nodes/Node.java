package dev.gateline.nodes;

import dev.gateline.Authenticator;
import dev.gateline.near.NearStorage;
import dev.gateline.servers.Wire;
import dev.gateline.store.SharedStorage;
import java.time.Clock;

/** A gate with connections and a memory of its own. */
final class Node implements AutoCloseable {
    private final Wire wire;
    private final NearStorage storage;
    private final Authenticator gate;
    private final String name;
    private final ShiftedClock clock;
    private volatile boolean closing;

    Node(Park park, String name, Clock time) {
        this.name = name;
        clock = time instanceof ShiftedClock shifted ? shifted : new ShiftedClock(time);
        wire = new Wire(park.server().port());
        SharedStorage shared = park.disturbed(park.technology().connect(wire.port()));
        storage = NearStorage.builder(shared)
                .maxStaleness(Park.MAX_STALENESS)
                .clock(clock)
                .listener(park::tell)
                .build();
        gate = park.gate(storage, clock, park::tell);
    }

    Authenticator gate() {
        return gate;
    }

    Wire wire() {
        return wire;
    }

    /** Whether it doesn't hear of changes, or hears of them not yet. */
    boolean isStale() {
        return !storage.health().fresh();
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
        storage.close();
        wire.close();
    }
}
