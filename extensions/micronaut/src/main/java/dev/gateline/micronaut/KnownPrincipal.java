package dev.gateline.micronaut;

import dev.gateline.Identity;
import java.security.Principal;

/** An identity as {@link io.micronaut.http.HttpRequest#getUserPrincipal} has it. */
record KnownPrincipal(Identity identity) implements Principal {
    @Override
    public String getName() {
        return identity.subject();
    }
}
