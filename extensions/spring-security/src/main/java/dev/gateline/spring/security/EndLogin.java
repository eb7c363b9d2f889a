package dev.gateline.spring.security;

import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.servlet.ServletAuth;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/**
 * Ends the login of a request at Spring Security's logout. A request that proves no login is refused where the login
 * may live, so that nobody is told that they are logged out when they are not. Thread-safe.
 */
final class EndLogin implements LogoutHandler {
    /** Without a credential, or with one whose login has ended before, nobody is logged in. */
    private static final Set<Rejection> NOTHING_LEFT = Set.of(Rejection.MISSING, Rejection.UNKNOWN);

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication user) {
        ServletAuth door = ServletAuth.of(request);
        Outcome<LoginId> ended = door.logout();
        Optional<Rejection> left = ended.rejection().filter(reason -> !NOTHING_LEFT.contains(reason));
        try {
            if (left.isPresent()) {
                door.refuse(left.get());
                response.flushBuffer();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
