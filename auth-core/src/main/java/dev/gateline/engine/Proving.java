package dev.gateline.engine;

import dev.gateline.AuthEvent;
import dev.gateline.ClientInfo;
import dev.gateline.Credential;
import dev.gateline.EndReason;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Accepted;
import dev.gateline.Outcome.Rejected;
import dev.gateline.Rejection;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import dev.gateline.store.Written;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proves tickets against their rows. A cached copy of a row may accept a ticket; a rejection based on a copy is checked
 * again against the store. Thread-safe; holds no state except tickets that were proved lately.
 */
final class Proving {
    private final TicketPolicy policy;
    private final LoginRows rows;
    private final ProvedTickets proved;
    private final Succession succession;
    private final Reporter reporter;

    /** The answer to a ticket, and the subject if the ticket is proved; otherwise the subject is empty. */
    private record Judged(Outcome<Proof> outcome, String subject) {}

    Proving(TicketPolicy policy, LoginRows rows, Succession succession, Reporter reporter) {
        this.policy = policy;
        this.rows = rows;
        this.succession = succession;
        this.reporter = reporter;
        proved = new ProvedTickets(policy.prefix());
    }

    /** A step that is taken with a proved ticket. It answers {@link Retry#again} if another change came first. */
    interface Step<T> {
        @Nullable
        Outcome<T> take(Proof proof);
    }

    /** Reads what a client presented; null if it has not the form of a ticket of this kind. */
    @Nullable
    PresentedTicket parse(Credential presented) {
        return proved.parse(presented);
    }

    /**
     * Proves a ticket and takes a step with its row. If another change of the row comes first, it does both again. It
     * reports a rejection to the listener.
     *
     * @param presented the presented credential, of any content
     * @param authoritative whether the store itself must answer
     * @param now the instant of the decision
     * @param step the step that is taken with the row
     */
    <T> Outcome<T> attempt(Credential presented, boolean authoritative, Instant now, Step<T> step) {
        PresentedTicket ticket = parse(presented);
        return ticket == null
                ? rejectUnreadable(presented, now)
                : Retry.untilNobodyComesFirst(first -> attempt(ticket, first && !authoritative, now, step));
    }

    private <T> @Nullable Outcome<T> attempt(PresentedTicket ticket, boolean byCopy, Instant now, Step<T> step) {
        Judged judged = byCopy ? proveByCopy(ticket, now) : proveByNewest(ticket, now);
        if (judged.outcome() instanceof Rejected<Proof> rejected) {
            return reject(rejected.reason(), ticket.ticket(), judged.subject(), now);
        }
        Proof proof = ((Accepted<Proof>) judged.outcome()).value();
        Outcome<T> result = proof.age() == TicketChain.AHEAD ? regained(proof, now) : step.take(proof);
        return result instanceof Rejected<T> rejected
                ? reject(rejected.reason(), ticket.ticket(), judged.subject(), now)
                : result;
    }

    <T> Outcome<T> reject(Rejection reason, Ticket ticket, String subject, Instant now) {
        return reporter.reject(
                reason, policy.kind(), policy.realm(), ticket.loginId().value(), subject, now);
    }

    /** Writes again that a ticket was issued, which the store has lost. The caller then takes another attempt. */
    private <T> @Nullable Outcome<T> regained(Proof proof, Instant now) {
        LoginRow row = proof.row();
        LoginState regained = row.state().with(succession.regained(proof, now));
        Written written = rows.replace(row.next(regained, row.lastSeenAt()), row.version(), now);
        return written == Written.GONE ? Outcome.rejected(Rejection.UNKNOWN) : Retry.again();
    }

    /** The proof of a ticket, if memory alone gives it. A ticket that has no proof there may still have one. */
    Optional<Proof> proveInMemory(Credential presented, Instant now) {
        PresentedTicket ticket = parse(presented);
        return ticket == null
                ? Optional.empty()
                : prove(ticket, rows.find(ticket.ticket().loginId(), Reach.MEMORY), Reach.MEMORY, now)
                        .outcome()
                        .toOptional();
    }

    /** Proves a ticket by a copy. A copy may be older than the ticket, so the store decides about a rejection. */
    private Judged proveByCopy(PresentedTicket ticket, Instant now) {
        Optional<LoginRow> row = rows.find(ticket.ticket().loginId(), Reach.COPY);
        Judged judged = prove(ticket, row, Reach.COPY, now);
        return row.isPresent() && judged.outcome() instanceof Rejected<Proof> ? proveByNewest(ticket, now) : judged;
    }

    private Judged proveByNewest(PresentedTicket ticket, Instant now) {
        LoginId id = ticket.ticket().loginId();
        Judged judged = prove(ticket, rows.find(id, Reach.STORE), Reach.STORE, now);
        if (judged.outcome().rejection().filter(Rejection.REUSED::equals).isPresent()) {
            reporter.tell(new AuthEvent.ReuseDetected(
                    now, ClientInfo.current(), policy.realm(), id, judged.subject(), policy.kind()));
            rows.end(id, EndReason.REUSED, now);
        }
        return judged;
    }

    /** Proves the secret first, so that a guess learns nothing about the login, not even that it has expired. */
    private Judged prove(PresentedTicket ticket, Optional<LoginRow> found, Reach reach, Instant now) {
        int age = found.isEmpty()
                ? TicketChain.UNKNOWN
                : TicketChain.ageOf(ticket.ticket(), found.get().state().ticket());
        if (age == TicketChain.UNKNOWN || (age == TicketChain.AHEAD && reach != Reach.STORE)) {
            return new Judged(Outcome.rejected(Rejection.UNKNOWN), "");
        }
        Proof proof = new Proof(found.get(), ticket, age);
        return new Judged(judge(proof, reach, now), proof.row().subject());
    }

    private Outcome<Proof> judge(Proof proof, Reach reach, Instant now) {
        if (!proof.row().isLiveAt(now)) {
            return Outcome.rejected(Rejection.EXPIRED);
        }
        if (rows.isRevoked(proof.presented().factsOf(proof.row()).revocable(), reach)) {
            return Outcome.rejected(Rejection.REVOKED);
        }
        if (proof.age() == 0) {
            proved.remember(proof.presented());
        }
        return proof.age() <= 0 ? Outcome.accepted(proof) : succession.judgeTraded(proof, now);
    }

    static Rejection unreadable(Credential presented) {
        return presented.tooLong() ? Rejection.TOO_LARGE : Rejection.MALFORMED;
    }

    <T> Outcome<T> rejectUnreadable(Credential presented, Instant now) {
        return reporter.reject(unreadable(presented), policy.kind(), policy.realm(), "", "", now);
    }
}
