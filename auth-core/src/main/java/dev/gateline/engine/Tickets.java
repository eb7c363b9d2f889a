package dev.gateline.engine;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.ClientInfo;
import dev.gateline.Credential;
import dev.gateline.EndReason;
import dev.gateline.Ending;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.RenewalPolicy;
import dev.gateline.Requirement;
import dev.gateline.Timeouts;
import dev.gateline.Verifier.Listening;
import dev.gateline.internal.Secrets;
import dev.gateline.internal.Undo;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Starts, proves, renews, steps up and ends logins that are held by a {@link Ticket}. Both strategies use it, and each
 * adds what its access credentials need. Thread-safe; holds no lock, and no state except notes of use and the tickets
 * that were proved lately.
 */
public final class Tickets implements AutoCloseable {
    private final TicketPolicy policy;
    private final LoginRows rows;
    private final Proving proving;
    private final LiveLogins live;
    private final Succession succession;
    private final EndingFeed endings;
    private final Renewing renewing;
    private final Clock clock;
    private final Reporter reporter;

    /**
     * Creates the tickets of one kind over a storage.
     *
     * @param policy the settings of this kind
     * @param storage the storage, which may hold other kinds too
     * @param renewals the policy that is asked at each renewal
     * @param clock the clock for calls without an instant of their own
     * @param reporter the reporter, which hears of all events
     */
    public Tickets(TicketPolicy policy, Storage storage, RenewalPolicy renewals, Clock clock, Reporter reporter) {
        this.policy = policy;
        this.clock = clock;
        this.reporter = reporter;
        rows = new LoginRows(policy, storage, reporter);
        succession = new Succession(policy.grace(), policy.retriedFor());
        proving = new Proving(policy, rows, succession, reporter);
        renewing = new Renewing(policy, rows, proving, succession, renewals, reporter);
        live = new LiveLogins(policy, rows);
        endings = new EndingFeed(policy.realm(), storage.revocations());
    }

    /**
     * Starts a login.
     *
     * @param login the verified user
     * @param replaced the login that ends as this one starts; its own credential has proved it, and it does not count
     *     against the limit any more
     * @param now the instant of the decision
     * @param then makes the result; if it throws, the login is taken back and no login has ended
     * @return what {@code then} returned
     */
    public <T> T start(Login login, Optional<OwnedLogin> replaced, Instant now, Function<IssuedTicket, T> then) {
        Admission admission = reporter.orUnavailable(
                "start a login",
                () -> rows.admit(login.subject(), replaced, (id, epoch) -> first(login, id, epoch, now), now));
        IssuedTicket issue = admission.issue();
        T result = Undo.onFailure(
                () -> {
                    T made = then.apply(issue);
                    rows.end(admission.leaving(), now);
                    return made;
                },
                () -> rows.takeBack(issue.row().id()));
        LoginRow row = issue.row();
        reporter.tell(new AuthEvent.LoggedIn(
                now, ClientInfo.current(), row.realm(), row.id(), row.subject(), login.methods()));
        return result;
    }

    private IssuedTicket first(Login login, LoginId id, long epoch, Instant now) {
        Ticket ticket = Ticket.mint(policy.prefix(), id);
        Timeouts timeouts = policy.timeouts().of(login);
        LoginState state = LoginState.builder(TicketChain.first(ticket, now))
                .epoch(epoch)
                .client(login.client())
                .remembered(login.remembered())
                .startedAt(now)
                .endsAt(now.plus(timeouts.absolute()).truncatedTo(ChronoUnit.SECONDS))
                .idleTimeout(timeouts.idle())
                .authenticatedAt(provedAt(login, now))
                .methods(login.methods())
                .claims(login.claims())
                .build();
        LoginRow row = new LoginRow(ticket.loginId(), policy.realm(), login.subject(), Secrets.number(), now, state);
        return new IssuedTicket(row, ticket.credential());
    }

    /**
     * Proves a ticket and notes its use.
     *
     * @param presented the presented credential, of any content
     * @param requirement says whether the store itself must be asked; nothing else of it is checked
     * @param activity whether this is a use by the user
     * @param now the instant of the decision
     */
    public Outcome<Identity> use(Credential presented, Requirement requirement, Activity activity, Instant now) {
        return proving.attempt(presented, requirement.isAuthoritative(), now, proof -> {
            LoginRow row = proof.row();
            if (Succession.isFirstUse(proof)) {
                LoginState used = row.state().with(succession.used(proof, now));
                LoginRow next = row.next(used, activity == Activity.BACKGROUND ? row.lastSeenAt() : now);
                return Retry.after(rows.replace(next, row.version(), now), next.identity());
            }
            return noted(proof, activity, now);
        });
    }

