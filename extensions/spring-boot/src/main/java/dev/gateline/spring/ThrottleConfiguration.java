package dev.gateline.spring;

import dev.gateline.LoginThrottle;
import dev.gateline.store.MemoryStorage;
import dev.gateline.store.Storage;
import dev.gateline.throttle.StoredLoginThrottle;
import dev.gateline.throttle.StoredLoginThrottleBuilder;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The brake on guessing passwords. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "gateline.throttle.enabled", matchIfMissing = true)
@Conditional(ThrottleConfiguration.OnKey.class)
final class ThrottleConfiguration {
    private static final int KEY_SIZE = 32;

    /** Nodes that share a store need one key, which nobody can make up. */
    static final class OnKey extends AnyNestedCondition {
        OnKey() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty(name = "gateline.throttle.key")
        static final class Given {}

        @ConditionalOnProperty(name = "gateline.store", havingValue = "memory", matchIfMissing = true)
        static final class MadeUp {}
    }

    @Bean
    @ConditionalOnMissingBean(LoginThrottle.class)
    StoredLoginThrottle gatelineThrottle(
            GatelineProperties properties,
            Storage storage,
            Surroundings surroundings,
            ObjectProvider<GatelineCustomizer<StoredLoginThrottleBuilder>> customizers) {
        StoredLoginThrottleBuilder builder = StoredLoginThrottle.builder(
                        storage, key(properties.throttle().key(), storage))
                .listener(surroundings.listener())
                .clock(surroundings.clock());
        return Settings.built("gateline.throttle.key", Customizers.over(builder, customizers)::build);
    }

    /** Only counts in memory may have a key that is made up, because other nodes would not know this key. */
    private static SecretKey key(@Nullable String text, Storage storage) {
        boolean sharesCounts = storage.rateLimits().isPresent() && !(storage instanceof MemoryStorage);
        if (text == null && sharesCounts) {
            throw Settings.missing(
                    "gateline.throttle.key",
                    "it is not set, and the storage is one of yours",
                    "Set it on all nodes to one output of: openssl rand -base64 32. An application without passwords"
                            + " sets gateline.throttle.enabled to false.");
        }
        byte[] bytes = text == null ? random() : decoded(text);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    private static byte[] random() {
        byte[] bytes = new byte[KEY_SIZE];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** The cause is left out: its message has a part of the key. */
    private static byte[] decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length >= KEY_SIZE) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw Settings.missing(
                "gateline.throttle.key",
                "it is not the Base64 of " + KEY_SIZE + " bytes or more",
                "Set it to the output of: openssl rand -base64 32");
    }
}
