package dev.gateline.session;

import dev.gateline.Activity;
import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.CredentialKind;
import dev.gateline.Ending;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.LoginLimit;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Accepted;
import dev.gateline.Outcome.Rejected;
import dev.gateline.RenewalPolicy;
import dev.gateline.Requirement;
import dev.gateline.Timeouts;
import dev.gateline.engine.LoginTimeouts;
import dev.gateline.engine.Reporter;
import dev.gateline.engine.TicketPolicy;
import dev.gateline.engine.Tickets;
import dev.gateline.engine.Tickets.Owned;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Logins as sessions: the client holds an opaque id, the store everything else. The access and the renewal credential
 * are the same ticket; {@link #renew} rotates it. Thread-safe.
 *
 * <p>{@link #authenticate} costs one look-up in the store and one in the revocations. Its use is written down behind
 * it, at most once a minute and session.
 */
public final class SessionAuthenticator implements Authenticator {
    private static final String PREFIX = "gs_";

    /** Before the name of a realm, in which there is no colon. */
    private static final String VISITORS = "v:";

    private static final Duration NEVER = TicketPolicy.AS_LONG_AS_A_LOGIN;

    private final Tickets tickets;
    private final Duration rotateEvery;
    private final AttributeCodec codec;
    private final int maxDataSize;
    private final Clock clock;
    private final Reporter reporter;

    private SessionAuthenticator(Builder builder) {
        clock = builder.clock;
        reporter = new Reporter(clock, builder.listener);
        rotateEvery = builder.rotateEvery;
        codec = builder.codec == null ? AttributeCodec.jackson() : builder.codec;
        maxDataSize = builder.maxDataSize;
        LoginTimeouts timeouts = builder.timeouts();
        TicketPolicy policy = new TicketPolicy(
                PREFIX,
                PREFIX + builder.kind + builder.realm,
                timeouts,
                builder.limit,
                builder.grace,
                NEVER,
                builder.seenInterval,
                Duration.ZERO);
        check(builder.seenInterval, "seen interval", Duration.ZERO, Duration.ofHours(1));
        check(rotateEvery, "rotate every", builder.grace.plusSeconds(1), NEVER);
        tickets = new Tickets(policy, builder.storage, builder.renewals, clock, reporter);
    }

    private static void check(Duration was, String what, Duration least, Duration most) {
        if (was.compareTo(least) < 0 || was.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + ": " + least + " to " + most + ", was " + was);
        }
    }

    /**
     * Starts wiring.
     *
     * @param storage where sessions are kept; not closed by {@link #close()}
     */
    public static Builder builder(Storage storage) {
        return new Builder(storage, "");
    }

    /**
     * Starts wiring sessions of visitors who have not logged in, so that there is a place for their data. Their
     * credential proves nothing but that: it is of a realm of its own, and any number of them may have one subject.
     *
     * <p>Anybody can start one, as often as they like, and a storage that is full refuses logins: so visitors belong
     * into a storage of their own, one in memory say, that may be full of them without harm to users. In a shared one,
     * several nodes see the same visits.
     *
     * @param storage where sessions are kept; not that of the users
     */
    public static Builder visitors(Storage storage) {
        return new Builder(storage, VISITORS).limit(LoginLimit.none());
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        Instant now = clock.instant();
        Outcome<Identity> used = tickets.use(credential, requirement, activity, now);
        Outcome<Identity> judged = requirement.checkProof(used, now);
        if (used instanceof Accepted<Identity> live && judged instanceof Rejected<Identity> insufficient) {
            return reporter.reject(insufficient.reason(), CredentialKind.SESSION_ID, live.value(), now);
        }
        return judged;
    }

    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        return tickets.recheck(identity, requirement, clock.instant());
    }

    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        return tickets.onEnded(listener);
    }

    @Override
    public Set<String> prefixes() {
        return Set.of(PREFIX);
    }

    @Override
    public Grant login(Login login, GrantCheck check) {
        Optional<Owned> replaced =
                login.replaces().flatMap(ticket -> tickets.owned(ticket).toOptional());
        return tickets.start(login, replaced, clock.instant(), issue -> grant(issue, check));
    }

    @Override
    public Outcome<Grant> renew(Credential renewal, GrantCheck check) {
        return tickets.renew(renewal, clock.instant(), issue -> grant(issue, check));
    }

    @Override
    public Outcome<Grant> refresh(Credential renewal, Activity activity, GrantCheck check) {
        return tickets.refresh(renewal, activity, clock.instant(), issue -> grant(issue, check));
    }

    @Override
    public boolean isRenewalDue(Credential access, Identity identity) {
        return !clock.instant().isBefore(identity.issuedAt().plus(rotateEvery));
    }

    /**
     * What the host keeps with a session, such as a cart.
     *
     * @param identity as it was authenticated; one that is not of this authenticator has no data, and can keep none
     * @return asks the store only when it is used
     */
    public SessionData data(Identity identity) {
        Optional<LoginId> own = Optional.of(identity.loginId()).filter(id -> tickets.isOurs(identity));
        return new SessionData(tickets, own, codec, maxDataSize, clock);
    }

    /**
     * What the host keeps with a session that it names itself: one that has just started, as in
     * {@link Grant#loginId()}. The id of an {@link Identity} is none to give here, because it may be of another
     * authenticator, and any issuer of tokens may choose it.
     *
     * @param id of a session of this authenticator; whoever names it here has access
     * @return asks the store only when it is used
     */
    public SessionData data(LoginId id) {
        return new SessionData(tickets, Optional.of(id), codec, maxDataSize, clock);
    }

    @Override
    public Outcome<Grant> reauthenticate(Credential renewal, Login again, GrantCheck check) {
        return tickets.reauthenticate(renewal, again, clock.instant(), issue -> grant(issue, check));
    }

    @Override
    public Outcome<LoginId> logout(Credential credential) {
        return tickets.logout(credential, clock.instant());
    }

    @Override
    public Logins logins() {
        return tickets.logins();
    }

    /** Writes down when sessions were last seen, as far as that is not done yet. */
    @Override
    public void close() {
        tickets.close();
    }

    private static Grant grant(Tickets.IssuedTicket issue, GrantCheck check) {
        LoginRow row = issue.row();
        Grant grant = new Grant(
                row.id(),
                issue.ticket(),
                row.expiresAt(),
                issue.ticket(),
                row.expiresAt(),
                row.state().endsAt(),
                row.state().remembered());
        check.check(grant);
        return grant;
    }

    /** Wires a {@link SessionAuthenticator}. Not thread-safe. */
    public static final class Builder {
        private final Storage storage;
        private final String kind;
        private String realm = "";
        private @Nullable Duration idleTimeout;
        private @Nullable Duration absoluteTimeout;
        private @Nullable Timeouts remembered;
        private BiFunction<Login, Timeouts, Timeouts> shortened = (login, usual) -> usual;
        private Duration rotateEvery = Duration.ofMinutes(15);
        private Duration grace = Duration.ofSeconds(10);
        private Duration seenInterval = Duration.ofMinutes(1);
        private LoginLimit limit = LoginLimit.endingLeastRecentlySeenBeyond(100);
        private RenewalPolicy renewals = RenewalPolicy.unchanged();
        private @Nullable AttributeCodec codec;
        private int maxDataSize = 16 * 1024;
        private Clock clock = Clock.systemUTC();
        private AuthListener listener = AuthListener.none();

        private Builder(Storage storage, String kind) {
            this.storage = storage;
            this.kind = kind;
        }

        /**
         * Sets these sessions apart from others in the same storage: those of customers from those of staff, say.
         *
         * @param name 0 to 32 letters, digits and hyphens; default: empty
         */
        public Builder realm(String name) {
            if (name.length() > 32
                    || !name.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-'))) {
                throw new IllegalArgumentException("realm: 0 to 32 letters, digits and hyphens, was " + name);
            }
            realm = name;
            return this;
        }

        private LoginTimeouts timeouts() {
            return LoginTimeouts.withDefaults(idleTimeout, absoluteTimeout, remembered, shortened);
        }

        /**
         * How long a session may go unused. Use is noted at most once an interval, so a session may end that much
         * early, never late.
         *
         * @param timeout at least 1 s, at most the absolute timeout; default 30 min, or the absolute timeout if that
         *     is shorter
         */
        public Builder idleTimeout(Duration timeout) {
            idleTimeout = timeout;
            return this;
        }

        /**
         * How long a session may last, however much it is used; renewal does not extend it.
         *
         * @param timeout at least the idle timeout; default 12 h
         */
        public Builder absoluteTimeout(Duration timeout) {
            absoluteTimeout = timeout;
            return this;
        }

        /**
         * Other timeouts for logins that the browser keeps beyond its own end.
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
         * How old an id becomes before {@link dev.gateline.http.HttpAuth} trades it for its successor on the way, also
         * when nobody asks for it. An id that a renewal has just handed out is kept for the grace and a minute more,
         * and so is never traded sooner.
         *
         * @param span longer than the grace, at most 36,525 days; default 15 min
         */
        public Builder rotateEvery(Duration span) {
            rotateEvery = span;
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
         * How often the use of a session is written down at most, behind the requests.
         *
         * @param interval 0 to 1 h; default 1 min; never more than a tenth of the login's own idle timeout
         */
        public Builder seenInterval(Duration interval) {
            seenInterval = interval;
            return this;
        }

        /**
         * How attributes become JSON.
         *
         * @param codec default: {@link AttributeCodec#jackson()}
         */
        public Builder attributeCodec(AttributeCodec codec) {
            this.codec = codec;
            return this;
        }

        /**
         * How much data a session may have.
         *
         * @param bytes of JSON, all attributes and their names together; default 16 KiB
         */
        public Builder maxDataSize(int bytes) {
            maxDataSize = bytes;
            return this;
        }

        /**
         * How long the id before a rotation is still good once the new one has been used, for requests in flight.
         * A minute more after that, for clocks, its use is theft, and ends the login.
         *
         * @param span 1 s to 1 min, shorter than the idle timeout; default 10 s
         */
        public Builder grace(Duration span) {
            grace = span;
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
        public SessionAuthenticator build() {
            return new SessionAuthenticator(this);
        }
    }
}
