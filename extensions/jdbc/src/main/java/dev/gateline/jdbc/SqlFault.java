package dev.gateline.jdbc;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Describes a fault of a database in our own words, because the driver's message may quote values of a row. */
final class SqlFault {

    // the first is of PostgreSQL, the last of H2, the others of MariaDB for a table, a column and a command
    private static final String DENIED_STATE = "42501";
    private static final Set<Integer> DENIED_CODES = Set.of(1142, 1143, 1370, 90096);

    // the first is of PostgreSQL, the second of MariaDB and H2, the others of H2 alone
    private static final Set<String> NO_TABLE_STATES = Set.of("42P01", "42S02", "42S03", "42S04");

    /** The class of states of a connection that failed. */
    private static final String NO_CONNECTION = "08";

    private static final int DEEPEST = 10;

    private SqlFault() {}

    /**
     * The codes of a fault, or the classes of its causes where it has no code, and what to change where that is known.
     * A failure of the network or of TLS is described by the message of its root cause, too.
     */
    static String describe(SQLException fault) {
        if (fault instanceof OddAnswer || fault instanceof ServerException) {
            return String.valueOf(fault.getMessage());
        }
        String state = fault.getSQLState();
        if (state == null) {
            return "no answer of the database (" + causes(fault) + ")" + adviceWithoutCode(fault);
        }
        String codes = "the database failed with SQLSTATE " + state + ", error " + fault.getErrorCode();
        return codes + (state.startsWith(NO_CONNECTION) ? onNoConnection(fault) : adviceOnCode(fault));
    }

    /** A refused TLS handshake, for example, shows its reason in the root cause alone. */
    private static String onNoConnection(SQLException fault) {
        return fault.getCause() == null
                ? ": host, port and TLS settings of the DataSource must fit the server"
                : " (" + causes(fault) + ")";
    }

    private static String adviceOnCode(SQLException fault) {
        if (isDenied(fault)) {
            return ": its user lacks a right; grant SELECT, INSERT, UPDATE and DELETE on the tables gateline_*";
        }
        return isOfNoTable(fault)
                ? ": a table gateline_* is missing; run postgresql.sql, mariadb.sql or h2.sql of this version of"
                        + " auth-jdbc"
                : "";
    }

    static boolean isOfNoTable(SQLException fault) {
        return NO_TABLE_STATES.contains(String.valueOf(fault.getSQLState()));
    }

    private static boolean isDenied(SQLException fault) {
        return DENIED_STATE.equals(fault.getSQLState()) || DENIED_CODES.contains(fault.getErrorCode());
    }

    private static String adviceWithoutCode(SQLException fault) {
        return fault instanceof SQLTransientConnectionException
                ? ": the pool gave no connection in time, because the database is down or the pool is too small"
                : "";
    }

    private static String causes(Throwable fault) {
        StringBuilder names = new StringBuilder(fault.getClass().getSimpleName());
        Throwable root = fault;
        for (int depth = 1; root.getCause() != null && depth < DEEPEST; depth++) {
            root = root.getCause();
            names.append(", caused by ").append(root.getClass().getSimpleName());
        }
        return quotesNoValue(root) ? names + ": " + root.getMessage() : names.toString();
    }

    /** Whether the exception comes from the network or from TLS, which know no value of a row. */
    private static boolean quotesNoValue(Throwable root) {
        return root instanceof IOException || root instanceof GeneralSecurityException;
    }
}
