package dev.gateline.spring.security;

import dev.gateline.http.Issued;
import dev.gateline.http.ReturnPath;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/**
 * Answers a login: a browser that sent a form goes to the page that it wanted before, and a program gets its
 * credentials as JSON. Thread-safe.
 */
final class LoginAnswer implements AuthenticationSuccessHandler {
    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication user)
            throws IOException {
        Optional<Issued> issued = StartLogin.issued(request);
        if (issued.isEmpty() || wantsAPage(request)) {
            String path = ReturnPath.orElse(request.getParameter(ReturnPath.PARAMETER), request.getContextPath() + "/");
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", path);
        } else {
            response.setContentType("application/json");
            response.getWriter().write(issued.get().body());
        }
    }

    private static boolean wantsAPage(HttpServletRequest request) {
        @Nullable String accept = request.getHeader("Accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
    }
}
