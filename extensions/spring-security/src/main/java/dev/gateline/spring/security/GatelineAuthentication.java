package dev.gateline.spring.security;

import dev.gateline.Identity;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * An identity as Spring Security wants it. The principal is the {@link Identity}, and the name its subject. The
 * authorities are {@code ROLE_} and each role, {@code SCOPE_} and each scope, and a factor for each method by which the
 * user proved who they are, with the instant of that.
 */
public final class GatelineAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized: the context is made anew for each request
    private final Identity identity;

    GatelineAuthentication(Identity identity) {
        super(Authorities.of(identity));
        this.identity = identity;
        setAuthenticated(true);
    }

    /** The identity. */
    @Override
    public Identity getPrincipal() {
        return identity;
    }

    /** Nothing: no secret is kept here. */
    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GatelineAuthentication that && identity.equals(that.identity) && super.equals(other);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }
}
