package dev.gateline.jwt;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.ClientInfo;
import dev.gateline.Credential;
import dev.gateline.CredentialKind;
import dev.gateline.Ending;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.GrantTooLargeException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.LoginLimit;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Rejected;
import dev.gateline.Rejection;
import dev.gateline.RenewalPolicy;
import dev.gateline.Requirement;
import dev.gateline.Timeouts;
import dev.gateline.engine.LoginTimeouts;
import dev.gateline.engine.Reporter;
import dev.gateline.engine.TicketPolicy;
import dev.gateline.engine.Tickets;
import dev.gateline.engine.Tickets.Owned;
import dev.gateline.internal.Base64Url;
import dev.gateline.internal.Secrets;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Logins as signed tokens: a short-lived access token (RFC 9068) that any node reads without asking, and a refresh
 * token, an opaque ticket, that is rotated at each renewal. Ending a login revokes its access tokens at once.
 * Thread-safe.
 */
public final class JwtAuthenticator implements Authenticator, OneIssuer {
    static final String TICKET_PREFIX = "gr_";

    /**
     * What the clocks of nodes may differ by. Revocations are kept for twice that longer than the tokens they cover.
     */
    private static final Duration CLOCK_MARGIN = JwtVerifier.CLOCK_MARGIN;

    private final String issuer;
    private final String audience;
    private final KeyRing keys;
    private final Duration accessLifetime;
    private final JwtVerifier verifier;
    private final Tickets tickets;
    private final RevocationStore revocations;
    private final Clock clock;
    private final Reporter reporter;

    private JwtAuthenticator(Builder builder) {
        issuer = builder.issuer;
        audience = builder.audience;
        keys = builder.keys;
        accessLifetime = builder.accessLifetime;
        revocations = builder.storage.revocations();
        clock = builder.clock;
        reporter = new Reporter(clock, builder.listener);
        LoginTimeouts timeouts = builder.timeouts();
        check(accessLifetime, "access lifetime", Duration.ofSeconds(1), Duration.ofHours(24));
        if (!accessLifetime.equals(accessLifetime.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("access lifetime: in whole seconds, was " + accessLifetime);
        }
        check(keys.tokensLiveFor(), "the key ring's tokens live for", accessLifetime, ChronoUnit.FOREVER.getDuration());
        for (Timeouts each : List.of(timeouts.usual(), timeouts.remembered())) {
            check(each.idle(), "idle timeout", accessLifetime.plusSeconds(1), each.absolute());
        }
        check(builder.grace, "grace", Duration.ofSeconds(1), accessLifetime);
        verifier = JwtVerifier.builder(issuer, audience, keys)
                .revocations(revocations)
                .maxLifetime(accessLifetime)
                .firstUse(this::used)
                .clock(clock)
                .listener(builder.listener)
                .build();
        TicketPolicy policy = new TicketPolicy(
                TICKET_PREFIX,
                realm(issuer, audience),
                timeouts,
                builder.limit,
                builder.grace,
                builder.retriedFor,
                Duration.ZERO,
                accessLifetime);
        tickets = new Tickets(policy, builder.storage, builder.renewals, clock, reporter);
    }

    /** A token or a ticket for one audience is none for another, also where both are kept in one storage. */
    static String realm(String issuer, String audience) {
        try {
            byte[] both = (issuer + '\n' + audience).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(both);
            return TICKET_PREFIX + Base64Url.encode(digest).substring(0, 22);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void check(Duration was, String what, Duration least, Duration most) {
        if (was.compareTo(least) < 0 || was.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + ": " + least + " to " + most + ", was " + was);
        }
    }

    /**
     * Starts wiring.
     *
     * @param storage where refresh tokens and revocations are kept; not closed by {@link #close()}
     * @param issuer this service's name, an https URL as a rule; {@code iss} of its tokens
     * @param audience the service that the tokens are for; {@code aud}
     * @param keys to sign and verify with
     */
    public static Builder builder(Storage storage, String issuer, String audience, KeyRing keys) {
        return new Builder(storage, issuer, audience, keys);
    }

    @Override
    public String issuer() {
        return issuer;
    }

    /** Empty: subjects are those that the host logs in. */
    @Override
    public String subjectPrefix() {
        return "";
    }

    /** Reads its own access tokens. */
    JwtVerifier verifier() {
        return verifier;
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        Outcome<Identity> outcome = verifier.authenticate(credential, requirement);
        return requirement.isAuthoritative() ? outcome.then(this::stillKept) : outcome;
    }

    /** A token that was issued in the background: nobody knows yet that the user is here. */
    @Override
    public boolean isRenewalDue(Credential access, Identity identity) {
        return verifier.verified(access)
                .toOptional()
                .filter(VerifiedToken::issuedInBackground)
                .isPresent();
    }

    private Outcome<Identity> stillKept(Identity identity) {
        Instant now = clock.instant();
        return tickets.isLive(identity.loginId(), now)
                ? Outcome.accepted(identity)
                : reporter.reject(Rejection.REVOKED, CredentialKind.ACCESS_TOKEN, identity, now);
    }

    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        return tickets.recheck(identity, requirement, clock.instant()).map(live -> live.issuedBy(issuer));
    }

    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        return tickets.onEnded(listener);
    }

