package dev.gateline.engine;

import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Revocable;
import org.jspecify.annotations.Nullable;

/**
 * A ticket that a client has presented, and the facts from the row that proved it last. {@link ProvedTickets} keeps it
 * for the next request, which then need not compute the facts again. Thread-safe.
 */
final class PresentedTicket {
    /**
     * The largest state of a row that is kept, in bytes. Thousands of rows may be kept, also when their logins have
     * ended.
     */
    static final int LARGEST_KEPT = 2_048;

    private final Ticket ticket;
    private volatile @Nullable Facts lastFacts;

    /**
     * The facts that follow from a row.
     *
     * @param row the row that proves the ticket
     * @param revocable the login, for the question whether it was ended
     * @param accepted the answer to the current ticket
     */
    record Facts(LoginRow row, Revocable revocable, Outcome<Identity> accepted) {}

    PresentedTicket(Ticket ticket) {
        this.ticket = ticket;
    }

    Ticket ticket() {
        return ticket;
    }

    /** The facts from a row that proves the ticket. They are computed once while the row is the same and not large. */
    Facts factsOf(LoginRow row) {
        Facts facts = lastFacts;
        if (facts == null || !facts.row.equals(row)) {
            facts = new Facts(row, row.revocable(), Outcome.accepted(row.identity()));
            lastFacts = row.state().size() <= LARGEST_KEPT ? facts : null;
        }
        return facts;
    }
}
