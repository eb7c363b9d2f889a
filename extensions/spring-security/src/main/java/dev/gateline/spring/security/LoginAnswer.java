package dev.gateline.spring.security;

import dev.gateline.Outcome;
import dev.gateline.http.Issued;
import dev.gateline.servlet.ServletAuth;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** Answers a login by {@link ServletAuth#answer(Outcome)}. Thread-safe. */
final class LoginAnswer implements AuthenticationSuccessHandler {
    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication user)
            throws IOException {
        Optional<Issued> issued = StartLogin.issued(request);
        ServletAuth.of(request).answer(issued.isPresent() ? Outcome.accepted(issued.get()) : Outcome.accepted(user));
    }
}
