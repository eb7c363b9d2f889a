package dev.gateline.kit;

import dev.gateline.store.RateLimitStore;
import dev.gateline.store.Storage;

class MemoryRateLimitStoreTest extends RateLimitStoreContract {
    @Override
    protected RateLimitStore store() {
        return Storage.inMemory(1).rateLimits().orElseThrow();
    }
}