    @Override
    public Set<String> prefixes() {
        return Set.of(JwtVerifier.PREFIX, TICKET_PREFIX);
    }

    @Override
    public Grant login(Login login, GrantCheck check) {
        Instant now = clock.instant();
        Optional<Owned> replaced =
                login.replaces().flatMap(credential -> replaced(credential).toOptional());
        return tickets.start(login, replaced, now, issue -> grant(issue, Activity.USER, check, now));
    }

    @Override
    public Outcome<Grant> renew(Credential renewal, GrantCheck check) {
        Instant now = clock.instant();
        return tickets.renew(renewal, now, issue -> grant(issue, Activity.USER, check, now));
    }

    @Override
    public Outcome<Grant> refresh(Credential renewal, Activity activity, GrantCheck check) {
        Instant now = clock.instant();
        return tickets.refresh(renewal, activity, now, issue -> grant(issue, activity, check, now));
    }

    @Override
    public Outcome<Grant> reauthenticate(Credential renewal, Login again, GrantCheck check) {
        Instant now = clock.instant();
        return tickets.reauthenticate(renewal, again, now, issue -> grant(issue, Activity.USER, check, now));
    }

    /** Ends the login of a refresh token, or of an access token: its signature is checked, its time is not. */
    @Override
    public Outcome<LoginId> logout(Credential credential) {
        Instant now = clock.instant();
        if (isTicket(credential)) {
            return tickets.logout(credential, now);
        }
        Outcome<Owned> owned = proved(credential).map(JwtAuthenticator::owned);
        owned.toOptional().ifPresent(login -> tickets.logout(login, now));
        return owned.map(Owned::id);
    }

    /** What an access token of ours says, be it live or not; it is told of if it is none of ours. */
    private Outcome<VerifiedToken> proved(Credential access) {
        Outcome<VerifiedToken> outcome = verifier.verified(access);
        return outcome instanceof Rejected<VerifiedToken> rejected ? verifier.tell(rejected) : outcome;
    }

    private static boolean isTicket(Credential credential) {
        return credential.reveal().startsWith(TICKET_PREFIX);
    }

    /** The login that another takes the place of, if it is one of ours. */
    private Outcome<Owned> replaced(Credential credential) {
        return isTicket(credential)
                ? tickets.owned(credential)
                : verifier.verified(credential).map(JwtAuthenticator::owned);
    }

    private static Owned owned(VerifiedToken token) {
        return new Owned(token.identity().loginId(), token.identity().subject());
    }

    /**
     * Revokes one access token and nothing else: the login goes on, and so do its other tokens and its open streams,
     * also the one that this token opened. {@link #logout} or {@link Logins#end} ends those.
     *
     * @param access of any validity; one that we never signed changes nothing
     * @return the login, whose token is revoked now or was before; rejected if the token proves nothing, because its
     *     key was removed, say: then it is good nowhere where that is known
     * @throws dev.gateline.AuthUnavailableException if it may not be revoked everywhere; call again
     */
    public Outcome<LoginId> revokeToken(Credential access) {
        return proved(access).map(this::revoke);
    }

