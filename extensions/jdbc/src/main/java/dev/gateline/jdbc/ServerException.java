package dev.gateline.jdbc;

import java.sql.SQLException;

/** The server that answered can't be relied on. The message is for the operator, and contains no value. */
final class ServerException extends SQLException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    private ServerException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    /** Whether nothing was done, and the same work may succeed on another connection. */
    boolean isRetryable() {
        return retryable;
    }

    /** The connection leads to an old primary, or the feed has not moved to the new one yet. */
    static ServerException other() {
        return new ServerException(
                "the stores and the feed talk to different servers: let the DataSource lead to one primary, and"
                        + " close the"
                        + " connections to the old one after a fail-over",
                true);
    }

    /** The data of a standby may be older than an ending that has returned at another node. */
    static ServerException takesNoWrites() {
        return new ServerException(
                "the database server takes no writes (it is a standby, or read-only), so that its"
                        + " answers may be old: let the DataSource lead to the primary",
                false);
    }

    /** The write is on one server only, although the operator has asked for two. */
    static ServerException withoutItsStandby() {
        return new ServerException(
                "PostgreSQL committed, but stopped waiting for its synchronous standby, so that a"
                        + " fail-over may lose the write: repair the standby, or remove it from"
                        + " synchronous_standby_names",
                false);
    }
}
