package dev.gateline.store;

import dev.gateline.LoginId;
import dev.gateline.internal.Secrets;
import java.util.List;
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
     * Draws the id of a login that is going to start. It does no I/O.
     *
     * @param realm the realm of the login
     * @param subject the user
     * @return a random id that was never used before; in a storage of several parts one of the part that counts the
     *     logins of this user
     */
    default LoginId newLoginId(String realm, String subject) {
        return new LoginId(Secrets.id());
    }

    /**
     * The part of this storage that keeps a login and its revocations. A storage of one part is this part.
     *
     * @param id the id of the login
     * @return one of {@link #parts()}
     */
    default Storage partOf(LoginId id) {
        return this;
    }

    /** The parts of this storage, which fail independently of each other. */
    default List<Storage> parts() {
        return List.of(this);
    }

    /**
     * Creates a storage in this process, for one node, for tests and for trying Gateline out. A restart of the process
     * ends all logins, unless they were saved before. It also forgets revocations, so an access token stays good until
     * it expires if its key outlives the restart.
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
