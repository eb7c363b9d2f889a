package dev.gateline.spring;

import dev.gateline.redis.RedisStorage;
import dev.gateline.redis.RedisStorageBuilder;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Storage;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Logins in Redis. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "gateline.store", havingValue = "redis")
@ConditionalOnClass(RedisStorage.class)
@ConditionalOnMissingBean(Storage.class)
final class RedisStoreConfiguration {

    @Bean
    RedisStorage gatelineSharedStorage(
            GatelineProperties properties, ObjectProvider<GatelineCustomizer<RedisStorageBuilder>> customizers) {
        GatelineProperties.Redis redis = properties.redis();
        RedisStorageBuilder builder = redis.cluster().isEmpty() ? server(redis) : cluster(redis.cluster());
        Settings.apply("gateline.redis.key-prefix", redis.keyPrefix(), builder::keyPrefix);
        Settings.apply("gateline.redis.timeout", redis.timeout(), builder::timeout);
        return Settings.built("gateline.redis", Customizers.over(builder, customizers)::build);
    }

    private static RedisStorageBuilder server(GatelineProperties.Redis redis) {
        String uri = Settings.needed("gateline.redis.uri", redis.uri(), "redis://user:password@host:6379");
        return Settings.named("gateline.redis.uri", () -> RedisStorage.builder(uri));
    }

    private static RedisStorageBuilder cluster(List<String> servers) {
        String[] others = servers.subList(1, servers.size()).toArray(String[]::new);
        return Settings.named("gateline.redis.cluster", () -> RedisStorage.cluster(servers.get(0), others));
    }

    @Bean
    @ConditionalOnMissingBean
    KeyRingStore gatelineKeyRingStore(RedisStorage storage, GatelineProperties properties) {
        return Settings.named(
                "gateline.jwt.keys.name",
                () -> storage.keyRing(properties.jwt().keys().name()));
    }
}
