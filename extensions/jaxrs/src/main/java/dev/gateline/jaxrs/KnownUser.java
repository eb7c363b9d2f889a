package dev.gateline.jaxrs;

import dev.gateline.Identity;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers the questions of Jakarta REST about the user of a request from the identity. */
record KnownUser(Visit visit, @Nullable SecurityContext server) implements SecurityContext {
    private static final String ANY_AUTHENTICATED_USER = "**";
    private static final ThreadLocal<@Nullable List<Visit>> ASKING = new ThreadLocal<>();

    /**
     * The visit of the user whom a server shows. Each server puts other proxies before a security context, so that a
     * question is put to it that the real one answers on the side.
     */
    static Optional<Visit> visit(SecurityContext user) {
        List<Visit> answers = new ArrayList<>(1);
        ASKING.set(answers);
        try {
            user.getAuthenticationScheme();
        } finally {
            ASKING.remove();
        }
        return answers.stream().findFirst();
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return visit.identity().orElse(null);
    }

    @Override
    public boolean isUserInRole(String role) {
        Optional<Identity> user = visit.identity();
        return user.isPresent()
                && (role.equals(ANY_AUTHENTICATED_USER) || user.get().roles().contains(role));
    }

    @Override
    public boolean isSecure() {
        return server != null && server.isSecure();
    }

    @Override
    public @Nullable String getAuthenticationScheme() {
        @Nullable List<Visit> asking = ASKING.get();
        if (asking != null) {
            asking.add(visit);
        }
        return visit.identity().isPresent() ? "GATELINE" : null;
    }
}
