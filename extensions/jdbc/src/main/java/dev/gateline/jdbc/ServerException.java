package dev.gateline.jdbc;

import java.sql.SQLException;

/** The server itself is not one to rely on. The message is for the operator, and has no value in it. */
final class ServerException extends SQLException {
    private static final long serialVersionUID = 1L;

    ServerException(String message) {
        super(message);
    }

    /** What a standby reads may be older than an ending that has returned elsewhere. */
    static ServerException takesNoWrites() {
        return new ServerException("the database server takes no writes (it is a standby, or read-only), so that its"
                + " answers may be old: let the DataSource lead to the primary");
    }

    /** Safe on one server only, which is less than the operator asked for and the caller was promised. */
    static ServerException withoutItsStandby() {
        return new ServerException("PostgreSQL committed, but stopped waiting for its synchronous standby, so that a"
                + " fail-over may lose it: see to the standby, or take it out of synchronous_standby_names");
    }
}
