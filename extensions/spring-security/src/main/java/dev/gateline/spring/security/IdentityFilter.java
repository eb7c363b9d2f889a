package dev.gateline.spring.security;

import dev.gateline.Identity;
import dev.gateline.servlet.ServletAuth;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives Spring Security the user of the request, whom Gateline's filter knows. Thread-safe. */
final class IdentityFilter extends OncePerRequestFilter {
    private final SecurityContextHolderStrategy contexts;

    IdentityFilter(SecurityContextHolderStrategy contexts) {
        this.contexts = contexts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Identity> identity = ServletAuth.of(request).identity();
        if (identity.isPresent() && contexts.getContext().getAuthentication() == null) {
            SecurityContext context = contexts.createEmptyContext();
            context.setAuthentication(new GatelineAuthentication(identity.get()));
            contexts.setContext(context);
        }
        chain.doFilter(request, response);
    }

    /** The thread of an asynchronous or an error dispatch has no context of its own. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
