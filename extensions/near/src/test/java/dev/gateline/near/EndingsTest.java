package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.internal.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndingsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long SECOND = 1_000_000_000;
    private static final int MOST = 1_600;

    private long now = Long.MAX_VALUE - 5;
    private final Endings endings = new Endings(HOUR, MOST, now);

    private List<String> add(boolean random, int count) {
        List<String> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            now += SECOND;
            String id = random ? Secrets.id() : "login-" + now;
            endings.add(id, now);
            added.add(id);
        }
        return added;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void heardAfter_aMoment_hasThoseSince(boolean random) {
        List<String> first = add(random, 100);
        long moment = now + 1;
        List<String> second = add(random, 100);

        assertThat(endings.heardAfter(moment)).containsExactlyInAnyOrderElementsOf(second);
        assertThat(endings.heardAfter(now)).containsExactly(second.get(99));
        assertThat(endings.heardAfter(now - 200 * SECOND)).hasSize(200);
        assertThat(first).allMatch(endings::has);
        assertThat(endings.has("none") || endings.has(Secrets.id())).isFalse();
    }

    @Test
    void add_again_isKnownSinceTheFirstTime() {
        String id = add(true, 1).get(0);
        long moment = now + 1;

        endings.add(id, now + SECOND);

        assertThat(endings.heardAfter(moment)).isEmpty();
    }

    /**
     * A row of an ended login comes back only if the store goes back beyond that ending. If this node may have
     * forgotten the ending, that is farther than its span, and a node never vouches for such a store by itself.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void add_againAfterItMayBeForgotten_wasFirstHeardOfBeforeTheSpan(boolean tooMany) {
        String id = add(true, 1).get(0);
        long firstHeard = now;
        if (tooMany) {
            add(true, 2 * MOST);
        } else {
            now += HOUR.toNanos() + SECOND;
        }

        endings.add(id, now);

        assertThat(now - endings.span(now).toNanos() - firstHeard).isPositive();
        assertThat(endings.has(id)).isTrue();
    }

    @Test
    void span_fewEndings_growsToTheSpanToRemember() {
        assertThat(endings.span(now)).isZero();
        add(true, 100);
        assertThat(endings.span(now)).isEqualTo(Duration.ofSeconds(100));
        now += 2 * HOUR.toNanos();
        add(true, 1);

        assertThat(endings.span(now)).isEqualTo(HOUR);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void add_moreThanItRemembers_knowsAllOfAShorterSpan(boolean random) {
        for (int round = 0; round < 40; round++) {
            List<String> last = add(random, MOST - MOST / 16);

            Duration span = endings.span(now);
            assertThat(span).isBetween(Duration.ofSeconds(last.size()), Duration.ofSeconds(MOST));
            assertThat(last).allMatch(endings::has);
            assertThat(endings.heardAfter(now - span.toNanos() + 1))
                    .hasSize((int) span.toSeconds())
                    .containsAll(last);
        }
        assertThat(endings.heardAfter(now - HOUR.toNanos())).hasSizeLessThan(2 * MOST);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void add_pastTheSpanToRemember_forgetsThemByAndBy(boolean random) {
        List<String> first = add(random, 500);
        now += HOUR.toNanos() - 500 * SECOND;
        IntStream.range(0, 500).forEach(i -> endings.add(random ? Secrets.id() : "x" + i, now));
        assertThat(first).allMatch(endings::has);

        now += 500 * SECOND;
        for (int i = 0; i < 20_000; i++) {
            now += 3 * SECOND;
            endings.add(random ? Secrets.id() : "y" + i, now);
        }

        assertThat(first).noneMatch(endings::has);
        assertThat(endings.span(now)).isEqualTo(HOUR);
    }
}
