package dev.gateline.spring.security;

import dev.gateline.spring.GatelineAutoConfiguration;
import dev.gateline.spring.GatelineProperties;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** A chain for an application that has none of its own: every path needs a login but the public ones. */
@AutoConfiguration(after = GatelineAutoConfiguration.class, before = ServletWebSecurityAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnMissingBean(SecurityFilterChain.class)
public final class GatelineSecurityAutoConfiguration {

    @Bean
    @Order(SecurityFilterProperties.BASIC_AUTH_ORDER)
    SecurityFilterChain gatelineSecurityFilterChain(HttpSecurity http, GatelineProperties properties) {
        // below the context path, and not below the path of the dispatcher's servlet as the paths of other chains
        RequestMatcher[] open = properties.publicPaths().stream()
                .map(PathPatternRequestMatcher.withDefaults()::matcher)
                .toArray(RequestMatcher[]::new);
        http.with(GatelineConfigurer.gateline(), gateline -> {});
        http.authorizeHttpRequests(paths -> {
            paths.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                    .permitAll();
            if (open.length > 0) {
                paths.requestMatchers(open).permitAll();
            }
            paths.anyRequest().authenticated();
        });
        return http.build();
    }
}
