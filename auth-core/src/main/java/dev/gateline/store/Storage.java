package dev.gateline.store;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Where logins and revocations are kept: one object per technology, so that a host chooses in one line and can't keep
 * one part where the other nodes don't look. Both strategies may share one. Thread-safe.
 */
public interface Storage {

    /** The logins. */
    LoginStore logins();

    /** The revocations. */
    RevocationStore revocations();

    /**
     * The rate limits.
     *
     * @return empty, which is the default, if this storage keeps none
     */
    default Optional<RateLimitStore> rateLimits() {
        return Optional.empty();
    }

    /**
     * In this process: for one node, for tests and for trying out. Restarting the process ends all logins, unless they
     * are saved before.
     *
     * @param capacity how many logins it holds at most; a full store refuses new ones and never drops a live one
     */
    static MemoryStorage inMemory(int capacity) {
        return inMemory(capacity, System::nanoTime);
    }

    /**
     * In this process, as {@link #inMemory(int)}, for tests that move the clock of an authenticator: what has expired
     * by that clock keeps its place until a monotonic clock has gone half as far.
     *
     * @param capacity how many logins it holds at most
     * @param nanos a monotonic clock, in nanoseconds, as {@link System#nanoTime}
     */
    static MemoryStorage inMemory(int capacity, LongSupplier nanos) {
        return new MemoryStorage(capacity, nanos);
    }

    /**
     * Two stores as one.
     *
     * @param logins seen by the same nodes as {@code revocations}
     * @param revocations seen by the same nodes as {@code logins}
     */
    static Storage of(LoginStore logins, RevocationStore revocations) {
        return new Storage() {
            @Override
            public LoginStore logins() {
                return logins;
            }

            @Override
            public RevocationStore revocations() {
                return revocations;
            }
        };
    }

    /**
     * Three stores as one.
     *
     * @param logins seen by the same nodes as the others
     * @param revocations seen by the same nodes as the others
     * @param rateLimits seen by the same nodes as the others
     */
    static Storage of(LoginStore logins, RevocationStore revocations, RateLimitStore rateLimits) {
        return new Storage() {
            @Override
            public LoginStore logins() {
                return logins;
            }

            @Override
            public RevocationStore revocations() {
                return revocations;
            }

            @Override
            public Optional<RateLimitStore> rateLimits() {
                return Optional.of(rateLimits);
            }
        };
    }
}
