package dev.gateline.engine;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Claims;
import dev.gateline.ClientInfo;
import dev.gateline.Credential;
import dev.gateline.EndReason;
import dev.gateline.GrantTooLargeException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.RenewalPolicy;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Renews logins: it trades or keeps the ticket, and asks the host for the claims. Thread-safe. */
final class Renewing {
    private final TicketPolicy policy;
    private final LoginRows rows;
    private final Proving proving;
    private final Succession succession;
    private final RenewalPolicy renewals;
    private final Reporter reporter;

    Renewing(
            TicketPolicy policy,
            LoginRows rows,
            Proving proving,
            Succession succession,
            RenewalPolicy renewals,
            Reporter reporter) {
        this.policy = policy;
        this.rows = rows;
        this.proving = proving;
        this.succession = succession;
        this.renewals = renewals;
        this.reporter = reporter;
    }

    /**
     * Renews a login.
     *
     * @param trade decides whether the ticket is traded or kept
     * @param then makes the result; if it throws, nothing changes
     */
    <T> Outcome<T> renew(
            Credential presented,
            Activity activity,
            Instant now,
            Function<Proof, Trade> trade,
            Function<IssuedTicket, T> then) {
        Outcome<Changed<T>> outcome = proving.attempt(presented, false, now, proof -> {
            LoginRow row = proof.row();
            Identity before = row.identity();
            Optional<Claims> claims = claimsNow(row, before, now);
            if (claims.isEmpty()) {
                rows.end(row.id(), EndReason.POLICY, now);
                reporter.tell(rows.ended(row.id(), row.subject(), EndReason.POLICY, now));
                return Outcome.rejected(Rejection.REVOKED);
            }
            Trade traded = trade.apply(proof);
            LoginState state = row.state().with(traded.state());
            if (!isSame(claims.get(), before.claims())) {
                state = state.toBuilder().claims(claims.get()).build();
            }
            LoginRow next = next(row, state, activity, now);
            if (!policy.canSignUntil(next.expiresAt(), now)) {
                return Outcome.rejected(Rejection.EXPIRED);
            }
            Changed<T> made =
                    new Changed<>(next, fitting(row, now, () -> then.apply(new IssuedTicket(next, traded.ticket()))));
            return next.equals(row)
                    ? Outcome.accepted(made)
                    : Retry.after(rows.replace(next, row.version(), now), made);
        });
        outcome.toOptional()
                .map(Changed::row)
                .ifPresent(row -> reporter.tell(
                        new AuthEvent.Renewed(now, ClientInfo.current(), row.realm(), row.id(), row.subject())));
        return outcome.map(Changed::result);
    }

    /** The row after a renewal. It is the same row if nothing in it changes. */
    private LoginRow next(LoginRow row, LoginState state, Activity activity, Instant now) {
        boolean used = activity == Activity.USER;
        boolean noted = !used || succession.isAbout(row.lastSeenAt(), now);
        LoginRow seen = used ? row.seen(now) : row;
        return noted && state.equals(row.state()) ? row : row.next(state, seen.lastSeenAt());
    }

    /**
     * Asks the host for the claims, to which the same rules apply as at login. Claims that the host leaves as they are
     * have been checked before.
     */
    private Optional<Claims> claimsNow(LoginRow row, Identity before, Instant now) {
        return reporter.orUnavailable("ask the host about a renewal", () -> {
            Optional<Claims> claims = renewals.claimsAtRenewal(before);
            return claims.map(it -> isSame(it, before.claims()) ? it : checked(row, it, now));
        });
    }

    private Claims checked(LoginRow row, Claims claims, Instant now) {
        if (claims.size() > Login.MAX_CLAIMS_SIZE) {
            throw tooLarge(row, "the claims", claims.size(), Login.MAX_CLAIMS_SIZE, now);
        }
        return Login.builder(row.subject()).claims(claims).build().claims();
    }

    /** Whether the host has given back the very object. Claims are immutable. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Claims claims, Claims before) {
        return claims == before;
    }

    /**
     * Makes the result of a renewal. A login that fitted when it started may have outgrown its carrier, because of
     * claims that the host has added since.
     */
    private <T> T fitting(LoginRow row, Instant now, Supplier<T> then) {
        try {
            return then.get();
        } catch (GrantTooLargeException e) {
            throw tooLarge(row, "a credential", e.size(), e.limit(), now);
        }
    }

    private AuthUnavailableException tooLarge(LoginRow row, String what, int size, int limit, Instant now) {
        reporter.tell(new AuthEvent.ClaimsTooLarge(
                now, ClientInfo.current(), row.realm(), row.id(), row.subject(), size, limit));
        return new AuthUnavailableException("the renewal policy has returned claims that don't fit: " + what
                + " would take " + size + ", at most " + limit);
    }
}
