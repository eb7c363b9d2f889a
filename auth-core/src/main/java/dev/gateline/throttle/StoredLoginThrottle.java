package dev.gateline.throttle;

import dev.gateline.AuthListener;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginThrottle;
import dev.gateline.engine.Reporter;
import dev.gateline.internal.Base64Url;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.RateLimitStore.Rate;
import dev.gateline.store.Storage;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/**
 * Counts failed attempts by account and by client in a storage, so that all nodes that share it count together. Devices
 * on which an account has logged in before have a budget of their own for it: strangers use up the budget of strangers,
 * and the owner still gets in. While a budget is used up, attempts are refused without a look at the password, and do
 * not count.
 *
 * <p>The storage holds keyed digests and instants: no name, no address, nothing that was typed. A storage that is out
 * of reach is an outage, and nobody logs in: a login could not be stored either. An attempt costs one or two calls to
 * the storage. Thread-safe.
 */
public final class StoredLoginThrottle implements LoginThrottle {
    private final RateLimitStore store;
    private final KeyedDigest digest;
    private final KnownDevices devices;
    private final Rate strangers;
    private final Rate device;
    private final Rate client;
    private final Clock clock;
    private final Reporter reporter;

    private record Budget(String name, Rate rate) {}

    private StoredLoginThrottle(Builder builder) {
        store = builder.storage
                .rateLimits()
                .orElseThrow(() -> new IllegalArgumentException(
                        "storage: one that keeps rate limits; implement Storage.rateLimits()"));
        digest = new KeyedDigest("the login throttle", builder.key);
        devices = new KnownDevices(digest);
        strangers = builder.strangers;
        device = builder.device;
        client = builder.client;
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
        return reporter.orUnavailable(
                "count an attempt to log in",
                () -> budgets(attempt, now)
                        .map(budget -> store.take(budget.name(), budget.rate(), now))
                        .filter(wait -> !wait.isZero())
                        .findFirst()
                        .orElse(Duration.ZERO));
    }

    @Override
    public String succeeded(LoginAttempt attempt) {
        Instant now = clock.instant();
        String known = devices.with(attempt.device(), account(attempt), now);
        return reporter.orUnavailable("give back an attempt to log in", () -> {
            budgets(attempt, now).forEach(budget -> store.giveBack(budget.name(), budget.rate(), now));
            return known;
        });
    }

    /** The client's comes first: one that has used up its own uses up no account's. */
    private Stream<Budget> budgets(LoginAttempt attempt, Instant now) {
        byte[] account = account(attempt);
        Optional<byte[]> number = devices.find(attempt.device(), account, now);
        if (number.isPresent()) {
            return Stream.of(new Budget(name("attempts of a device", account, number.get()), device));
        }
        Budget ofStrangers = new Budget(name("attempts of strangers", account), strangers);
        return attempt.client().isEmpty()
                ? Stream.of(ofStrangers)
                : Stream.of(
                        new Budget(name("attempts of a client", utf8(ClientNetwork.of(attempt.client()))), client),
                        ofStrangers);
    }

    private String name(String purpose, byte[]... parts) {
        return Base64Url.encode(digest.of(purpose, parts));
    }

    /** Names that a host may take for one, by case, blanks or the form of a letter, share their budget. */
    private byte[] account(LoginAttempt attempt) {
        String folded = Normalizer.normalize(attempt.account(), Normalizer.Form.NFKC)
                .strip()
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return digest.of("account", utf8(folded));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Wires a {@link StoredLoginThrottle}. Not thread-safe. */
    public static final class Builder {
        private final Storage storage;
        private final SecretKey key;
        private Rate strangers = new Rate(10, Duration.ofMinutes(10));
        private Rate device = new Rate(10, Duration.ofMinutes(1));
        private Rate client = new Rate(100, Duration.ofMinutes(1));
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
         * How many failures a client may have with all accounts together. Many people may share one address.
         *
         * @param rate default: 100 in a row, then one a minute
         */
        public Builder client(Rate rate) {
            client = rate;
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
