package dev.gateline.spring;

import dev.gateline.servers.RedisServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class RedisStoreTest extends SharedStoreContract {
    @Override
    Stream<String> store() {
        return Stream.of(
                "gateline.store=redis",
                "gateline.redis.uri="
                        + RedisServer.shared(RedisServer.Version.V7).uri());
    }
}
