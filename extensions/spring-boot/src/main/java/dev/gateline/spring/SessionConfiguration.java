package dev.gateline.spring;

import dev.gateline.session.SessionAuthenticator;
import dev.gateline.session.SessionAuthenticatorBuilder;
import dev.gateline.store.Storage;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Logins as sessions. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnStrategy(Strategy.SESSION)
final class SessionConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SessionAuthenticator gatelineSessions(
            GatelineProperties properties,
            Storage storage,
            Surroundings surroundings,
            ObjectProvider<GatelineCustomizer<SessionAuthenticatorBuilder>> customizers) {
        SessionAuthenticatorBuilder builder = SessionAuthenticator.builder(storage)
                .listener(surroundings.listener())
                .clock(surroundings.clock())
                .renewals(surroundings.renewals());
        GatelineProperties.Session session = properties.session();
        Settings.apply("gateline.session.realm", session.realm(), builder::realm);
        Settings.apply("gateline.session.rotate-every", session.rotateEvery(), builder::rotateEvery);
        Settings.apply("gateline.session.seen-interval", session.seenInterval(), builder::seenInterval);
        Settings.apply("gateline.session.max-data-size", session.maxDataSize(), builder::maxDataSize);
        Lifetimes.apply(properties.timeouts(), properties.loginLimit(), builder);
        return Settings.built("gateline.session.rotate-every", Customizers.over(builder, customizers)::build);
    }
}
