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
 * Counts failed attempts by account and by client in a storage, so that all nodes that share it count together. Devices
 * on which an account has logged in before have a budget of their own for it: strangers use up the budget of strangers,
 * and the owner still gets in. While a budget is used up, attempts are refused without a look at the password, and take
 * nothing from any budget.
 *
 * <p>Names share the budget of strangers if they differ in case, accents, blanks, control characters or the
 * compatibility form of a letter only. A device is known for exactly the name that has logged in on it. A name of more
 * than 320 characters is no account's and is counted by itself.
 *
 * <p>The storage holds keyed digests and instants: no name, no address, nothing that was typed. A storage that is out
 * of reach or full is an outage, and nobody logs in: a login could not be stored either. A permitted attempt costs one
 * to three calls to the storage, and as many again once it has succeeded. Thread-safe.
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
                .orElseThrow(() -> new IllegalArgumentException(
                        "storage: one that keeps rate limits; implement Storage.rateLimits()"));
        KeyedDigest digest = new KeyedDigest("the login throttle", builder.key);
        devices = new KnownDevices(digest);
        budgets = new Budgets(digest, devices, builder.rates());
        clock = builder.clock;
        reporter = new Reporter(clock, builder.listener);
    }

    /**
     * Starts wiring.
     *
     * @param storage where attempts are counted; that of the logins, as a rule
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
         * How many failures an account bears from all devices that it does not know, together.
         *
         * @param rate default: 10 in a row, then one every ten minutes
         */
        public Builder strangers(Rate rate) {
            strangers = rate;
            return this;
        }

        /**
         * How many failures an account bears from each device that it has logged in on.
         *
         * @param rate default: 10 in a row, then one a minute
         */
        public Builder device(Rate rate) {
            device = rate;
            return this;
        }

        /**
         * How many failures an account bears from all devices together that it has logged in on: a device that keeps no
         * cookie is another one after each login.
         *
         * @param rate default: 30 in a row, then one a minute
         */
        public Builder allDevices(Rate rate) {
            allDevices = rate;
            return this;
        }

        /**
         * How many failures a client may have with all accounts together. Many people may share one address. A client
         * is an IPv4 address or an IPv6 network of 64 bits.
         *
         * @param rate default: 100 in a row, then one a minute
         */
        public Builder client(Rate rate) {
            client = rate;
            return this;
        }

        /**
         * How many failures the clients of one IPv6 network of 48 bits may have with all accounts together. A tunnel
         * and many providers give one customer so many; a company or a university has as many for all its people.
         *
         * @param rate default: 1,000 in a row, then ten a minute
         */
        public Builder network(Rate rate) {
            network = rate;
            return this;
        }

        /**
         * Sets the clock, for a storage that has none.
         *
         * @param clock default: the system's
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Hears that the storage is out of reach.
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
         * Checks the whole.
         *
         * @throws IllegalArgumentException if the storage keeps no rate limits, or the key is short or was never random
         */
        public StoredLoginThrottle build() {
            return new StoredLoginThrottle(this);
        }
    }
}
