package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RingRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-30T05:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final RingRules rules =
            new RingRules(() -> SigningKey.generate(Algorithm.HS256), Duration.ofDays(30), HOUR, HOUR);

    private static RingKey key(String name, Instant publishedAt, Instant activeFrom) {
        return new RingKey(LazyKey.of(SigningKey.generate(Algorithm.HS256).named(name)), publishedAt, activeFrom);
    }

    private static RingKeys ring(RingKey... keys) {
        return new RingKeys(List.of(keys), Set.of());
    }

    private static Instant signsFrom(RingKeys ring, String name) {
        return ring.keys().stream()
                .filter(key -> key.id().equals(name))
                .findFirst()
                .orElseThrow()
                .activeFrom();
    }

    @Test
    void without_activeKey_theNextOneSignsAtOnce() {
        RingKeys ring = ring(
                key("old", NOW.minus(HOUR), NOW.minus(HOUR)),
                key("next", NOW, NOW.plus(HOUR)),
                key("later", NOW, NOW.plus(HOUR.multipliedBy(2))));

        RingKeys left = rules.without(rules.view(ring, NOW), "old", NOW);

        assertThat(signsFrom(left, "next")).isEqualTo(NOW);
        assertThat(signsFrom(left, "later")).isEqualTo(NOW.plus(HOUR.multipliedBy(2)));
        assertThat(rules.view(left, NOW).isActive("next")).isTrue();
    }

    @Test
    void without_anotherKey_theActiveOneAndItsDateStay() {
        RingKeys ring = ring(key("old", NOW.minus(HOUR), NOW.minus(HOUR)), key("next", NOW, NOW.plus(HOUR)));

        RingKeys left = rules.without(rules.view(ring, NOW), "next", NOW);

        assertThat(rules.view(left, NOW).isActive("old")).isTrue();
        assertThat(left.removed()).containsExactly("next");
        assertThat(signsFrom(rules.without(rules.view(ring, NOW), "unknown", NOW), "next"))
                .isEqualTo(NOW.plus(HOUR));
    }

    /** The clock of the node that published it is ahead. */
    @Test
    void rotatedNow_keyOfAnotherMomentThatIsPublishedLater_isPublishedNow() {
        RingKeys ring = ring(key("old", NOW.plusSeconds(5), NOW.minus(HOUR)));

        RingKeys rotated = rules.rotatedNow(rules.view(ring, NOW), NOW);

        assertThat(rotated.keys().get(1).id()).isNotEqualTo("old");
        assertThat(rotated.keys().get(1).publishedAt()).isEqualTo(NOW);
    }

    @Test
    void isRotationDue_onceAKeyHasSignedForLongEnough_unlessTheNextOneIsPublished() {
        Instant due = NOW.plus(Duration.ofDays(30)).minus(HOUR);
        RingKeys ring = ring(key("old", NOW, NOW));
        RingKeys two = ring(key("old", NOW, NOW), key("next", due, due.plus(HOUR)));

        assertThat(rules.isRotationDue(rules.view(ring, due.minusNanos(1_000)), due.minusNanos(1_000)))
                .isFalse();
        assertThat(rules.isRotationDue(rules.view(ring, due), due)).isTrue();
        assertThat(rules.isRotationDue(rules.view(two, due), due)).isFalse();
        assertThat(rules.isRotationDue(rules.view(ring(), NOW), NOW)).isTrue();
    }

    /** A wrong clock has written its date. */
    @Test
    void tidy_firstKeyThatWouldSignLater_signsNow() {
        RingKeys far = ring(key("only", NOW.plus(Duration.ofDays(9)), NOW.plus(Duration.ofDays(9))));
        Instant soon = NOW.plus(RingRules.CLOCK_MARGIN);

        assertThat(signsFrom(rules.tidy(far, NOW), "only")).isEqualTo(NOW);
        assertThat(signsFrom(rules.tidy(ring(key("only", NOW, soon)), NOW), "only"))
                .isEqualTo(soon);
        assertThat(signsFrom(rules.tidy(ring(key("only", NOW, soon.plusMillis(1))), NOW), "only"))
                .isEqualTo(NOW);
    }

    @Test
    void tidy_laterKeyAfterOneThatSigns_isNoLaterThanARotationWouldMakeIt() {
        RingKeys ring = ring(key("old", NOW, NOW), key("next", NOW, NOW.plus(Duration.ofDays(9))));

        assertThat(signsFrom(rules.tidy(ring, NOW), "next"))
                .isEqualTo(NOW.plus(HOUR).plus(RingRules.CLOCK_MARGIN));
        assertThat(signsFrom(rules.tidy(ring, NOW), "old")).isEqualTo(NOW);
    }

    /** Of keys that sign from one moment on, the one that was published last signs. */
    @Test
    void rotatedNow_otherKeyOfTheSameMoment_isPublishedAfterIt() {
        RingKeys sameMoment = ring(key("old", NOW, NOW));
        RingKeys publishedBefore = ring(key("old", NOW.minus(HOUR), NOW));

        RingKeys next = rules.rotatedNow(rules.view(sameMoment, NOW), NOW);

        assertThat(next.keys().get(1).publishedAt()).isEqualTo(NOW.plusMillis(1));
        assertThat(rules.view(next, NOW).isActive("old")).isFalse();
        assertThat(rules.rotatedNow(rules.view(publishedBefore, NOW), NOW)
                        .keys()
                        .get(1)
                        .publishedAt())
                .isEqualTo(NOW);
    }

    @Test
    void isAt_onBothSidesOfEachTurn_isTheViewOfItsOwnSpan() {
        RingKeys ring = ring(key("old", NOW, NOW), key("next", NOW, NOW.plus(HOUR)));
        RingView view = rules.view(ring, NOW.plusSeconds(1));
        Instant dies = NOW.plus(HOUR).plus(rules.retiredFor());

        assertThat(view.isAt(NOW.minusNanos(1))).isFalse();
        assertThat(view.isAt(NOW)).isTrue();
        assertThat(view.isAt(NOW.plus(HOUR).minusNanos(1))).isTrue();
        assertThat(view.isAt(NOW.plus(HOUR))).isFalse();
        assertThat(rules.view(ring, NOW).isAt(NOW)).isTrue();
        RingView after = rules.view(ring, NOW.plus(HOUR));
        assertThat(after.isAt(NOW.plus(HOUR))).isTrue();
        assertThat(after.isAt(dies.minusNanos(1))).isTrue();
        assertThat(after.isAt(dies)).isFalse();
        assertThat(rules.view(ring, dies).isAt(dies.plus(Duration.ofDays(99)))).isTrue();
    }
}