    private LoginId revoke(VerifiedToken token) {
        Identity identity = token.identity();
        Instant now = clock.instant();
        Instant until = identity.expiresAt().plus(CLOCK_MARGIN).plus(CLOCK_MARGIN);
        reporter.orUnavailable("revoke a token", () -> {
            revocations.revoke(Revocation.ofToken(token.revocable().tokenId(), until), now);
            return token;
        });
        reporter.tell(new AuthEvent.TokenRevoked(
                now,
                ClientInfo.current(),
                identity.realm(),
                identity.loginId(),
                identity.subject(),
                token.revocable().tokenId()));
        return identity.loginId();
    }

    @Override
    public Logins logins() {
        return tickets.logins();
    }

    /** Who shows a token has the refresh token that came with it. */
    private void used(VerifiedToken token, Instant now) {
        tickets.usedBeside(token.identity().loginId(), token.generation(), now);
    }

    /** Stops nothing that others need: what this has started, and nothing else. */
    @Override
    public void close() {
        tickets.close();
    }

    private Grant grant(Tickets.IssuedTicket issue, Activity activity, GrantCheck check, Instant now) {
        LoginRow row = issue.row();
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        Instant lifetimeEnds = issuedAt.plus(accessLifetime);
        Instant loginEnds = row.expiresAt().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = lifetimeEnds.isBefore(loginEnds) ? lifetimeEnds : loginEnds;
        Map<String, Object> claims = claims(issue, issuedAt, expiresAt);
        if (activity == Activity.BACKGROUND) {
            claims.put("sid_idle", true);
        }
        Grant grant = new Grant(
                row.id(),
                access(claims),
                expiresAt,
                issue.ticket(),
                row.expiresAt(),
                row.state().endsAt(),
                row.state().remembered());
        check.check(grant);
        return grant;
    }

    /** What keeps the key may be away, as any store: nothing has been written by then. */
    private Credential access(Map<String, Object> claims) {
        return reporter.orUnavailable("sign a token", () -> signed(claims));
    }

    private Credential signed(Map<String, Object> claims) {
        SigningKey key = keys.active();
        String text = key.compact(JwtVerifier.TYPE, StrictJson.write(claims));
        if (text.length() > Credential.MAX_LENGTH) {
            throw new GrantTooLargeException("the access token, in characters", text.length(), Credential.MAX_LENGTH);
        }
        Credential token = Credential.of(text);
        verifier.remember(token, key.verification());
        return token;
    }

    private Map<String, Object> claims(Tickets.IssuedTicket issue, Instant issuedAt, Instant expiresAt) {
        LoginRow row = issue.row();
        Map<String, Object> claims = new LinkedHashMap<>(row.state().claims().asMap());
        claims.put("iss", issuer);
        claims.put("sub", row.subject());
        claims.put("aud", audience);
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("exp", expiresAt.getEpochSecond());
        claims.put("jti", Secrets.id());
        claims.put("sid", row.id().value());
        claims.put("auth_time", Math.min(row.state().authenticatedAt().getEpochSecond(), issuedAt.getEpochSecond()));
        claims.put("amr", row.state().methods());
        claims.put("sub_epoch", row.state().epoch());
        claims.put("sid_gen", issue.generation());
        if (issue.stepUps() > 0) {
            claims.put("sid_step", issue.stepUps());
        }
        return claims;
    }

    /** Wires a {@link JwtAuthenticator}. Not thread-safe. */
    public static final class Builder {
        private final Storage storage;
        private final String issuer;
        private final String audience;
        private final KeyRing keys;
        private Duration accessLifetime = Duration.ofMinutes(5);
        private @Nullable Duration idleTimeout;
        private @Nullable Duration absoluteTimeout;
        private @Nullable Timeouts remembered;
        private BiFunction<Login, Timeouts, Timeouts> shortened = (login, usual) -> usual;
        private LoginLimit limit = LoginLimit.endingLeastRecentlySeenBeyond(100);
        private Duration grace = Duration.ofSeconds(10);
        private Duration retriedFor = TicketPolicy.AS_LONG_AS_A_LOGIN;
        private RenewalPolicy renewals = RenewalPolicy.unchanged();
        private Clock clock = Clock.systemUTC();
        private AuthListener listener = AuthListener.none();

