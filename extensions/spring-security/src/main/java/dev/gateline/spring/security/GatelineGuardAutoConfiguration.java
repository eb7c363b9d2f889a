package dev.gateline.spring.security;

import dev.gateline.http.HttpAuth;
import dev.gateline.spring.GatelineAutoConfiguration;
import dev.gateline.spring.GatelineProperties;
import dev.gateline.spring.GatelineWebAutoConfiguration;
import dev.gateline.spring.PageGuard;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Leaves a request to the chain of Spring Security that decides about it, and demands a login for every other one. */
@AutoConfiguration(after = GatelineAutoConfiguration.class, before = GatelineWebAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class GatelineGuardAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PageGuard gatelineGuardBesideChains(HttpAuth auth, GatelineProperties properties, ListableBeanFactory beans) {
        return properties.publicPaths().isEmpty()
                ? PageGuard.unless(auth, new Chains(beans))
                : PageGuard.allBut(auth, properties.publicPaths());
    }
}
