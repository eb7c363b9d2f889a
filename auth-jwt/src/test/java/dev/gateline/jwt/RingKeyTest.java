package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RingKeyTest {
    private static final Instant NOW = Instant.parse("2026-11-30T05:00:00Z");

    private static RingKey key(String name, Instant activeAt) {
        return new RingKey(LazyKey.of(SigningKey.generate(Algorithm.HS256).named(name)), NOW, activeAt);
    }

    /** Two nodes may make keys at one moment. All nodes have to agree which of them signs. */
    @Test
    void compareTo_keysOfOneMoment_isTheSameOrderOnAllNodes() {
        RingKey one = key("same", NOW);
        RingKey other = key("same", NOW);

        assertThat(one.compareTo(other)).isNotZero();
        assertThat(Integer.signum(one.compareTo(other))).isEqualTo(-Integer.signum(other.compareTo(one)));
        assertThat(one).isNotEqualTo(other);
        assertThat(one.compareTo(key("same", NOW.plusSeconds(1)))).isNegative();
    }
}
