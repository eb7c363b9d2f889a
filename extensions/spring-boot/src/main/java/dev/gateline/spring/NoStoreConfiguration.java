package dev.gateline.spring;

import dev.gateline.store.Storage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes the place of a storage that can't be built, and says why. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(Storage.class)
final class NoStoreConfiguration {

    @Bean
    @SuppressWarnings("DoNotCallSuggester") // Spring calls it, to be told
    Storage gatelineStorage(GatelineProperties properties) {
        throw properties.store() == StoreKind.REDIS
                ? Settings.missing(
                        "gateline.store",
                        "it is 'redis', and dev.gateline:auth-redis is not on the class path",
                        "Add the dependency dev.gateline:auth-redis.")
                : Settings.missing(
                        "gateline.store",
                        "it is 'jdbc', and there is no DataSource among the beans",
                        "Add spring-boot-starter-jdbc and a driver, and set spring.datasource.url.");
    }
}
