package dev.gateline.spring.security;

import dev.gateline.LoginAttempt;
import dev.gateline.Rejection;
import dev.gateline.servlet.ServletAuth;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Asks whether a request may log in at all, ahead of all filters that look at a password. Otherwise another site could
 * make browsers guess, and a guess would cost a guesser nothing. Thread-safe.
 */
final class LoginGuard extends OncePerRequestFilter {
    private static final String ATTEMPT = LoginGuard.class.getName();

    private final RequestMatcher logins;
    private final String nameParameter;
    private final boolean counts;

    LoginGuard(RequestMatcher logins, String nameParameter, boolean counts) {
        this.logins = logins;
        this.nameParameter = nameParameter;
        this.counts = counts;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !logins.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ServletAuth door = ServletAuth.of(request);
        Optional<Rejection> refusal = check(door, request);
        if (refusal.isPresent()) {
            door.refuse(refusal.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<Rejection> check(ServletAuth door, HttpServletRequest request) {
        @Nullable String name = request.getParameter(nameParameter);
        if (!counts || name == null) {
            return door.checkLogin();
        }
        // Spring's filter for forms looks for the user of this name, without characters up to U+0020 at its ends
        LoginAttempt attempt = LoginAttempt.of(name.trim()).from(request.getRemoteAddr());
        request.setAttribute(ATTEMPT, attempt);
        return door.checkLogin(attempt);
    }

    /** The attempt of this request was a login: it does not count as a failure. */
    static void succeeded(HttpServletRequest request) {
        if (request.getAttribute(ATTEMPT) instanceof LoginAttempt attempt) {
            ServletAuth.of(request).succeeded(attempt);
        }
    }
}
