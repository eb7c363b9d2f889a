package dev.gateline.jdbc;

import java.sql.SQLException;

/** The database could not do what it was asked to, or can't tell whether it did. Its message holds no value of a row. */
final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseException(String what, SQLException cause) {
        super(what + ": SQL state " + cause.getSQLState() + ", code " + cause.getErrorCode());
        addSuppressed(new IllegalStateException("thrown by " + cause.getClass().getName()));
    }

    DatabaseException(String what) {
        super(what);
    }
}
