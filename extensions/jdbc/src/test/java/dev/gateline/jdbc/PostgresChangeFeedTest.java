package dev.gateline.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.kit.ChangeFeedContract;
import dev.gateline.spi.ChangeFeed;
import org.junit.jupiter.api.AfterEach;

class PostgresChangeFeedTest extends ChangeFeedContract {
    private final Connected at = new Connected(Databases.POSTGRESQL);

    @AfterEach
    void close() {
        at.close();
    }

    private final HikariDataSource pool = Databases.POSTGRESQL.create();

    @Override
    protected ChangeFeed connect() {
        return at.storage(Databases.pool(pool.getJdbcUrl())).feed();
    }
}
