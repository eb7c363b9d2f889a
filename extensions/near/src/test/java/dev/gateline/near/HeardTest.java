package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.store.Revocation;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeardTest {
    private static final Revocation ONE = ending("one");
    private static final Revocation TWO = ending("two");
    private static final Revocation THREE = ending("three");

    private long now = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();
    private final Heard heard = new Heard(2, () -> now);

    private static Revocation ending(String id) {
        return Revocation.ofLogin(new LoginId(id), Instant.MAX);
    }

    /** Adds a revocation a second later, and returns the moment at which it did. */
    private long add(Revocation revocation) {
        now += Duration.ofSeconds(1).toNanos();
        heard.add(revocation);
        return now;
    }

    @Test
    void after_aMoment_areThoseHeardSince() {
        long start = now;
        add(ONE);
        long second = add(TWO);

        assertThat(heard.after(start)).containsExactly(TWO, ONE);
        assertThat(heard.after(second)).containsExactly(TWO);
        assertThat(heard.isCompleteAfter(start)).isFalse();
        assertThat(heard.isCompleteAfter(start + 1)).isTrue();
    }

    @Test
    void add_oneTooMany_forgetsTheOldest() {
        long first = add(ONE);
        add(TWO);
        add(THREE);

        assertThat(heard.after(first)).containsExactly(THREE, TWO);
        assertThat(heard.isCompleteAfter(first)).isFalse();
        assertThat(heard.isCompleteAfter(first + 1)).isTrue();
    }

    @Test
    void add_sixMinutesLater_forgetsOnlyOlderOnes() {
        long first = add(ONE);
        now = first + Duration.ofMinutes(6).toNanos() - Duration.ofSeconds(1).toNanos();
        add(TWO);
        assertThat(heard.after(first)).containsExactly(TWO, ONE);

        add(THREE);

        assertThat(heard.after(first)).containsExactly(THREE, TWO);
        assertThat(heard.isCompleteAfter(first)).isFalse();
        assertThat(heard.isCompleteAfter(first + 1)).isTrue();
    }

    @Test
    void alsoGotOthers_always_isCompleteFromThenOnOnly() {
        long first = add(ONE);
        now = first + 1;

        heard.alsoGotOthers();

        assertThat(heard.after(first)).isEmpty();
        assertThat(heard.isCompleteAfter(now)).isFalse();
        assertThat(heard.isCompleteAfter(now + 1)).isTrue();
    }
}
