package dev.gateline.spring;

import dev.gateline.http.HttpAuth;
import dev.gateline.servlet.GatelineFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.web.cors.CorsUtils;

/**
 * Recognises the user of each request, and demands a login for all paths but the public ones. Forwards, errors and
 * asynchronous dispatches come from a request that was judged before. Thread-safe.
 */
public final class PageGuard implements Filter {
    private final GatelineFilter open;
    private final GatelineFilter secured;
    private final Predicate<HttpServletRequest> isLeft;

    private PageGuard(HttpAuth auth, Predicate<HttpServletRequest> isLeft) {
        open = GatelineFilter.open(auth);
        secured = GatelineFilter.secured(auth);
        this.isLeft = isLeft;
    }

    /**
     * Demands a login for all requests but those about which something else decides, such as Spring Security.
     *
     * @param auth what knows the users
     * @param decided whether something else decides about a request; asked for each request
     */
    public static PageGuard unless(HttpAuth auth, Predicate<HttpServletRequest> decided) {
        return new PageGuard(auth, decided);
    }

    /**
     * Demands a login everywhere but at some paths.
     *
     * @param auth what knows the users
     * @param patterns of Spring's {@code PathPattern}, below the context path; none if all pages need a login
     */
    public static PageGuard allBut(HttpAuth auth, List<String> patterns) {
        return new PageGuard(auth, PublicPaths.of(patterns)::contain);
    }

    /**
     * Lays this guard before all pages of a server.
     *
     * @param order among the filters of the server
     */
    public FilterRegistrationBean<PageGuard> beforeAllPages(int order) {
        FilterRegistrationBean<PageGuard> registration = new FilterRegistrationBean<>(this);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.setOrder(order);
        return registration;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        GatelineFilter filter = demandsLogin(request) ? secured : open;
        filter.doFilter(request, response, chain);
    }

    /** A preflight of CORS has no credential, and is no request for a page. */
    private boolean demandsLogin(ServletRequest request) {
        return request.getDispatcherType() == DispatcherType.REQUEST
                && request instanceof HttpServletRequest http
                && !CorsUtils.isPreFlightRequest(http)
                && !isLeft.test(http);
    }
}
