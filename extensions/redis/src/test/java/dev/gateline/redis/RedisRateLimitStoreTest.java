package dev.gateline.redis;

import dev.gateline.kit.RateLimitStoreContract;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.store.RateLimitStore;
import org.junit.jupiter.api.Nested;

class RedisRateLimitStoreTest {

    @Nested
    class On7 extends RateLimitStoreContract {
        @Override
        protected RateLimitStore store() {
            return TestStorage.on(Version.V7, TestStorage.freshPrefix())
                    .rateLimits()
                    .orElseThrow();
        }
    }

    @Nested
    class On6 extends RateLimitStoreContract {
        @Override
        protected RateLimitStore store() {
            return TestStorage.on(Version.V6, TestStorage.freshPrefix())
                    .rateLimits()
                    .orElseThrow();
        }
    }

    @Nested
    class OnCluster extends RateLimitStoreContract {
        @Override
        protected RateLimitStore store() {
            return TestStorage.onCluster(TestStorage.freshPrefix()).rateLimits().orElseThrow();
        }
    }
}
