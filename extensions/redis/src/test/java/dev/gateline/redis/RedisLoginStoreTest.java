package dev.gateline.redis;

import dev.gateline.kit.LoginStoreContract;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.store.LoginStore;
import org.junit.jupiter.api.Nested;

class RedisLoginStoreTest {

    @Nested
    class On7 extends LoginStoreContract {
        @Override
        protected LoginStore store(int capacity) {
            return TestStorage.on(Version.V7, TestStorage.freshPrefix()).logins();
        }
    }

    @Nested
    class On6 extends LoginStoreContract {
        @Override
        protected LoginStore store(int capacity) {
            return TestStorage.on(Version.V6, TestStorage.freshPrefix()).logins();
        }
    }

    @Nested
    class OnCluster extends LoginStoreContract {
        @Override
        protected LoginStore store(int capacity) {
            return TestStorage.onCluster(TestStorage.freshPrefix()).logins();
        }
    }
}
