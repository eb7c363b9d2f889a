package dev.gateline.store;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The place of logins and revocations. It is one object for each technology, so that a host chooses it in one line, and
 * all nodes read all parts. Both strategies may share a storage. Thread-safe.
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
     * Creates a storage in this process, for one node, for tests and for trying Gateline out. A restart of the process
     * ends all logins, unless they were saved before.
     *
     * @param capacity the greatest number of logins; a full store refuses new logins and never drops a live one
     */
    static MemoryStorage inMemory(int capacity) {
        return inMemory(capacity, System::nanoTime);
    }

    /**
     * Creates a storage in this process, as {@link #inMemory(int)} does, for tests that move the clock of an
     * authenticator. A row that has expired by that clock keeps its place until the monotonic clock has moved half as
     * far.
     *
     * @param capacity the greatest number of logins
     * @param nanos a monotonic clock, in nanoseconds, as {@link System#nanoTime}
     */
    static MemoryStorage inMemory(int capacity, LongSupplier nanos) {
        return new MemoryStorage(capacity, nanos);
    }

    /**
     * Joins two stores, without rate limits.
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
     * Joins three stores.
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
