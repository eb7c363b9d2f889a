package dev.gateline.servlet;

import dev.gateline.Identity;
import java.security.Principal;

/**
 * An identity as the servlet API wants it, which frameworks pass on.
 *
 * @param identity whose subject is the name
 */
public record IdentityPrincipal(Identity identity) implements Principal {
    @Override
    public String getName() {
        return identity.subject();
    }
}
