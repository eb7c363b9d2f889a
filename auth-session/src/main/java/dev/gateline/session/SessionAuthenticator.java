package dev.gateline.session;

import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.RenewalPolicy;
import dev.gateline.Requirement;
import dev.gateline.spi.LoginRow;
import dev.gateline.spi.Reporter;
import dev.gateline.spi.Storage;
import dev.gateline.spi.TicketPolicy;
import dev.gateline.spi.Tickets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Logins as sessions: the client holds an opaque id, the store everything else. The access and the renewal credential
 * are the same ticket; {@link #renew} rotates it. Thread-safe.
 *
 * <p>{@link #authenticate} costs one look-up in the store and one in the revocations, and a write at most once a minute
 * and session.
 */
public final class SessionAuthenticator implements Authenticator {
    private static final String PREFIX = "gs_";
    private static final Duration SEEN_INTERVAL = Duration.ofMinutes(1);
    private static final Duration FAIL_OVER = Duration.ofMinutes(5);

    private final Tickets tickets;
    private final Clock clock;
    private final Reporter reporter;

    private SessionAuthenticator(Builder builder) {
        clock = builder.clock;
        reporter = new Reporter(clock, builder.listener);
        Duration tenthOfIdle = builder.idleTimeout.dividedBy(10);
        TicketPolicy policy = new TicketPolicy(
                PREFIX,
                PREFIX + builder.realm,
                builder.idleTimeout,
                builder.absoluteTimeout,
                builder.grace,
                true,
                tenthOfIdle.compareTo(SEEN_INTERVAL) < 0 ? tenthOfIdle : SEEN_INTERVAL,
                FAIL_OVER);
        tickets = new Tickets(policy, builder.storage, builder.renewals, clock, reporter);
    }

    /**
     * Starts wiring.
     *
     * @param storage where sessions are kept; not closed by {@link #close()}
     */
    public static Builder builder(Storage storage) {
        return new Builder(storage);
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement) {
        Instant now = clock.instant();
        Outcome<Identity> outcome =
                tickets.use(credential, now).map(LoginRow::identity).then(identity -> requirement.check(identity, now));
        return reporter.tell(outcome, now);
    }

    @Override
    public Set<String> prefixes() {
        return Set.of(PREFIX);
    }

    @Override
    public Grant login(Login login) {
        Instant now = clock.instant();
        return tickets.start(login, now, issue -> {
            login.replaces().ifPresent(this::logout);
            return grant(issue);
        });
    }

    @Override
    public Outcome<Grant> renew(Credential renewal) {
        return tickets.renew(renewal, clock.instant()).map(SessionAuthenticator::grant);
    }

    @Override
    public Outcome<Grant> refresh(Credential renewal) {
        return tickets.refresh(renewal, clock.instant()).map(SessionAuthenticator::grant);
    }

    @Override
    public Outcome<Grant> reauthenticate(Credential renewal, Login again) {
        return tickets.reauthenticate(renewal, again, clock.instant()).map(SessionAuthenticator::grant);
    }

    @Override
    public void logout(Credential credential) {
        tickets.logout(credential, clock.instant());
    }

    @Override
    public Logins logins() {
        return tickets.logins();
    }

    /** Nothing to release. */
    @Override
    public void close() {}

    private static Grant grant(Tickets.Issue issue) {
        LoginRow row = issue.row();
        return new Grant(
                row.id(),
                issue.ticket(),
                row.expiresAt(),
                issue.ticket(),
                row.expiresAt(),
                row.endsAt(),
                row.remembered());
    }

    /** Wires a {@link SessionAuthenticator}. Not thread-safe. */
    public static final class Builder {
        private final Storage storage;
        private String realm = "";
        private Duration idleTimeout = Duration.ofMinutes(30);
        private Duration absoluteTimeout = Duration.ofHours(12);
        private Duration grace = Duration.ofSeconds(10);
        private RenewalPolicy renewals = RenewalPolicy.unchanged();
        private Clock clock = Clock.systemUTC();
        private AuthListener listener = AuthListener.none();

        private Builder(Storage storage) {
            this.storage = storage;
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

        /**
         * How long a session may go unused. Use is noted at most once a minute (and ten times in this span), so a
         * session may end that much early, never late.
         *
         * @param timeout at least 1 s, at most the absolute timeout; default 30 min
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
         * How long the id before a rotation is still good once the new one has been used, for requests in flight.
         * After that its use is theft, and ends the login.
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
