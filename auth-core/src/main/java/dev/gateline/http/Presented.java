package dev.gateline.http;

import dev.gateline.Credential;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The credentials that came with a request in one carrier. */
final class Presented {
    static final Presented NOTHING = new Presented(null, null);

    private final @Nullable Credential access;
    private final @Nullable Credential renewal;

    private Presented(@Nullable Credential access, @Nullable Credential renewal) {
        this.access = access;
        this.renewal = renewal;
    }

    /** One credential that serves as whatever is asked for. */
    static Presented one(Credential credential) {
        return new Presented(credential, credential);
    }

    static Presented of(Optional<Credential> access, Optional<Credential> renewal) {
        return new Presented(access.orElse(null), renewal.orElse(null));
    }

    Optional<Credential> access() {
        return Optional.ofNullable(access);
    }

    Optional<Credential> renewal() {
        return Optional.ofNullable(renewal);
    }

    /** The one that is good for longest: a renewal credential, or an access credential that came alone. */
    Optional<Credential> longest() {
        return renewal != null ? renewal() : access();
    }

    /** Whether the renewal credential is another than the access credential. */
    boolean hasRenewalOfItsOwn() {
        return !renewal().equals(access()) && renewal != null;
    }

    boolean isNothing() {
        return access == null && renewal == null;
    }
}