    private Outcome<Identity> noted(Proof proof, Activity activity, Instant now) {
        LoginRow row = proof.row();
        // a note that waits takes each later use with it, because the store may find the earlier one superfluous
        boolean isDue = !row.isNotedWithin(policy.seenInterval(), now) || rows.hasNote(row.id());
        if (activity == Activity.USER && isDue) {
            rows.note(row, now);
            row = row.seen(now);
        }
        return proof.age() == 0 ? proof.presented().factsOf(row).accepted() : Outcome.accepted(row.identityOfOld());
    }

    /** Proves a ticket and notes its use, if {@link #use} would do so without waiting for the store. */
    public Optional<Identity> tryUse(Credential presented, Activity activity, Instant now) {
        return proving.proveInMemory(presented, now)
                .filter(proof -> !Succession.isFirstUse(proof)
                        && !rows.isClosed(proof.row().id()))
                .flatMap(proof -> noted(proof, activity, now).toOptional());
    }

    /**
     * Notes that a token which was signed beside a ticket was used. Its holder therefore has the ticket.
     *
     * @param id the id of the login
     * @param generation the generation of the ticket, as in {@link IssuedTicket#generation()}
     * @param now the instant of the decision
     */
    public void usedBeside(LoginId id, int generation, Instant now) {
        succession.usedBeside(id, generation, now);
    }

    /**
     * Proves a ticket, notes its use, and gives out the current one.
     *
     * @param presented the presented credential, of any content
     * @param activity whether this is a use by the user
     * @param now the instant of the decision
     * @param then makes the result; if it throws, nothing changes
     * @return what {@code then} returned
     */
    public <T> Outcome<T> refresh(
            Credential presented, Activity activity, Instant now, Function<IssuedTicket, T> then) {
        return renewing.renew(presented, activity, now, proof -> succession.keep(proof, now), then);
    }

    /**
     * Trades a ticket for its successor. Until the successor is used, and for a grace after that, both tickets lead to
     * the successor. A client that lost an answer can ask again, and two clients that race get the same answer.
     *
     * @param presented the presented credential, of any content
     * @param now the instant of the decision
     * @param then makes the result; if it throws, nothing changes
     * @return what {@code then} returned
     */
    public <T> Outcome<T> renew(Credential presented, Instant now, Function<IssuedTicket, T> then) {
        return renewing.renew(presented, Activity.USER, now, proof -> succession.trade(proof, now), then);
    }

    /**
     * Puts a new proof of who the user is into a login. The new ticket follows from no other, so a holder of an older
     * ticket can't get it. An older ticket counts as unknown, and is good only for ending the login. Earlier tokens of
     * the login end.
     *
     * @param presented the presented credential, of any content
     * @param again the new proof, of the same subject
     * @param now the instant of the decision
     * @param then makes the result; if it throws, nothing changes
     * @return what {@code then} returned
     */
    public <T> Outcome<T> reauthenticate(
            Credential presented, Login again, Instant now, Function<IssuedTicket, T> then) {
        Outcome<Changed<T>> outcome = proving.attempt(presented, false, now, proof -> {
            LoginRow row = proof.row();
            if (!row.subject().equals(again.subject())) {
                return Outcome.rejected(Rejection.WRONG_SUBJECT);
            }
            Ticket fresh = proof.ticket().another();
            LoginState proved = row.state().toBuilder()
                    .ticket(TicketChain.steppedUp(proof.state(), fresh, now))
                    .authenticatedAt(provedAt(again, now))
                    .methods(again.methods())
                    .claims(again.claims())
                    .build();
            LoginRow next = row.next(proved, now);
            Changed<T> made = new Changed<>(next, then.apply(new IssuedTicket(next, fresh.credential())));
            return Retry.after(rows.stepUp(row, next, now), made);
        });
        outcome.toOptional()
                .map(Changed::row)
                .ifPresent(row -> reporter.tell(new AuthEvent.Reauthenticated(
                        now, ClientInfo.current(), row.realm(), row.id(), row.subject(), again.methods())));
        return outcome.map(Changed::result);
    }

    /**
     * Ends the login of a ticket, which may be of any chain, current, earlier, expired, or lost by the store. Without a
     * row a ticket proves nothing, and a guess must not learn whether there was a row.
     *
     * @param presented the presented credential, of any content
     * @param now the instant of the decision
     * @return the login, which has ended; rejected if the ticket proves nothing, because it is a guess or its login has
     *     ended before
     */
    public Outcome<LoginId> logout(Credential presented, Instant now) {
        PresentedTicket readable = proving.parse(presented);
        if (readable == null) {
            return proving.rejectUnreadable(presented, now);
        }
        Ticket ticket = readable.ticket();
        Optional<OwnedLogin> owned = owned(ticket);
        owned.ifPresent(login -> logout(login, now));
        return owned.map(OwnedLogin::id)
                .map(Outcome::accepted)
                .orElseGet(() -> proving.reject(Rejection.UNKNOWN, ticket, "", now));
    }

