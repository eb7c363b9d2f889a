package dev.gateline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.KeyInfo;
import dev.gateline.jwt.KeyRing;
import dev.gateline.near.NearStorage;
import dev.gateline.servers.Await;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.spi.KeyRingStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rings of several nodes; their clocks stand still, so that none looks because of the time. */
class RedisKeyRingTest {
    private final List<RedisStorage> nodes = new ArrayList<>();
    private final String prefix = TestStorage.freshPrefix();

    @AfterEach
    void closeNodes() {
        nodes.forEach(RedisStorage::close);
    }

    private RedisStorage node(Version version) {
        RedisStorage node = RedisStorage.builder(RedisServer.shared(version).uri())
                .keyPrefix(prefix)
                .build();
        nodes.add(node);
        return node;
    }

    private KeyRing ring(KeyRingStore store) {
        return KeyRing.builder(Algorithm.EdDSA)
                .store(store)
                .clock(Clock.fixed(Instant.now(), ZoneOffset.UTC))
                .build();
    }

    private static String activeId(KeyRing ring) {
        return ring.keys().stream()
                .filter(key -> key.state() == KeyInfo.State.ACTIVE)
                .findFirst()
                .orElseThrow()
                .id();
    }

    @ParameterizedTest
    @EnumSource
    void remove_onAnotherNode_isSeenAsTheFeedTells(Version version) {
        KeyRing here = ring(node(version).keyRing("park"));
        RedisStorage node = node(version);
        NearStorage unused = NearStorage.over(node);
        KeyRing there = ring(node.keyRing("park"));
        Heard heard = Heard.on(node.keyRing("park"));
        assertThat(there.keys()).isEqualTo(here.keys());

        for (int i = 1; i <= 5; i++) {
            int times = i;
            String leaked = activeId(here);
            here.remove(leaked);
            Await.until("the news", () -> heard.changes.get() >= times);

            assertThat(there.keys())
                    .isEqualTo(here.keys())
                    .noneMatch(key -> key.id().equals(leaked));
        }
    }

    @ParameterizedTest
    @EnumSource
    void rotate_onANodeWithAWrongClock_isByTheClockOfTheServer(Version version) {
        RedisStorage node = node(version);
        KeyRing ring = KeyRing.builder(Algorithm.EdDSA)
                .store(node.keyRing("park"))
                .clock(Clock.offset(Clock.systemUTC(), Duration.ofDays(100)))
                .build();
        ring.rotate();

        assertThat(ring.keys()).extracting(KeyInfo::state).containsExactly(KeyInfo.State.ACTIVE, KeyInfo.State.PENDING);
        assertThat(ring.keys().get(1).activeFrom())
                .isCloseTo(Instant.now().plus(Duration.ofHours(1)), within(1, ChronoUnit.MINUTES));
    }

    /** A feed tells its subscribers in the order in which they came: once this has heard, a ring built before has too. */
    private static final class Heard implements KeyRingStore.Listener {
        private final AtomicInteger changes = new AtomicInteger();
        private volatile boolean fresh;

        static Heard on(KeyRingStore store) {
            Heard heard = new Heard();
            assertThat(store.subscribe(heard)).isTrue();
            Await.until("a feed", () -> heard.fresh);
            return heard;
        }

        @Override
        public void changed() {
            changes.incrementAndGet();
        }

        @Override
        public void mayHaveChanged() {}

        @Override
        public void freshAsOf(long nanos) {
            fresh = true;
        }
    }
}
