package dev.gateline.redis;

import dev.gateline.kit.RevocationStoreContract;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.store.RevocationStore;
import org.junit.jupiter.api.Nested;

class RedisRevocationStoreTest {

    @Nested
    class On7 extends RevocationStoreContract {
        @Override
        protected RevocationStore store() {
            return TestStorage.on(Version.V7, TestStorage.freshPrefix()).revocations();
        }
    }

    @Nested
    class On6 extends RevocationStoreContract {
        @Override
        protected RevocationStore store() {
            return TestStorage.on(Version.V6, TestStorage.freshPrefix()).revocations();
        }
    }

    @Nested
    class OnCluster extends RevocationStoreContract {
        @Override
        protected RevocationStore store() {
            return TestStorage.onCluster(TestStorage.freshPrefix()).revocations();
        }
    }
}
