package dev.gateline.spring;

import dev.gateline.LoginThrottle;
import dev.gateline.Logins;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.HttpAuthBuilder;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.session.SessionAuthenticator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Logins over HTTP. */
@Configuration(proxyBeanMethods = false)
final class HttpConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CookieCarrier gatelineCookies(GatelineProperties properties) {
        return CookieSettings.carrier(properties.cookie());
    }

    @Bean
    @ConditionalOnMissingBean
    HttpAuth gatelineHttpAuth(
            GatelineProperties properties,
            Surroundings surroundings,
            CookieCarrier cookies,
            ObjectProvider<SessionAuthenticator> sessions,
            ObjectProvider<JwtAuthenticator> tokens,
            ObjectProvider<LoginThrottle> throttle,
            ObjectProvider<GatelineCustomizer<HttpAuthBuilder>> customizers) {
        HttpAuthBuilder builder =
                HttpAuth.builder().listener(surroundings.listener()).clock(surroundings.clock());
        if (properties.cookie().enabled()) {
            builder.lane(cookies, properties.strategy() == Strategy.JWT ? tokens.getObject() : sessions.getObject());
        }
        if (properties.bearer().enabled()) {
            builder.lane(
                    BearerCarrier.create(),
                    properties.strategy() == Strategy.SESSION ? sessions.getObject() : tokens.getObject());
        }
        properties.origins().forEach(builder::origin);
        properties.insecureHttpOriginsForDevelopment().forEach(builder::insecureHttpOriginForDevelopment);
        properties.insecureCrossOriginAllowedAt().forEach(builder::insecureCrossOriginAllowedAt);
        Settings.apply("gateline.login-page", properties.loginPage(), builder::loginPage);
        Settings.apply(
                "gateline.reauthentication-page", properties.reauthenticationPage(), builder::reauthenticationPage);
        if (properties.clearSiteDataAtLogout()) {
            builder.clearSiteDataAtLogout();
        }
        throttle.ifAvailable(builder::throttle);
        return Settings.built("gateline.origins", Customizers.over(builder, customizers)::build);
    }

    @Bean
    @ConditionalOnMissingBean
    Logins gatelineLogins(HttpAuth auth) {
        return auth.logins();
    }
}