    /**
     * Ends a login.
     *
     * @param login a login of this kind, which its own credential has proved
     * @param now the instant of the decision
     */
    public void logout(OwnedLogin login, Instant now) {
        rows.end(login.id(), EndReason.LOGGED_OUT, now);
        reporter.tell(rows.ended(login.id(), login.subject(), EndReason.LOGGED_OUT, now));
    }

    /**
     * The login that a ticket may end. A new login asks this about the login whose place it takes, so a rejection is
     * not reported.
     *
     * @param presented the presented credential, of any content
     * @return rejected if it proves nothing
     */
    public Outcome<OwnedLogin> owned(Credential presented) {
        PresentedTicket readable = proving.parse(presented);
        return readable == null
                ? Outcome.rejected(Proving.unreadable(presented))
                : owned(readable.ticket()).map(Outcome::accepted).orElse(Outcome.rejected(Rejection.UNKNOWN));
    }

    /** A copy may prove that a login belongs to a ticket, because that never changes. The store proves the rest. */
    private Optional<OwnedLogin> owned(Ticket ticket) {
        return owned(ticket, Reach.MEMORY).or(() -> owned(ticket, Reach.STORE));
    }

    private Optional<OwnedLogin> owned(Ticket ticket, Reach reach) {
        return rows.find(ticket.loginId(), reach).flatMap(row -> owned(row, ticket));
    }

    private static Optional<OwnedLogin> owned(LoginRow row, Ticket ticket) {
        return TicketChain.hasOrigin(ticket, row.state().ticket())
                ? Optional.of(new OwnedLogin(row.id(), row.subject()))
                : Optional.empty();
    }

    /**
     * Whether the store itself has the login, and it has neither expired nor ended.
     *
     * @param id the id of the login
     * @param now the instant of the decision
     */
    public boolean isLive(LoginId id, Instant now) {
        return live.isLive(id, now);
    }

    /**
     * Whether an identity belongs to a login of this kind. An identity of another issuer may name the same id, because
     * ids are public.
     */
    public boolean isOurs(Identity identity) {
        return live.isOurs(identity);
    }

    /**
     * The data that the host keeps with a login.
     *
     * @param id the id of the login, for which nobody proves anything here
     * @param now the instant of the decision
     */
    public Outcome<Map<String, String>> data(LoginId id, Instant now) {
        return live.data(id, now);
    }

    /**
     * Changes the data that the host keeps with a login. This is not a use of the login.
     *
     * @param id the id of the login, for which nobody proves anything here
     * @param change makes new data from the newest data; called again if another change comes first
     * @param now the instant of the decision
     * @return the data as written; rejected if the login does not live any more
     */
    public Outcome<Map<String, String>> change(LoginId id, UnaryOperator<Map<String, String>> change, Instant now) {
        return live.change(id, change, now);
    }

    /**
     * Whether the login of an identity is still live, and was not stepped up since. This is not a use of the login.
     *
     * @param identity the identity, of any realm
     * @param requirement the requirement that the identity must also meet
     * @param now the instant of the decision
     * @return the identity as it is now
     */
    public Outcome<Identity> recheck(Identity identity, Requirement requirement, Instant now) {
        return live.recheck(identity, requirement, now);
    }

    /**
     * Revokes one token of a login of this kind.
     *
     * @param id the id of the login
     * @param tokenId the {@code jti}
     * @param until as in {@link dev.gateline.store.Revocation#until()}
     * @param now the instant of the decision
     * @throws dev.gateline.AuthUnavailableException if the token may not be revoked everywhere
     */
    public void endToken(LoginId id, String tokenId, Instant until, Instant now) {
        rows.endToken(id, tokenId, until, now);
    }

    /** The logins of this kind. */
    public Logins logins() {
        return new TicketLogins(rows, clock, reporter);
    }

    /**
     * The time of the proof in whole seconds, as in tokens. It is not in the future, where it would stay fresh for too
     * long.
     */
    private static Instant provedAt(Login login, Instant now) {
        Instant at = login.authenticatedAt().filter(now::isAfter).orElse(now);
        return at.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Reports endings.
     *
     * @param listener the listener, as for {@link dev.gateline.Verifier#onEnded}
     */
    public Listening onEnded(Consumer<Ending> listener) {
        return endings.subscribe(listener);
    }

    /** Writes the uses that are not written yet. */
    @Override
    public void close() {
        endings.close();
        rows.close();
    }
}
