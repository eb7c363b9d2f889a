package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-30T05:00:00Z");
    private static final Duration RETIRED = Duration.ofMinutes(10);

    private static RingKey key(String name, Instant activeFrom) {
        return new RingKey(LazyKey.of(SigningKey.generate(Algorithm.HS256).named(name)), activeFrom, activeFrom);
    }

    /** The keys {@code k0}, {@code k1} and so on, an hour apart. The last one has signed for a while. */
    private static RingKeys hourly(int count) {
        return new RingKeys(
                IntStream.range(0, count)
                        .mapToObj(i -> key("k" + i, NOW.minus(Duration.ofHours(count - i))))
                        .toList(),
                Set.of());
    }

    private static List<String> names(RingKeys ring) {
        return ring.keys().stream().map(RingKey::id).toList();
    }

    @Test
    void kept_deadKeys_areTheNewestEight() {
        assertThat(names(hourly(9).kept(NOW, RETIRED)))
                .containsExactly("k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8");
        assertThat(names(hourly(11).kept(NOW, RETIRED)))
                .containsExactly("k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9", "k10");
    }

    @Test
    void kept_liveKeys_areNotCounted() {
        RingKeys ring = hourly(11);

        assertThat(ring.kept(NOW, Duration.ofDays(1))).isEqualTo(ring);
    }

    /** A dead key lives again once the key that took its place is gone. */
    @Test
    void kept_deadKeyBeforeARemovedOne_goesWithIt() {
        RingKeys ring = hourly(5).without("k2").kept(NOW, RETIRED);

        assertThat(names(ring)).containsExactly("k3", "k4");
        assertThat(ring.removed()).containsExactly("k2");
        assertThat(names(hourly(3).without("k2").kept(NOW, Duration.ofDays(1)))).containsExactly("k0", "k1");
    }

    @Test
    void at_keyThatDiesAtThisInstant_isDead() {
        RingKeys ring = hourly(2);
        Instant dies = ring.keys().get(1).activeFrom().plus(RETIRED);

        assertThat(names(ring.at(dies, RETIRED))).containsExactly("k1");
        assertThat(names(ring.at(dies.minusNanos(1), RETIRED))).containsExactly("k0", "k1");
        assertThat(names(ring.kept(dies, RETIRED))).containsExactly("k0", "k1");
    }

    @Test
    void noLaterThan_laterKeys_keepTheirOrderAMillisecondApart() {
        Instant latest = NOW.plusSeconds(10);
        RingKeys ring = new RingKeys(
                List.of(
                        key("early", NOW),
                        key("a", latest.plusSeconds(1)),
                        key("b", latest.plusSeconds(2)),
                        key("c", latest.plusSeconds(3))),
                Set.of());

        RingKeys dated = ring.noLaterThan(latest, NOW);

        assertThat(names(dated)).containsExactly("early", "a", "b", "c");
        assertThat(dated.keys())
                .extracting(RingKey::activeFrom)
                .containsExactly(NOW, latest.minusMillis(2), latest.minusMillis(1), latest);
    }

    @Test
    void noLaterThan_keyAtTheBound_keepsItsDateAndMovesNoOther() {
        Instant latest = NOW.plusSeconds(10);
        RingKeys ring = new RingKeys(List.of(key("a", latest.minusNanos(1)), key("b", latest)), Set.of());

        assertThat(ring.noLaterThan(latest, latest).keys())
                .extracting(RingKey::activeFrom)
                .containsExactly(latest.minusNanos(1), latest);
    }

    @Test
    void noLaterThan_firstKey_signsAtOnce() {
        RingKeys ring = new RingKeys(List.of(key("a", NOW.plusSeconds(5)), key("b", NOW.plusSeconds(7))), Set.of());

        assertThat(ring.noLaterThan(NOW.plusSeconds(10), NOW).keys())
                .extracting(RingKey::activeFrom)
                .containsExactly(NOW, NOW.plusSeconds(7));
        assertThat(RingKeys.NONE.noLaterThan(NOW, NOW)).isEqualTo(RingKeys.NONE);
    }
}
