package dev.gateline.nodes;

import dev.gateline.AuthEvent;
import dev.gateline.Authenticator;
import dev.gateline.near.NearStorage;
import dev.gateline.servers.Wire;
import dev.gateline.spi.SharedStorage;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gate with connections and a memory of its own. */
final class Node implements AutoCloseable {
    private final Wire wire;
    private final NearStorage storage;
    private final Authenticator gate;
    private final List<AuthEvent> feedEvents = new CopyOnWriteArrayList<>();

    Node(Park park, Clock clock) {
        wire = new Wire(park.server().port());
        SharedStorage shared = park.disturbed(park.technology().connect(wire.port()));
        storage = NearStorage.builder(shared)
                .maxStaleness(Park.MAX_STALENESS)
                .clock(clock)
                .listener(this::hear)
                .build();
        gate = park.strategy().gate(storage, clock, this::hear);
    }

    private void hear(AuthEvent event) {
        if (event instanceof AuthEvent.FeedLost || event instanceof AuthEvent.FeedRegained) {
            feedEvents.add(event);
        }
    }

    Authenticator gate() {
        return gate;
    }

    Wire wire() {
        return wire;
    }

    /** Whether it has noticed that it hears of changes no longer, and hears of them not yet again. */
    boolean isStale() {
        int last = feedEvents.size() - 1;
        return last >= 0 && feedEvents.get(last) instanceof AuthEvent.FeedLost;
    }

    @Override
    public void close() {
        gate.close();
        storage.close();
        wire.close();
    }
}
