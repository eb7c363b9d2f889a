package dev.gateline.http;

import dev.gateline.Credential;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The credentials that came with a request in one carrier. Immutable. */
final class Presented {
    static final Presented NOTHING = new Presented(List.of(), List.of(), null);

    private final List<Credential> access;
    private final List<Credential> renewal;
    private final @Nullable Rejection flaw;

    private Presented(List<Credential> access, List<Credential> renewal, @Nullable Rejection flaw) {
        this.access = access;
        this.renewal = renewal;
        this.flaw = flaw;
    }

    /** A single credential, for access as well as for renewal. */
    static Presented one(Credential credential) {
        return new Presented(List.of(credential), List.of(credential), null);
    }

    /** Credentials that can't be read as those of one client. */
    static Presented flawed(Rejection flaw) {
        return flawed(flaw, List.of(), List.of());
    }

    /**
     * Credentials that can't be read as those of one client. They authenticate nobody, but their logins can be ended.
     */
    static Presented flawed(Rejection flaw, List<Credential> access, List<Credential> renewal) {
        return new Presented(access, renewal, flaw);
    }

    static Presented of(List<Credential> access, List<Credential> renewal) {
        return new Presented(access, renewal, null);
    }

    /** These credentials, if they can belong to one client. */
    Outcome<Presented> unflawed() {
        return flaw == null ? Outcome.accepted(this) : Outcome.rejected(flaw);
    }

    boolean isFlawed() {
        return flaw != null;
    }

    Optional<Credential> access() {
        return access.stream().findFirst();
    }

    Optional<Credential> renewal() {
        return renewal.stream().findFirst();
    }

    /** The credential that is good for longest: a renewal credential, or an access credential that came alone. */
    Optional<Credential> longest() {
        return renewal().or(this::access);
    }

    /** The access credentials that are no renewal credentials. */
    List<Credential> accessOnly() {
        return access.stream().filter(each -> !renewal.contains(each)).toList();
    }

    List<Credential> renewals() {
        return renewal;
    }

    /** Whether the renewal credential differs from the access credential. */
    boolean hasRenewalOfItsOwn() {
        return !renewal.isEmpty() && !renewal.equals(access);
    }

    boolean isNothing() {
        return access.isEmpty() && renewal.isEmpty() && flaw == null;
    }
}
