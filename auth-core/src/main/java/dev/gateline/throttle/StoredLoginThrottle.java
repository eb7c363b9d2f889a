package dev.gateline.throttle;

import dev.gateline.AuthListener;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginThrottle;
import dev.gateline.engine.Reporter;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.RateLimitStore.Rate;
import dev.gateline.store.Storage;
import dev.gateline.throttle.Budgets.Budget;
import dev.gateline.throttle.Budgets.Rates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.crypto.SecretKey;

/**
 * Counts failed attempts by account and by client in a storage, so that all nodes that share it count together. A
 * device on which an account has logged in before has a budget of its own for that account. Strangers use up the budget
 * of strangers, and the owner can still log in. While a budget is used up, attempts are refused before the password is
 * checked, and take nothing from any budget.
 *
 * <p>Names share the budget of strangers if they differ in case, accents, blanks, control characters or the
 * compatibility form of a letter only. A device is known for exactly the name that has logged in on it. A name of more
 * than 320 characters is counted as it is.
 *
 * <p>The storage contains keyed digests and instants, and no name, address or typed text. A storage that is out of
 * reach or full is an outage, and nobody can log in, because a login could not be stored either. A permitted attempt
 * costs one to three calls to the storage, and as many again after success. Thread-safe.
 */
public final class StoredLoginThrottle implements LoginThrottle {
    private final RateLimitStore store;
    private final KnownDevices devices;
    private final Budgets budgets;
    private final Clock clock;
    private final Reporter reporter;

    private StoredLoginThrottle(Builder builder) {
        store = builder.storage
                .rateLimits()
                .orElseThrow(() ->
                        new IllegalArgumentException("storage: must keep rate limits; implement Storage.rateLimits()"));
        KeyedDigest digest = new KeyedDigest("the login throttle", builder.key);
        devices = new KnownDevices(digest);
        budgets = new Budgets(digest, devices, builder.rates());
        clock = builder.clock;
        reporter = new Reporter(clock, builder.listener);
    }

    /**
     * Starts wiring.
     *
     * @param storage the storage for the counts, usually that of the logins
     * @param key 32 bytes or more, random, the same on all nodes, and used for nothing else; with another key all
     *     counts and all known devices are forgotten
     */
    public static Builder builder(Storage storage, SecretKey key) {
        return new Builder(storage, key);
    }

    @Override
    public Duration attempt(LoginAttempt attempt) {
        Instant now = clock.instant();
        List<Budget> all = budgets.of(attempt, now);
        return reporter.orUnavailable("count an attempt to log in", () -> take(all, now));
    }

    /** From all budgets, or from none. */
    private Duration take(List<Budget> all, Instant now) {
        for (int i = 0; i < all.size(); i++) {
            Duration wait = store.take(all.get(i).name(), all.get(i).rate(), now);
            if (!wait.isZero()) {
                giveBack(all.subList(0, i), now);
                return wait;
            }
        }
        return Duration.ZERO;
    }

    @Override
    public String succeeded(LoginAttempt attempt) {
        Instant now = clock.instant();
        List<Budget> all = budgets.of(attempt, now);
        return reporter.orUnavailable("give back an attempt to log in", () -> {
            giveBack(all, now);
            return devices.with(attempt, now);
        });
    }

    private void giveBack(List<Budget> taken, Instant now) {
        taken.forEach(budget -> store.giveBack(budget.name(), budget.rate(), now));
    }

    /** Wires a {@link StoredLoginThrottle}. Not thread-safe. */
    public static final class Builder {
        private final Storage storage;
        private final SecretKey key;
        private Rate strangers = new Rate(10, Duration.ofMinutes(10));
        private Rate device = new Rate(10, Duration.ofMinutes(1));
        private Rate allDevices = new Rate(30, Duration.ofMinutes(1));
        private Rate client = new Rate(100, Duration.ofMinutes(1));
        private Rate network = new Rate(1_000, Duration.ofSeconds(6));
        private Clock clock = Clock.systemUTC();
        private AuthListener listener = AuthListener.none();

        private Builder(Storage storage, SecretKey key) {
            this.storage = storage;
            this.key = key;
        }

        /**
         * Sets how many failures an account may have from all unknown devices together.
         *
         * @param rate default: 10 in a row, then one every ten minutes
         */
        public Builder strangers(Rate rate) {
            strangers = rate;
            return this;
        }

        /**
         * Sets how many failures an account may have from each known device.
         *
         * @param rate default: 10 in a row, then one a minute
         */
        public Builder device(Rate rate) {
            device = rate;
            return this;
        }

        /**
         * Sets how many failures an account may have from all known devices together, because a device that keeps no
         * cookie counts as another one after each login.
         *
         * @param rate default: 30 in a row, then one a minute
         */
        public Builder allDevices(Rate rate) {
            allDevices = rate;
            return this;
        }

        /**
         * Sets how many failures a client may have with all accounts together. Many people may share one address. A
         * client is an IPv4 address or an IPv6 network of 64 bits.
         *
         * @param rate default: 100 in a row, then one a minute
         */
        public Builder client(Rate rate) {
            client = rate;
            return this;
        }

        /**
         * Sets how many failures the clients of one IPv6 network of 48 bits may have with all accounts together.
         * Tunnels and many providers give such a network to one customer; a company or a university has one for all its
         * people.
         *
         * @param rate default: 1,000 in a row, then ten a minute
         */
        public Builder network(Rate rate) {
            network = rate;
            return this;
        }

        /**
         * Sets the clock, for a storage without a server's clock.
         *
         * @param clock default: the system's
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Sets the listener, which hears if the storage is out of reach.
         *
         * @param listener default: none
         */
        public Builder listener(AuthListener listener) {
            this.listener = listener;
            return this;
        }

        private Rates rates() {
            return new Rates(strangers, device, allDevices, client, network);
        }

        /**
         * Builds the throttle.
         *
         * @throws IllegalArgumentException if the storage keeps no rate limits, or if the key is short or evidently not
         *     random
         */
        public StoredLoginThrottle build() {
            return new StoredLoginThrottle(this);
        }
    }
}
