package dev.gateline.spring;

import dev.gateline.http.HttpAuth;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Lays Gateline's filter before the pages of a servlet application, and teaches Spring MVC about identities. */
@AutoConfiguration(after = GatelineAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
public final class GatelineWebAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PageGuard gatelinePageGuard(HttpAuth auth, GatelineProperties properties) {
        return PageGuard.allBut(auth, properties.publicPaths());
    }

    @Bean
    FilterRegistrationBean<PageGuard> gatelineFilter(PageGuard guard, GatelineProperties properties) {
        return guard.beforeAllPages(properties.filterOrder());
    }

    /** All mappings of handlers find it, also those of an application that configures Spring MVC by itself. */
    @Bean
    MappedInterceptor gatelineInterceptor(Environment settings) {
        return new MappedInterceptor(null, new RequireLoginInterceptor(new Requirements(settings)));
    }

    @Bean
    LoginDemands gatelineLoginDemands() {
        return new LoginDemands();
    }

    @Bean
    MvcWiring gatelineMvcWiring(
            ObjectProvider<RequestMappingHandlerAdapter> adapters,
            ObjectProvider<RequestMappingHandlerMapping> mappings,
            Environment settings) {
        return new MvcWiring(adapters, mappings, new Requirements(settings));
    }
}
