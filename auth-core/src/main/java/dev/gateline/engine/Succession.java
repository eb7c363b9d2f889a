package dev.gateline.engine;

import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.store.LoginRow;
import dev.gateline.store.TicketState;
import dev.gateline.store.TicketState.Awaits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides when a ticket is traded for its successor, when it is kept, and for how long the ticket before it leads to
 * the current one. Until the successor is used, and for a grace after that, both tickets lead to the successor. It
 * knows the uses that this node has seen, and writes nothing. Thread-safe.
 *
 * <p>A ticket that was handed out lately is kept, so that two tabs get the same answer from nodes whose clocks differ.
 * The trade is not due at one node while another node still keeps the ticket. The row says when its ticket was last
 * handed out, and gets a new version each time. The compare-and-set of a node that has not heard of this fails. A
 * ticket that is kept again and again is traded after a bounded time, so that a thief can't hide.
 */
final class Succession {
    /** The longest time after its grace for which a ticket is kept, even if it was handed out lately. */
    private static final Duration LONGEST_REST = TicketPolicy.SKEW.multipliedBy(2);

    private final Duration grace;
    private final Duration retriedFor;
    private final Duration rest;
    private final Duration toldWithin;
    private final FirstUses firstUses = new FirstUses();

    /**
     * Begins without any known use.
     *
     * @param grace how long a ticket that was traded still leads to its successor once that has been used
     * @param retriedFor how long it leads there at most
     */
    Succession(Duration grace, Duration retriedFor) {
        this.grace = grace;
        this.retriedFor = retriedFor;
        rest = grace.plus(TicketPolicy.SKEW);
        toldWithin = grace.dividedBy(10);
    }

    /**
     * Notes the use of a token that was signed beside the ticket of a generation. The holder of the token has the
     * ticket.
     */
    void usedBeside(LoginId id, int generation, Instant now) {
        firstUses.note(id, generation, now);
    }

    /** Whether the store does not know yet that the current ticket, which was presented, is used. */
    static boolean isFirstUse(Proof proof) {
        return proof.age() == 0 && proof.state().awaits() != Awaits.NOTHING;
    }

    /** The state of a ticket whose {@linkplain #isFirstUse first use} is now. */
    TicketState used(Proof proof, Instant now) {
        return proof.state().used(retried(proof.state(), now.plus(grace)));
    }

    /** The state that knows of a ticket which was issued and which the store has lost. */
    TicketState regained(Proof proof, Instant now) {
        return TicketChain.regained(proof.state(), proof.ticket(), now, now.plus(grace));
    }

    /**
     * Trades the current ticket for its successor. The ticket is kept instead if the ticket before it is still good, or
     * if it was handed out lately.
     */
    Trade trade(Proof proof, Instant now) {
        LoginRow row = proof.row();
        TicketState state = proof.state();
        Instant graceEndsAt = graceEndsAt(row, now);
        boolean handedOutLately = now.isBefore(state.handedOutAt().plus(rest));
        Instant due = handedOutLately ? graceEndsAt.plus(LONGEST_REST) : graceEndsAt;
        if (proof.age() > 0 || now.isBefore(due)) {
            return keep(proof, now);
        }
        boolean handedOutAgain = handedOutLately && !state.handedOutAt().equals(state.issuedAt());
        Awaits awaits = handedOutAgain ? Awaits.FIRST_USE_OF_ITSELF : Awaits.FIRST_USE;
        Ticket successor = TicketChain.successorOf(proof.ticket(), state);
        return new Trade(TicketChain.succeeded(state, successor, now, awaits, graceEndsAt), successor.credential());
    }

    /** Keeps the current ticket. It is derived from its predecessor if the client has presented that one. */
    Trade keep(Proof proof, Instant now) {
        TicketState state = toldOf(proof.state(), now);
        if (proof.age() > 0) {
            return new Trade(
                    state, TicketChain.successorOf(proof.ticket(), state).credential());
        }
        TicketState used = state.awaits() == Awaits.NOTHING ? state : state.used(graceEndsAt(proof.row(), now));
        return new Trade(used, proof.ticket().credential());
    }

    private TicketState toldOf(TicketState state, Instant now) {
        return isAbout(state.handedOutAt(), now) ? state : state.handedOut(now);
    }

    /**
     * Whether a row that says {@code at} need not be changed to {@code now}. Tabs that come at the same time need not
     * each write the row.
     */
    boolean isAbout(Instant at, Instant now) {
        return !now.isBefore(at) && now.isBefore(at.plus(toldWithin));
    }

    /** The end of the grace of the ticket before the current one, if the current one is used now at the latest. */
    private Instant graceEndsAt(LoginRow row, Instant now) {
        TicketState state = row.state().ticket();
        return state.awaits() == Awaits.NOTHING
                ? state.graceEndsAt()
                : retried(state, usedAt(row).orElse(now).plus(grace));
    }

    /** The time at which the current ticket was first used, if this node knows it and the store does not. */
    private Optional<Instant> usedAt(LoginRow row) {
        TicketState state = row.state().ticket();
        return state.awaits() == Awaits.FIRST_USE ? firstUses.of(row.id(), state.generation()) : Optional.empty();
    }

    /** The first instant at which a traded ticket does not lead to the current one. */
    private Instant goodUntil(LoginRow row, int age) {
        TicketState state = row.state().ticket();
        if (age > 1) {
            Instant issuedAt = state.issuedAt();
            return issuedAt.isBefore(state.graceEndsAt()) ? issuedAt : state.graceEndsAt();
        }
        return state.awaits() == Awaits.NOTHING
                ? state.graceEndsAt()
                : retried(state, usedAt(row).map(at -> at.plus(grace)).orElse(Instant.MAX));
    }

    /**
     * Limits an instant to the time for which a lost answer may be repeated. A client that comes back later has got its
     * answer, or is a thief who has waited for the owner.
     */
    private Instant retried(TicketState state, Instant goodUntil) {
        Instant latest = state.issuedAt().plus(retriedFor);
        return goodUntil.isBefore(latest) ? goodUntil : latest;
    }

    /**
     * Judges whether a traded ticket is still good. A clock that is off must not look like a thief, so for a minute
     * after its end a ticket is only refused.
     */
    Outcome<Proof> judgeTraded(Proof proof, Instant now) {
        Instant goodUntil = goodUntil(proof.row(), proof.age());
        if (now.isBefore(goodUntil)) {
            return Outcome.accepted(proof);
        }
        return Outcome.rejected(now.isBefore(goodUntil.plus(TicketPolicy.SKEW)) ? Rejection.UNKNOWN : Rejection.REUSED);
    }
}
