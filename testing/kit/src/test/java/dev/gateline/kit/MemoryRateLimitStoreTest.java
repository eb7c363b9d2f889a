package dev.gateline.kit;

import dev.gateline.spi.RateLimitStore;
import dev.gateline.spi.Storage;

class MemoryRateLimitStoreTest extends RateLimitStoreContract {
    @Override
    protected RateLimitStore store() {
        return Storage.inMemory(1).rateLimits().orElseThrow();
    }
}
