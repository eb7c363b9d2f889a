package dev.gateline.spring;

import dev.gateline.Logins;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Offers Actuator an endpoint of logins, if the application wants it. */
@AutoConfiguration(after = GatelineAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(Logins.class)
public final class GatelineEndpointAutoConfiguration {

    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = LoginsEndpoint.class)
    @ConditionalOnMissingBean
    LoginsEndpoint gatelineLoginsEndpoint(Logins logins) {
        return new LoginsEndpoint(logins);
    }
}
