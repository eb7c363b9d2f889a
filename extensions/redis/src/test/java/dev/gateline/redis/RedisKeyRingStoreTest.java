package dev.gateline.redis;

import dev.gateline.kit.KeyRingStoreContract;
import dev.gateline.servers.RedisCluster;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.store.KeyRingStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class RedisKeyRingStoreTest {

    abstract static class On extends KeyRingStoreContract {
        private final String prefix = TestStorage.freshPrefix();
        private final List<RedisStorage> nodes = new ArrayList<>();

        abstract RedisStorageBuilder builder();

        @Override
        protected KeyRingStore connect(String name) {
            RedisStorage node = builder().keyPrefix(prefix).build();
            nodes.add(node);
            return node.keyRing(name);
        }

        @AfterEach
        void closeNodes() {
            nodes.forEach(RedisStorage::close);
        }
    }

    @Nested
    class On7 extends On {
        @Override
        RedisStorageBuilder builder() {
            return RedisStorage.builder(RedisServer.shared(Version.V7).uri());
        }
    }

    @Nested
    class On6 extends On {
        @Override
        RedisStorageBuilder builder() {
            return RedisStorage.builder(RedisServer.shared(Version.V6).uri());
        }
    }

    @Nested
    class OnCluster extends On {
        @Override
        RedisStorageBuilder builder() {
            return RedisStorage.cluster(RedisCluster.shared().uris().get(0));
        }
    }
}
