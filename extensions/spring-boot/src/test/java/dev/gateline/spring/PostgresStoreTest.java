package dev.gateline.spring;

import dev.gateline.servers.PostgresServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@Tag("once")
class PostgresStoreTest extends SharedStoreContract {
    @Override
    Stream<String> store() {
        return Stream.of(
                "gateline.store=jdbc",
                "gateline.jdbc.create-tables=always",
                "spring.datasource.url=" + PostgresServer.shared().url(),
                "spring.datasource.hikari.maximum-pool-size=5");
    }
}
