package dev.gateline.engine;

import dev.gateline.Credential;
import dev.gateline.store.LoginRow;

/**
 * A login and the ticket to hand out for it.
 *
 * @param row as written
 * @param ticket for the client
 */
public record IssuedTicket(LoginRow row, Credential ticket) {

    /** Of the ticket: how many of this login there were before it. */
    public int generation() {
        return row.state().ticket().generation();
    }

    /**
     * Of the login: how many step-ups there were before. Tokens carry the number, and the next step-up ends them by
     * it.
     */
    public int stepUps() {
        return row.state().ticket().stepUps();
    }
}
