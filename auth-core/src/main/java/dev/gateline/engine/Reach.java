package dev.gateline.engine;

import dev.gateline.LoginId;
import dev.gateline.Requirement;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Revocable;
import dev.gateline.store.RevocationStore;
import java.util.Optional;
import java.util.function.Supplier;

/** The places that a question about a login may ask. */
public enum Reach {
    /**
     * The memory of this node alone, without waiting. A login that memory does not prove counts as not live. A store
     * whose memory throws proves nothing, and its caller asks the store itself next.
     */
    MEMORY,

    /** The store, unless a copy can answer. */
    COPY,

    /** The store itself. */
    STORE;

    /**
     * The reach that a requirement demands.
     *
     * @param requirement the requirement of a request
     */
    public static Reach of(Requirement requirement) {
        return requirement.isAuthoritative() ? STORE : COPY;
    }

    Optional<LoginRow> find(LoginStore store, LoginId id) {
        return switch (this) {
            case MEMORY -> inMemory(() -> store.findInMemory(id), Optional.empty());
            case COPY -> store.find(id);
            case STORE -> store.findAuthoritative(id);
        };
    }

    /**
     * Whether a token or a login has ended, as far as the reach can tell.
     *
     * @param store the store of the revocations
     * @param it a token or login whose other checks have passed
     */
    public boolean isRevoked(RevocationStore store, Revocable it) {
        return switch (this) {
            case MEMORY -> inMemory(() -> store.mayBeRevoked(it), true);
            case COPY -> store.isRevoked(it);
            case STORE -> store.isRevokedAuthoritatively(it);
        };
    }

    private static <T> T inMemory(Supplier<T> question, T unproved) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return unproved;
        }
    }
}
