package dev.gateline.engine;

import dev.gateline.store.LoginRow;
import dev.gateline.store.TicketState;

/**
 * The proof that a presented ticket belongs to a row. Thread-safe.
 *
 * @param row the row of the login
 * @param presented the ticket
 * @param age the {@linkplain TicketChain#ageOf age} of the ticket
 */
record Proof(LoginRow row, PresentedTicket presented, int age) {

    Ticket ticket() {
        return presented.ticket();
    }

    TicketState state() {
        return row.state().ticket();
    }
}
