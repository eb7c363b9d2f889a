package dev.gateline.engine;

import dev.gateline.internal.Secrets;
import dev.gateline.store.TicketState;
import dev.gateline.store.TicketState.Awaits;
import dev.gateline.store.TicketState.Counts;
import dev.gateline.store.TicketState.Digests;
import java.time.Instant;
import javax.crypto.Mac;

/**
 * Derives the tickets of a login from each other. The successor of a ticket is derived from it, {@code secret' =
 * HMAC-SHA256(salt, secret)}, so a state keeps only the digest of the current ticket. The successors of a presented
 * ticket are derived one after the other, until the digest of one is that of the current ticket. The number of steps is
 * the age of the presented ticket, and a secret without such a successor is a guess. A state also keeps the digest of
 * the next ticket. A client that presents the next ticket has got it from a row that the store has lost since.
 *
 * <p>All tickets of a login, of every chain, have their <em>origin</em> in common, which proves the right to end the
 * login and nothing else.
 */
final class TicketChain {
    /** The age of the ticket that comes after the current one. */
    static final int AHEAD = -1;

    /** The age of a credential that is no ticket of the current chain. */
    static final int UNKNOWN = -2;

    /**
     * The greatest age of a ticket that is recognised. An older ticket counts as a guess. For a guess without the
     * origin no successor is derived.
     */
    private static final int LONGEST_WALK = 256;

    private TicketChain() {}

    /** The state of the first ticket of a login. */
    static TicketState first(Ticket ticket, Instant now) {
        return begun(ticket, new Counts(0, 0, 0), now);
    }

    /** The state after a step-up, which begins another chain. The first ticket of that chain follows from no other. */
    static TicketState steppedUp(TicketState state, Ticket fresh, Instant now) {
        int stepUps = state.stepUps() + 1;
        return begun(fresh, new Counts(state.generation() + 1, stepUps, stepUps), now);
    }

    private static TicketState begun(Ticket ticket, Counts counts, Instant now) {
        byte[] salt = Secrets.bytes(TicketState.SALT_LENGTH);
        return new TicketState(digests(salt, ticket), counts, now, Awaits.NOTHING, Instant.EPOCH);
    }

    /**
     * The state after the current ticket has been traded for its successor.
     *
     * @param successor the successor of the current ticket
     * @param goodUntil the end of the time in which the ticket before the current one was good
     */
    static TicketState succeeded(TicketState state, Ticket successor, Instant now, Awaits awaits, Instant goodUntil) {
        Counts counts = new Counts(state.generation() + 1, state.stepUps(), state.endedBelow());
        return new TicketState(digests(state.salt(), successor), counts, now, awaits, goodUntil);
    }

    /** The state after a client has used the ticket {@link #AHEAD}, of whose issue the store has lost the row. */
    static TicketState regained(TicketState state, Ticket ahead, Instant now, Instant graceEndsAt) {
        return succeeded(state, ahead, now, Awaits.NOTHING, graceEndsAt);
    }

    private static Digests digests(byte[] salt, Ticket current) {
        byte[] next = current.successor(Ticket.mac(salt)).shortDigest();
        return new Digests(salt, current.digest(), next, current.originDigest());
    }

    /** The ticket that follows a ticket of this login. */
    static Ticket successorOf(Ticket ticket, TicketState state) {
        return ticket.successor(Ticket.mac(state.salt()));
    }

    /**
     * The age of a ticket: how many successions ago it was the current one.
     *
     * @return 0 for the current; 1 for its predecessor; {@link #AHEAD} for its successor; {@link #UNKNOWN} for anything
     *     else
     */
    static int ageOf(Ticket presented, TicketState state) {
        if (state.isCurrent(presented.digest())) {
            return 0;
        }
        if (!hasOrigin(presented, state)) {
            return UNKNOWN;
        }
        if (state.isNext(presented.shortDigest())) {
            return AHEAD;
        }
        int most = Math.min(state.generation(), LONGEST_WALK);
        Mac mac = Ticket.mac(state.salt());
        return presented.successionsTo(state::isCurrent, mac, most).orElse(UNKNOWN);
    }

    /** Whether a ticket belongs to this login, of any age and chain, which is enough to end the login. */
    static boolean hasOrigin(Ticket presented, TicketState state) {
        return state.isOrigin(presented.originDigest());
    }
}
