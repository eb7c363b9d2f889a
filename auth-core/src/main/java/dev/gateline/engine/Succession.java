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
 * The moves of a ticket: when it is traded for its successor, when it is kept, and for how long the one before it leads
 * to the current one. Until the successor is used, and for a grace after that, both tickets lead to the successor. It
 * knows each use that was seen at this node, and writes nothing. Thread-safe.
 *
 * <p>A ticket that was handed out lately is kept, so that two tabs are told the same at nodes whose clocks differ: at
 * none of them may the trade be due while another still keeps the ticket. The row says when its ticket was last handed
 * out, in a new version each time: a node that has not heard of it loses the comparison. To keep a ticket again and
 * again puts off its trade for a bounded time, so that nobody who has stolen it can hide by that.
 */
final class Succession {
    /** So long after its grace a ticket is traded at the latest, however lately it was handed out. */
    private static final Duration LONGEST_REST = TicketPolicy.SKEW.multipliedBy(2);

    private final Duration grace;
    private final Duration retriedFor;
    private final Duration rest;
    private final Duration toldWithin;
    private final FirstUses firstUses = new FirstUses();

    /**
     * No use is known yet.
     *
     * @param grace how long a ticket that was traded still leads to its successor once that has been used
     * @param retriedFor how long it does at most
     */
    Succession(Duration grace, Duration retriedFor) {
        this.grace = grace;
        this.retriedFor = retriedFor;
        rest = grace.plus(TicketPolicy.SKEW);
        toldWithin = grace.dividedBy(10);
    }

    /** Something that was signed beside the ticket of a generation was used: its holder has the ticket. */
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

    /** The state once the store knows again that a ticket was issued which is ahead of it. */
    TicketState regained(Proof proof, Instant now) {
        return TicketChain.regained(proof.state(), proof.ticket(), now, now.plus(grace));
    }

    /**
     * The current ticket goes on to its successor, unless the ticket before it is still good or it was handed out
     * lately: then it is kept.
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

    /**
     * No trade: the current ticket, which follows from its predecessor. A client that presents the current ticket has
     * it already.
     */
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
     * Whether a row that says {@code at} need not say {@code now}: tabs that come at once don't have to write it each.
     */
    boolean isAbout(Instant at, Instant now) {
        return !now.isBefore(at) && now.isBefore(at.plus(toldWithin));
    }

    /** Of the ticket before the current one, if that is used now at the latest. */
    private Instant graceEndsAt(LoginRow row, Instant now) {
        TicketState state = row.state().ticket();
        return state.awaits() == Awaits.NOTHING
                ? state.graceEndsAt()
                : retried(state, usedAt(row).orElse(now).plus(grace));
    }

    /** When the current ticket was first used, as far as is known here and the store does not know. */
    private Optional<Instant> usedAt(LoginRow row) {
        TicketState state = row.state().ticket();
        return state.awaits() == Awaits.FIRST_USE ? firstUses.of(row.id(), state.generation()) : Optional.empty();
    }

    /** Until when a ticket that was traded leads to the current one, exclusive. */
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

    /** A client that has not come back by then has got its answer: or it is a thief who waits for the owner's. */
    private Instant retried(TicketState state, Instant goodUntil) {
        Instant latest = state.issuedAt().plus(retriedFor);
        return goodUntil.isBefore(latest) ? goodUntil : latest;
    }

    /**
     * Whether a ticket that was traded is still good. A clock that is off must not look like a thief: so long after it
     * was good a ticket is only refused.
     */
    Outcome<Proof> judgeTraded(Proof proof, Instant now) {
        Instant goodUntil = goodUntil(proof.row(), proof.age());
        if (now.isBefore(goodUntil)) {
            return Outcome.accepted(proof);
        }
        return Outcome.rejected(now.isBefore(goodUntil.plus(TicketPolicy.SKEW)) ? Rejection.UNKNOWN : Rejection.REUSED);
    }
}
