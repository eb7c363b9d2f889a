package dev.gateline.jdbc;

import java.sql.SQLException;

/**
 * The database answered another statement than the one that was sent. The answer has no row where one always comes, or
 * a row of another query. Poolers that share connections between transactions cause it. It must never be read as "not
 * there".
 */
final class OddAnswer extends SQLException {
    private static final long serialVersionUID = 1L;

    /**
     * An answer to another statement.
     *
     * @param question the statement, without values
     */
    OddAnswer(String question) {
        super("the answer to \"" + question + "\" belongs to another statement; if a pooler shares connections between"
                + " transactions, switch prepared statements off (prepareThreshold=0 for PostgreSQL's driver)");
    }
}
