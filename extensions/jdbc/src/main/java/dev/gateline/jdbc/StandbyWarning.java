package dev.gateline.jdbc;

import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * PostgreSQL's warning that it has committed without its synchronous standby. A timeout of the query, or an operator,
 * makes PostgreSQL stop waiting. It reports success to the client, and a fail-over loses the write.
 */
final class StandbyWarning {

    /** The function of PostgreSQL that waits. The text of the warning is in the server's language. */
    private static final String WAIT = "SyncRepWaitForLSN";

    private StandbyWarning() {}

    /**
     * Looks through the warnings of a write.
     *
     * @param warning the first warning; null if there is none
     * @throws ServerException if one of them is this warning
     */
    static void check(@Nullable SQLWarning warning) throws SQLException {
        for (SQLWarning each = warning; each != null; each = each.getNextWarning()) {
            if (PostgresDriver.isThere() && isOfTheWait(each)) {
                throw ServerException.withoutItsStandby();
            }
        }
    }

    private static boolean isOfTheWait(SQLWarning warning) {
        ServerErrorMessage message = warning instanceof PSQLWarning it ? it.getServerErrorMessage() : null;
        return message != null && WAIT.equals(message.getRoutine());
    }
}
