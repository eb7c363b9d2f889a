package dev.gateline.throttle;

import dev.gateline.AuthListener;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginThrottle;
import dev.gateline.engine.Reporter;
import dev.gateline.internal.Each;
import dev.gateline.internal.Undo;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.Storage;
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
 * reach or full is an outage, and nobody can log in, because a login could not be stored either. In a storage of
 * several parts any part may keep a count, so an outage of one part concerns some attempts of all users. A permitted
 * attempt costs one to three calls to the storage, and as many again after success. Thread-safe.
 */
public final class StoredLoginThrottle implements LoginThrottle {
    private final RateLimitStore store;
    private final KnownDevices devices;
    private final Budgets budgets;
    private final Clock clock;
    private final Reporter reporter;

    StoredLoginThrottle(StoredLoginThrottleBuilder builder, Clock clock, AuthListener listener) {
        store = builder.storage()
                .rateLimits()
                .orElseThrow(() ->
                        new IllegalArgumentException("storage: must keep rate limits; implement Storage.rateLimits()"));
        KeyedDigest digest = new KeyedDigest("the login throttle", builder.key());
        devices = new KnownDevices(digest);
        budgets = new Budgets(digest, devices, builder.rates());
        this.clock = clock;
        reporter = new Reporter(clock, listener);
    }

    /**
     * Starts wiring.
     *
     * @param storage the storage for the counts, usually that of the logins
     * @param key 32 bytes or more, random, the same on all nodes, and used for nothing else; with another key all
     *     counts and all known devices are forgotten
     */
    public static StoredLoginThrottleBuilder builder(Storage storage, SecretKey key) {
        return new StoredLoginThrottleBuilder(storage, key);
    }

    @Override
    public Duration attempt(LoginAttempt attempt) {
        Instant now = clock.instant();
        List<Budget> all = budgets.of(attempt, now);
        return reporter.orUnavailable("count an attempt to log in", () -> take(all, now));
    }

    /** Takes an attempt from all budgets, or from none. */
    private Duration take(List<Budget> all, Instant now) {
        for (int i = 0; i < all.size(); i++) {
            Budget budget = all.get(i);
            List<Budget> taken = all.subList(0, i);
            Duration wait =
                    Undo.onFailure(() -> store.take(budget.name(), budget.rate(), now), () -> giveBack(taken, now));
            if (!wait.isZero()) {
                giveBack(taken, now);
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
        Each.of(taken, budget -> store.giveBack(budget.name(), budget.rate(), now));
    }
}
