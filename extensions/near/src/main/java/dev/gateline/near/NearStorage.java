package dev.gateline.near;

import dev.gateline.AuthListener;
import dev.gateline.LoginId;
import dev.gateline.spi.Change;
import dev.gateline.spi.ChangeFeed;
import dev.gateline.spi.LoginStore;
import dev.gateline.spi.RevocationStore;
import dev.gateline.spi.SharedStorage;
import dev.gateline.spi.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A shared storage with copies in this node's memory: a request costs no network trip. Once {@code logout} or {@code end*}
 * has returned on any node, no other accepts that login for longer than {@code maxStaleness}; for milliseconds as long as all
 * is well. A node that can't prove that it hears of changes asks the store for each request; if that is out of reach too, the
 * request gets an {@link dev.gateline.AuthUnavailableException}.
 *
 * <p>Nodes may differ in their settings. Thread-safe.
 */
public final class NearStorage implements Storage, AutoCloseable {
    private static final Duration LONGEST_STALENESS = Duration.ofMinutes(1);
    private static final int DELETED_AT_ONCE = 200;

    private final SharedStorage shared;
    private final NearLogins logins;
    private final NearRevocations revocations;

    private NearStorage(Builder builder) {
        shared = builder.shared;
        Freshness freshness = new Freshness(builder.maxStaleness, builder.strict, builder.clock, builder.listener);
        logins = new NearLogins(shared.logins(), freshness, builder.capacity);
        revocations = new NearRevocations(shared.revocations(), freshness, builder.clock);
        shared.feed().subscribe(new Copies(freshness));
    }

    /** Keeps the copies right. */
    private final class Copies implements ChangeFeed.Subscriber {
        private final Freshness freshness;

        /** Logins that have ended, whose rows a store that failed over may have again; nobody else will ever end them. */
        private final Set<LoginId> maybeBack = new LinkedHashSet<>();

        Copies(Freshness freshness) {
            this.freshness = freshness;
        }

        @Override
        public void changed(Change change) {
            if (change instanceof Change.OfRow row) {
                logins.changed(row.id());
            } else if (change instanceof Change.OfRevocation ended) {
                revocations.heard(ended.revocation());
            }
        }

        @Override
        public void gap() {
            freshness.forget();
            logins.forgetAll();
            maybeBack.addAll(revocations.reconcile());
        }

        @Override
        public void freshAsOf(long nanos) {
            freshness.proveAsOf(nanos);
            deleteSome();
            if (maybeBack.isEmpty()) {
                revocations.heardAll();
            }
        }

        /** A few at a time, as other changes wait meanwhile. */
        private void deleteSome() {
            try {
                for (LoginId id : maybeBack.stream().limit(DELETED_AT_ONCE).toList()) {
                    shared.logins().delete(id);
                    maybeBack.remove(id);
                }
            } catch (RuntimeException e) {
                // the store is away, and what has ended stays revoked: the next proof of freshness goes on
            }
        }
    }

    /**
     * With the defaults.
     *
     * @param shared closed by {@link #close()}
     */
    public static NearStorage over(SharedStorage shared) {
        return builder(shared).build();
    }

    /**
     * Starts wiring.
     *
     * @param shared closed by {@link #close()}
     */
    public static Builder builder(SharedStorage shared) {
        return new Builder(shared);
    }

    @Override
    public LoginStore logins() {
        return logins;
    }

    @Override
    public RevocationStore revocations() {
        return revocations;
    }

    /** Closes the shared storage. To be called after the authenticators' {@code close()}. */
    @Override
    public void close() {
        shared.close();
    }

    /** Wires a {@link NearStorage}. Not thread-safe. */
    public static final class Builder {
        private final SharedStorage shared;
        private Duration maxStaleness = Duration.ofSeconds(5);
        private int capacity = 100_000;
        private boolean strict;
        private Clock clock = Clock.systemUTC();
        private AuthListener listener = AuthListener.none();

        private Builder(SharedStorage shared) {
            this.shared = shared;
        }

        /**
         * How long copies are trusted without proof that they are right: at least twice the pause between two proofs of the feed.
         *
         * @param most 1 s to 1 min; default: 5 s
         */
        public Builder maxStaleness(Duration most) {
            if (most.compareTo(Duration.ofSeconds(1)) < 0 || most.compareTo(LONGEST_STALENESS) > 0) {
                throw new IllegalArgumentException("max staleness: 1 s to 1 min, was " + most);
            }
            maxStaleness = most;
            return this;
        }

        /**
         * Asks the store for each request, so that an ending is seen everywhere as it returns. Revocations are kept in memory
         * all the same, to be offered to a store that has lost them.
         */
        public Builder strict() {
            strict = true;
            return this;
        }

        /**
         * How many logins are copied at most; those used least are read from the store when they come again. Revocations
         * are not counted: they are all there.
         *
         * @param logins at least 1, about a kilobyte each; default: 100,000
         */
        public Builder capacity(int logins) {
            if (logins < 1) {
                throw new IllegalArgumentException("capacity: at least 1 login, was " + logins);
            }
            capacity = logins;
            return this;
        }

        /** Says what time it is, for what may be forgotten. Default: the system's clock. */
        public Builder clock(Clock time) {
            clock = time;
            return this;
        }

        /** Hears that the feed was lost and regained. Default: nobody. */
        public Builder listener(AuthListener hears) {
            listener = hears;
            return this;
        }

        /**
         * Subscribes to the feed, and returns at once: the store may be out of reach.
         *
         * @throws IllegalArgumentException if {@code maxStaleness} is less than twice the pause between the feed's proofs
         */
        public NearStorage build() {
            Duration pause = shared.feed().provenWithin();
            if (maxStaleness.compareTo(pause.multipliedBy(2)) < 0) {
                throw new IllegalArgumentException("max staleness: at least twice the pause between two proofs of the"
                        + " feed, which is " + pause + ", was " + maxStaleness
                        + "; raise maxStaleness, or shorten the feed's pause (JdbcStorage: pollInterval)");
            }
            return new NearStorage(this);
        }
    }
}
