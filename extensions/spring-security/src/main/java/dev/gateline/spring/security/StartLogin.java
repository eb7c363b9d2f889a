package dev.gateline.spring.security;

import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.http.Issued;
import dev.gateline.servlet.ServletAuth;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;

/**
 * Starts a login for a user whom a filter of Spring Security has verified, or steps up the login of the same user.
 * Thread-safe.
 */
final class StartLogin implements SessionAuthenticationStrategy {
    private static final String ISSUED = StartLogin.class.getName();

    private final LoginOfUser logins;

    StartLogin(LoginOfUser logins) {
        this.logins = logins;
    }

    @Override
    public void onAuthentication(Authentication user, HttpServletRequest request, HttpServletResponse response) {
        if (user instanceof GatelineAuthentication) {
            return;
        }
        // before the login starts: if the counts are out of reach, no login may live on
        LoginGuard.succeeded(request);
        ServletAuth door = ServletAuth.of(request);
        Login login = logins.login(user);
        Outcome<Issued> issued = isOf(door.identity(), login) ? door.reauthenticate(login) : door.login(login);
        Optional<Rejection> reason = issued.rejection();
        if (reason.isPresent()) {
            throw new SessionAuthenticationException("the login was refused: " + reason.get());
        }
        request.setAttribute(ISSUED, issued.toOptional().orElseThrow());
    }

    private static boolean isOf(Optional<Identity> known, Login login) {
        return known.filter(identity -> identity.subject().equals(login.subject()))
                .isPresent();
    }

    /** The login that this request has started, for the body of its response. */
    static Optional<Issued> issued(HttpServletRequest request) {
        return Optional.ofNullable((Issued) request.getAttribute(ISSUED));
    }
}
