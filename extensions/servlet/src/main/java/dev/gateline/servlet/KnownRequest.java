package dev.gateline.servlet;

import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that answers the servlet API's questions about its user from the identity. */
final class KnownRequest extends HttpServletRequestWrapper {
    private static final String ANY_AUTHENTICATED_USER = "**";

    private final ServletAuth auth;

    KnownRequest(HttpServletRequest request, ServletAuth auth) {
        super(request);
        this.auth = auth;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return auth.identity().orElse(null);
    }

    @Override
    public @Nullable String getRemoteUser() {
        return auth.identity().map(Identity::subject).orElse(null);
    }

    @Override
    public @Nullable String getAuthType() {
        return auth.identity().isPresent() ? "GATELINE" : null;
    }

    @Override
    public boolean isUserInRole(String role) {
        Optional<Identity> user = auth.identity();
        return user.isPresent()
                && (role.equals(ANY_AUTHENTICATED_USER) || user.get().roles().contains(role));
    }

    /** Refuses whom it does not know. */
    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException {
        Optional<Rejection> reason = auth.outcome().rejection();
        if (reason.isPresent()) {
            auth.refuse(reason.get());
        }
        return reason.isEmpty();
    }

    @Override
    public void login(String username, String password) throws ServletException {
        throw new ServletException(
                "Gateline verifies no passwords: verify it, then call ServletAuth.of(request).login(...)");
    }

    @Override
    public void logout() throws ServletException {
        Outcome<?> ended = auth.logout();
        if (ended.rejection().filter(KnownRequest::mayLeaveALogin).isPresent()) {
            throw new ServletException("nothing has ended, because the request proves no login");
        }
    }

    /** Without a credential, or with one whose login has ended before, nobody is logged in. */
    private static boolean mayLeaveALogin(Rejection reason) {
        return reason != Rejection.MISSING && reason != Rejection.UNKNOWN;
    }
}
