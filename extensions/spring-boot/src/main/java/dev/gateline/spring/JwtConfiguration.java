package dev.gateline.spring;

import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.JwtAuthenticatorBuilder;
import dev.gateline.jwt.KeyRing;
import dev.gateline.jwt.KeyRingBuilder;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.MemoryStorage;
import dev.gateline.store.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Logins as signed tokens. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnStrategy(Strategy.JWT)
final class JwtConfiguration {
    private static final Duration DEFAULT_ACCESS_LIFETIME = Duration.ofMinutes(5);

    @Bean
    @ConditionalOnMissingBean
    KeyRing gatelineKeys(
            GatelineProperties properties,
            Storage storage,
            ObjectProvider<KeyRingStore> store,
            ObjectProvider<GatelineCustomizer<KeyRingBuilder>> customizers) {
        GatelineProperties.Keys keys = properties.jwt().keys();
        @Nullable Path file = keys.file();
        if (keys.readOnly()) {
            return readOnly(file);
        }
        KeyRingBuilder builder = KeyRing.builder(keys.algorithm());
        if (file != null) {
            Settings.apply("gateline.jwt.keys.file", file, builder::file);
        } else {
            keyRingStore(storage, store).ifPresent(builder::store);
        }
        Settings.apply("gateline.jwt.keys.rotate-every", keys.rotateEvery(), builder::rotateEvery);
        Settings.apply("gateline.jwt.access-lifetime", properties.jwt().accessLifetime(), lifetime -> {
            if (lifetime.compareTo(DEFAULT_ACCESS_LIFETIME) > 0) {
                builder.tokensLiveFor(lifetime);
            }
        });
        return Settings.built(
                file != null ? "gateline.jwt.keys.file" : "gateline.jwt.keys.rotate-every",
                Customizers.over(builder, customizers)::build);
    }

    /** Only logins in memory may have keys in memory, because other nodes would not know these keys. */
    private static Optional<KeyRingStore> keyRingStore(Storage storage, ObjectProvider<KeyRingStore> store) {
        Optional<KeyRingStore> kept = Optional.ofNullable(store.getIfAvailable());
        if (kept.isEmpty() && !(storage instanceof MemoryStorage)) {
            throw Settings.missing(
                    "gateline.jwt.keys.file",
                    "it is not set, there is no bean of KeyRingStore, and the storage is one of yours",
                    "Keep the keys where all nodes find them: add a bean, such as redis.keyRing(\"park\").");
        }
        return kept;
    }

    private static KeyRing readOnly(@Nullable Path file) {
        if (file == null) {
            throw Settings.missing(
                    "gateline.jwt.keys.file",
                    "it is not set, but gateline.jwt.keys.read-only is",
                    "Set it to the JWK Set that somebody else writes.");
        }
        return Settings.named("gateline.jwt.keys.file", () -> KeyRing.readOnly(file));
    }

    @Bean
    @ConditionalOnMissingBean
    JwtAuthenticator gatelineTokens(
            GatelineProperties properties,
            Storage storage,
            KeyRing keys,
            Surroundings surroundings,
            ObjectProvider<GatelineCustomizer<JwtAuthenticatorBuilder>> customizers) {
        GatelineProperties.Jwt jwt = properties.jwt();
        JwtAuthenticatorBuilder builder = JwtAuthenticator.builder(storage, keys)
                .issuer(Settings.needed("gateline.jwt.issuer", jwt.issuer(), "the URL of your site"))
                .audience(Settings.needed("gateline.jwt.audience", jwt.audience(), "the name of your API"))
                .listener(surroundings.listener())
                .clock(surroundings.clock())
                .renewals(surroundings.renewals());
        Settings.apply("gateline.jwt.access-lifetime", jwt.accessLifetime(), builder::accessLifetime);
        Lifetimes.apply(properties.timeouts(), properties.loginLimit(), builder);
        return Settings.built("gateline.jwt", Customizers.over(builder, customizers)::build);
    }
}