        private Builder(Storage storage, String issuer, String audience, KeyRing keys) {
            this.storage = storage;
            this.issuer = issuer;
            this.audience = audience;
            this.keys = keys;
        }

        private LoginTimeouts timeouts() {
            return LoginTimeouts.withDefaults(idleTimeout, absoluteTimeout, remembered, shortened);
        }

        /**
         * How long an access token lives.
         *
         * @param lifetime 1 s to 24 h, in whole seconds; default 5 min
         */
        public Builder accessLifetime(Duration lifetime) {
            accessLifetime = lifetime;
            return this;
        }

        /**
         * How long a login may go unused. {@link Authenticator#renew} and {@link Authenticator#refresh} are its use,
         * and not each request: so a login may end up to an access lifetime early, never late.
         *
         * @param timeout longer than the access lifetime, at most the absolute timeout; default 30 min, or the absolute
         *     timeout if that is shorter
         */
        public Builder idleTimeout(Duration timeout) {
            idleTimeout = timeout;
            return this;
        }

        /**
         * How long a login may last, however often it is renewed.
         *
         * @param timeout at least the idle timeout; default 12 h
         */
        public Builder absoluteTimeout(Duration timeout) {
            absoluteTimeout = timeout;
            return this;
        }

        /**
         * Other timeouts for logins that the client keeps beyond its own end.
         *
         * @param timeouts default: 14 days idle, 30 days absolute, or the usual ones where those are longer
         */
        public Builder remembered(Timeouts timeouts) {
            remembered = timeouts;
            return this;
        }

        /**
         * Shortens the timeouts of some logins: those of administrators, say.
         *
         * @param shortened given a login and its usual timeouts; what it answers can't lengthen them
         */
        public Builder shortened(BiFunction<Login, Timeouts, Timeouts> shortened) {
            this.shortened = shortened;
            return this;
        }

        /**
         * How many live logins a user may have.
         *
         * @param limit default: 100, and then the one that has gone unused for longest ends
         */
        public Builder limit(LoginLimit limit) {
            this.limit = limit;
            return this;
        }

        /**
         * How long a refresh token that was traded still leads to its successor once that has been used, for tabs that
         * race; until then it does so for as long as the login lives, for responses that are lost. A minute more after
         * that, for clocks, its use is theft, and ends the login. The successor counts as used when it is presented
         * itself, or when an access token that came with it is accepted at the node that is asked.
         *
         * @param span 1 s to 1 min, at most the access lifetime; default 10 s
         */
        public Builder grace(Duration span) {
            grace = span;
            return this;
        }

        /**
         * How long a refresh token that was traded leads to its successor at most, while nobody is seen to use that. By
         * default a client that never got its answer may come back for as long as the login lives. Then a thief goes
         * unnoticed who presents each token soon after its owner, if access tokens are shown to other services only.
         * With a bound that is shorter than the time between two renewals, one of them comes too late: a token is
         * refused after the span, and a minute later its use is theft. The price is a login of each client that was
         * away for that long with an answer lost.
         *
         * @param span at least the grace; default: without a bound
         */
        public Builder lostAnswersRetriedFor(Duration span) {
            retriedFor = span;
            return this;
        }

        /**
         * Is asked at each renewal whether the login may go on, and with which claims.
         *
         * @param policy default: every login goes on as it is
         */
        public Builder renewals(RenewalPolicy policy) {
            renewals = policy;
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param clock default: the system's
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Hears of what happens.
         *
         * @param listener default: none
         */
        public Builder listener(AuthListener listener) {
            this.listener = listener;
            return this;
        }

        /**
         * Checks the whole.
         *
         * @throws IllegalArgumentException naming the rule that is broken, and the value
         */
        public JwtAuthenticator build() {
            return new JwtAuthenticator(this);
        }
    }
}
