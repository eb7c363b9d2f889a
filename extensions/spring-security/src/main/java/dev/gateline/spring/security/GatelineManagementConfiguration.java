package dev.gateline.spring.security;

import dev.gateline.spring.GatelineProperties;
import dev.gateline.spring.PageGuard;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * Recognises the users of a port of Actuator's own, too. That port has a server of its own, before whose endpoints
 * Spring Boot lays the chains of the application.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
final class GatelineManagementConfiguration {

    @Bean
    FilterRegistrationBean<PageGuard> gatelineManagementFilter(PageGuard guard, GatelineProperties properties) {
        return guard.beforeAllPages(properties.filterOrder());
    }
}
