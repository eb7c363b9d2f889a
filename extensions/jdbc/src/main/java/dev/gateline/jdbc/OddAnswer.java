package dev.gateline.jdbc;

import java.sql.SQLException;

/**
 * The database answered another statement than was sent: no row where one always comes, or a row of something else.
 * Poolers that share connections between transactions cause it. It must never be read as "not there".
 */
final class OddAnswer extends SQLException {
    private static final long serialVersionUID = 1L;

    /**
     * An answer that is none.
     *
     * @param question what was asked, without values
     */
    OddAnswer(String question) {
        super("the answer to \"" + question + "\" belongs to another statement; if a pooler shares connections between"
                + " transactions, switch prepared statements off (prepareThreshold=0 for PostgreSQL's driver)");
    }
}
