package dev.gateline.redis;

import dev.gateline.kit.ChangeFeedContract;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.store.ChangeFeed;
import org.junit.jupiter.api.Nested;

class RedisChangeFeedTest {

    @Nested
    class On7 extends ChangeFeedContract {
        private final String prefix = TestStorage.freshPrefix();

        @Override
        protected ChangeFeed connect() {
            return TestStorage.on(Version.V7, prefix).feed();
        }
    }

    @Nested
    class On6 extends ChangeFeedContract {
        private final String prefix = TestStorage.freshPrefix();

        @Override
        protected ChangeFeed connect() {
            return TestStorage.on(Version.V6, prefix).feed();
        }
    }

    @Nested
    class OnCluster extends ChangeFeedContract {
        private final String prefix = TestStorage.freshPrefix();

        @Override
        protected ChangeFeed connect() {
            return TestStorage.onCluster(prefix).feed();
        }
    }
}
