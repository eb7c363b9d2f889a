package dev.gateline.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.servers.PostgresServer;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Tag("once")
class PostgresStoreTest extends SharedStoreContract {
    @Override
    Stream<String> store() {
        return Stream.of(
                "gateline.store=jdbc",
                "gateline.jdbc.create-tables=always",
                "spring.datasource.url=" + PostgresServer.shared().url(),
                "spring.datasource.hikari.maximum-pool-size=2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void serverPreparedStatements_setOrNot_areMadeOnlyIfSet(boolean prepares) throws SQLException {
        try (Server server = start(Strategy.SESSION, "gateline.jdbc.server-prepared-statements=" + prepares)) {
            for (int i = 0; i < 40; i++) {
                assertThat(server.bean(JdbcStorage.class).logins().find(new LoginId("nobody's")))
                        .isEmpty();
            }

            assertThat(PostgresServer.hasPrepared(server.bean(DataSource.class), "gateline_login"))
                    .isEqualTo(prepares);
        }
    }
}
