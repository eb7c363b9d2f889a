package dev.gateline.servlet;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginRefusedException;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.HttpAuth;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Authenticates each request. Behind the filter, {@code getUserPrincipal}, {@code getRemoteUser}, {@code isUserInRole}
 * and {@code logout} of the request use Gateline's login, and {@link ServletAuth#of} has the other operations. Map it
 * to {@code /*} for all dispatcher types, before other filters. Thread-safe.
 *
 * <pre>{@code
 * context.addFilter("gateline", GatelineFilter.open(auth))
 *         .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
 * context.addFilter("members", GatelineFilter.secured(auth))
 *         .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/members/*");
 * }</pre>
 */
public final class GatelineFilter implements Filter {
    private final HttpAuth auth;
    private final Optional<Requirement> demanded;

    private GatelineFilter(HttpAuth auth, Optional<Requirement> demanded) {
        this.auth = auth;
        this.demanded = demanded;
    }

    /**
     * Creates the filter for all pages: it refuses only requests that another site made a browser send. A browser with
     * a dead cookie is a stranger here, and can log in.
     *
     * @param auth the {@link HttpAuth} to adapt
     */
    public static GatelineFilter open(HttpAuth auth) {
        return new GatelineFilter(auth, Optional.empty());
    }

    /**
     * Creates a filter that lets only authenticated requests through.
     *
     * @param auth the {@link HttpAuth} to adapt
     */
    public static GatelineFilter secured(HttpAuth auth) {
        return secured(auth, Requirement.none());
    }

    /**
     * Creates a filter that lets only authenticated requests through that satisfy a requirement.
     *
     * @param auth the {@link HttpAuth} to adapt
     * @param requirement such as a recent proof
     */
    public static GatelineFilter secured(HttpAuth auth, Requirement requirement) {
        return new GatelineFilter(auth, Optional.of(requirement));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer) {
            filter(http, answer, chain);
        } else {
            throw new ServletException("Gateline reads HTTP requests only");
        }
    }

    private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<ServletAuth> earlier = ServletAuth.find(request);
        boolean isFirst = earlier.isEmpty();
        ServletAuth door = earlier.orElseGet(() -> ServletAuth.begin(auth, request, response));
        if (!door.isOf(auth)) {
            throw new IllegalStateException("one HttpAuth for each path: a filter of another has judged this"
                    + " request before; join them as lanes of one HttpAuth, or map the filters to other paths");
        }
        try {
            boolean isError = request.getDispatcherType() == DispatcherType.ERROR;
            if (isError ? mayBeShown(door, isFirst) : permits(door, isFirst)) {
                chain.doFilter(request instanceof KnownRequest ? request : new KnownRequest(request, door), response);
            }
        } catch (AuthUnavailableException | LoginRefusedException | ServletException e) {
            // frameworks wrap what a page throws
            Throwable failure = e instanceof ServletException wrapper ? wrapper.getRootCause() : e;
            if (!door.answers(failure)) {
                throw e;
            }
        }
    }

    /**
     * Whether an error page is open to the sender. Otherwise the error is sent without it: a refusal would hide the
     * error, and an outage would, too.
     */
    private boolean mayBeShown(ServletAuth door, boolean isFirst) {
        try {
            if (isFirst) {
                door.recognise();
            }
            return demanded.isEmpty() || door.judge(demanded.get()).toOptional().isPresent();
        } catch (AuthUnavailableException e) {
            return demanded.isEmpty();
        }
    }

    /**
     * Whether the request may go on; otherwise it has been refused. The first filter refuses at once. Only the error
     * page and its forwards come after that.
     */
    private boolean permits(ServletAuth door, boolean isFirst) throws IOException {
        Optional<Rejection> refused = isFirst ? HttpAuth.refusedAtOnce(door.recognise()) : Optional.empty();
        if (refused.isPresent()) {
            door.refuse(refused.get());
            return false;
        }
        return demanded.isEmpty() || door.require(demanded.get()).isPresent();
    }
}
