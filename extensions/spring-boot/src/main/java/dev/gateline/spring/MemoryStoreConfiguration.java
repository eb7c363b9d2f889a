package dev.gateline.spring;

import dev.gateline.store.MemoryStorage;
import dev.gateline.store.Storage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Logins in the memory of this process. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "gateline.store", havingValue = "memory", matchIfMissing = true)
@ConditionalOnMissingBean(Storage.class)
final class MemoryStoreConfiguration {

    @Bean
    MemoryStorage gatelineStorage(GatelineProperties properties) {
        return Settings.named(
                "gateline.memory.capacity",
                () -> Storage.inMemory(properties.memory().capacity()));
    }
}
