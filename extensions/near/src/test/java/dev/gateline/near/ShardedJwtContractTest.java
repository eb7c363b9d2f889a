package dev.gateline.near;

import dev.gateline.store.ShardedStorage;
import dev.gateline.store.Storage;
import java.util.Map;

class ShardedJwtContractTest extends NearJwtContractTest {
    @Override
    protected Storage storage(int capacity) {
        return ShardedStorage.of(Map.of("a", Near.storage(capacity), "b", Near.storage(capacity)));
    }
}
