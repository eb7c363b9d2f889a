package dev.gateline.spring;

import dev.gateline.AuthListener;
import dev.gateline.RenewalPolicy;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Wires logins by the properties: the store, the strategies and {@code HttpAuth}. Each bean gives way to one of the
 * application's own.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration"
        })
@EnableConfigurationProperties(GatelineProperties.class)
@Import({
    MemoryStoreConfiguration.class,
    JdbcStoreConfiguration.class,
    RedisStoreConfiguration.class,
    NoStoreConfiguration.class,
    NearConfiguration.class,
    ThrottleConfiguration.class,
    SessionConfiguration.class,
    JwtConfiguration.class,
    HttpConfiguration.class
})
public final class GatelineAutoConfiguration {

    @Bean
    Surroundings gatelineSurroundings(
            ConfigurableApplicationContext context,
            ObjectProvider<AuthListener> listeners,
            ObjectProvider<RenewalPolicy> renewals,
            ObjectProvider<Clock> clock) {
        return new Surroundings(context, listeners, renewals, clock);
    }
}
