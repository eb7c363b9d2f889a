package dev.gateline.nodes;

import dev.gateline.AuthEvent;
import dev.gateline.Authenticator;
import dev.gateline.near.NearStorage;
import dev.gateline.servers.Wire;
import dev.gateline.store.SharedStorage;
import java.time.Clock;
import java.util.function.Consumer;

/** A gate with connections and a memory of its own. */
final class Node implements AutoCloseable {
    private final Wire wire;
    private final NearStorage storage;
    private final Authenticator gate;
    private final String name;
    private final ShiftedClock clock;
    private final Consumer<AuthEvent> listener;
    private volatile boolean stale;
    private volatile boolean closing;

    Node(Park park, String name, Clock time) {
        this.name = name;
        clock = time instanceof ShiftedClock shifted ? shifted : new ShiftedClock(time);
        listener = park::tell;
        wire = new Wire(park.server().port());
        SharedStorage shared = park.disturbed(park.technology().connect(wire.port()));
        storage = NearStorage.builder(shared)
                .maxStaleness(Park.MAX_STALENESS)
                .clock(clock)
                .listener(this::hear)
                .build();
        gate = park.gate(storage, clock, this::hear);
    }

    private void hear(AuthEvent event) {
        if (event instanceof AuthEvent.FeedLost) {
            stale = true;
        } else if (event instanceof AuthEvent.FeedRegained) {
            stale = false;
        }
        listener.accept(event);
    }

    Authenticator gate() {
        return gate;
    }

    Wire wire() {
        return wire;
    }

    /** Whether it has noticed that it hears of changes no longer, and hears of them not yet again. */
    boolean isStale() {
        return stale;
    }

    /** What time it is there, which a test may change. */
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
