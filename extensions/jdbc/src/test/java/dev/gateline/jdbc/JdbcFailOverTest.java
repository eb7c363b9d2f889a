package dev.gateline.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.kit.FailOverContract;
import dev.gateline.servers.Await;
import dev.gateline.servers.PostgresServer;
import dev.gateline.servers.Wire;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The feed when PostgreSQL goes back to a state without the last writes. */
class JdbcFailOverTest extends FailOverContract {
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private final Logs logs = new Logs();
    private final PostgresServer server = new PostgresServer();
    private final Wire wire = new Wire(server.port());
    private final Place place = new Place(server.url());
    private final HikariDataSource pool = pool();

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(PostgresServer.url(wire.port()) + "&connectTimeout=1&socketTimeout=1");
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(300);
        return new HikariDataSource(config);
    }

    @AfterEach
    void close() {
        pool.close();
        place.close();
        wire.close();
        server.close();
        logs.close();
    }

    @Override
    protected ChangeFeed connect() {
        JdbcStorageBuilder builder = JdbcStorage.builder(pool).pollInterval(Duration.ofMillis(20));
        builder.settling = SETTLING;
        return builder.build().feed();
    }

    @Override
    protected void publish(List<Change> changes) {
        place.storage().feed().publishAll(changes);
    }

    @Override
    protected void cut() {
        wire.cut();
    }

    @Override
    protected void replicate() {
        server.keepCopy();
        reconnect();
    }

    private void reconnect() {
        place.reconnect();
        Await.until("connected", () -> isConnected());
    }

    private boolean isConnected() {
        try {
            return place.number("SELECT 1") == 1;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Override
    protected void failOver() {
        server.goBackToCopy();
        reconnect();
    }

    @Override
    protected void failOverToNothing() {
        String restart = "ALTER TABLE gateline_change ALTER COLUMN id RESTART WITH 1";
        place.run("DELETE FROM gateline_change");
        place.run(restart);
        server.stop();
        server.start();
        reconnect();
    }

    @Override
    protected void mend() {
        wire.mend();
    }

    @Override
    protected Duration settling() {
        return SETTLING.plusMillis(500);
    }
}
