package dev.gateline.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Features of PostgreSQL's own driver, if the host has that driver. */
final class PostgresDriver {
    private PostgresDriver() {}

    static boolean isThere() {
        try {
            return PGConnection.class.isInterface();
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }

    /**
     * Sends statements without a name until the returned step is done. A pooler that shares connections between
     * transactions may find another statement under the same name.
     *
     * @return restores the connection
     */
    static Database.Step unnamed(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            return () -> {};
        }
        PGConnection driver = connection.unwrap(PGConnection.class);
        int threshold = driver.getPrepareThreshold();
        driver.setPrepareThreshold(0);
        return () -> driver.setPrepareThreshold(threshold);
    }
}
