package dev.gateline.spring.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;
import org.springframework.util.function.SingletonSupplier;

/**
 * The requests about which a chain of Spring Security decides. The chains are looked up for the first request, because
 * they may themselves need what Gateline has built. Thread-safe.
 */
final class Chains implements Predicate<HttpServletRequest> {
    private final Supplier<List<SecurityFilterChain>> chains;

    Chains(ListableBeanFactory beans) {
        chains = SingletonSupplier.of(() -> List.copyOf(in(beans)));
    }

    /** Those that are no beans, because Spring Security shall ignore some requests, are in the proxy only. */
    private static Collection<SecurityFilterChain> in(ListableBeanFactory beans) {
        Object proxy = beans.getBean(AbstractSecurityWebApplicationInitializer.DEFAULT_FILTER_NAME);
        return proxy instanceof FilterChainProxy known
                ? known.getFilterChains()
                : beans.getBeansOfType(SecurityFilterChain.class).values();
    }

    @Override
    public boolean test(HttpServletRequest request) {
        return chains.get().stream().anyMatch(chain -> chain.matches(request));
    }
}
