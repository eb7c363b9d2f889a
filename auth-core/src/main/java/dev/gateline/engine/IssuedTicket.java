package dev.gateline.engine;

import dev.gateline.Credential;
import dev.gateline.store.LoginRow;

/**
 * A login and the ticket to hand out for it.
 *
 * @param row the row of the login as written
 * @param ticket the ticket for the client
 */
public record IssuedTicket(LoginRow row, Credential ticket) {

    /** The number of tickets that the login had before this one. */
    public int generation() {
        return row.state().ticket().generation();
    }

    /**
     * The number of step-ups of the login before. Tokens carry it, and the next step-up ends the tokens of that number.
     */
    public int stepUps() {
        return row.state().ticket().stepUps();
    }
}
