package dev.gateline.spring;

import dev.gateline.near.NearStorage;
import dev.gateline.near.NearStorageBuilder;
import dev.gateline.store.SharedStorage;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Copies of a shared store in the memory of this node. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnSingleCandidate(SharedStorage.class)
@ConditionalOnMissingBean(NearStorage.class)
@ConditionalOnProperty(name = "gateline.near.enabled", matchIfMissing = true)
final class NearConfiguration {

    @Bean
    @Primary
    NearStorage gatelineStorage(
            GatelineProperties properties,
            SharedStorage shared,
            Surroundings surroundings,
            ObjectProvider<GatelineCustomizer<NearStorageBuilder>> customizers) {
        GatelineProperties.Near near = properties.near();
        NearStorageBuilder builder =
                NearStorage.builder(shared).listener(surroundings.listener()).clock(surroundings.clock());
        Settings.apply("gateline.near.max-staleness", near.maxStaleness(), builder::maxStaleness);
        Settings.apply("gateline.near.capacity", near.capacity(), builder::capacity);
        return Settings.built("gateline.near", Customizers.over(builder, customizers)::build);
    }
}
