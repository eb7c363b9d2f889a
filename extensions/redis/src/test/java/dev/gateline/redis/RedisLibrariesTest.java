package dev.gateline.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.kit.OlderLibrary;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisLibrariesTest {

    /** Connects to nothing. */
    static final class Builds implements Supplier<String> {
        @Override
        public String get() {
            try (RedisStorage storage =
                            RedisStorage.builder("redis://127.0.0.1:1").build();
                    RedisStorage cluster =
                            RedisStorage.cluster("redis://127.0.0.1:1").build()) {
                return storage.getClass().getSimpleName() + cluster.getClass().getSimpleName();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.lettuce.core.TimeoutOptions", "io.netty.channel.Channel"})
    void build_classIsMissing_saysWhatIsNeededAndWhatWasFound(String missing) {
        assertThatThrownBy(() -> OlderLibrary.runs(Builds.class, missing))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Lettuce 6.6 or later")
                .hasMessageContaining("lettuce-core-");
    }
}
