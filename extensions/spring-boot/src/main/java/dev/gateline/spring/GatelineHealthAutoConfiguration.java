package dev.gateline.spring;

import dev.gateline.store.Storage;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Tells the health endpoint of Actuator how the store stands. */
@AutoConfiguration(after = GatelineAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnSingleCandidate(Storage.class)
public final class GatelineHealthAutoConfiguration {

    @Bean
    @ConditionalOnEnabledHealthIndicator("gateline")
    @ConditionalOnMissingBean(name = "gatelineHealthIndicator")
    HealthIndicator gatelineHealthIndicator(Storage storage) {
        return new StorageHealthIndicator(storage);
    }
}
