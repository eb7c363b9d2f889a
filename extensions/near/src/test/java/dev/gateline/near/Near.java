package dev.gateline.near;

import dev.gateline.store.ChangeFeed;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** One node in front of memory, for contracts whose clock is their own. */
final class Near {
    private Near() {}

    static Storage storage(int capacity) {
        return NearStorage.builder(SharedStorage.of(Storage.inMemory(capacity), ChangeFeed.inProcess()))
                .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .build();
    }
}
