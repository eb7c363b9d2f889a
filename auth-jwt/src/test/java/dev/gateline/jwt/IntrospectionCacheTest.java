package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Claims;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntrospectionCacheTest {
    private static final Instant NOW = Instant.ofEpochSecond(Forge.NOW);
    private static final Outcome<Identity> INACTIVE = Outcome.rejected(Rejection.UNKNOWN);
    private static final Outcome<Identity> ACTIVE = Outcome.accepted(
            new Identity("ada", new LoginId("t-1"), NOW, NOW, NOW.plusSeconds(300), List.of("pwd"), Claims.none()));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final IntrospectionCache cache =
            new IntrospectionCache(Duration.ofSeconds(10), 10, Duration.ofSeconds(10), 10);

    /** A question whose answer waits until it is let go. */
    private static final class Held implements Supplier<Outcome<Identity>> {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch answered = new CountDownLatch(1);
        private final Outcome<Identity> answer;

        Held(Outcome<Identity> answer) {
            this.answer = answer;
        }

        @Override
        public Outcome<Identity> get() {
            asked.countDown();
            await(answered);
            return answer;
        }

        static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Future<Outcome<Identity>> ask(Held question, Instant now) {
        Future<Outcome<Identity>> asking = threads.submit(() -> cache.ask("digest", now, question));
        Held.await(question.asked);
        return asking;
    }

    /** The clock does not decide, because two questions may have one instant, and a clock may be put back. */
    @Test
    void ask_answersInReverseOrder_theOneAskedForLaterIsKept() throws Exception {
        for (Instant later : List.of(NOW.plusMillis(1), NOW, NOW.minusMillis(1))) {
            Held first = new Held(ACTIVE);
            Held second = new Held(INACTIVE);
            Future<Outcome<Identity>> one = ask(first, NOW);
            Future<Outcome<Identity>> other = ask(second, later);

            second.answered.countDown();
            assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo(INACTIVE);
            first.answered.countDown();
            assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(ACTIVE);

            assertThat(cache.kept("digest", NOW.plusMillis(1))).contains(INACTIVE);
        }
    }

    /** The issuer may have answered that question before it revoked the token. */
    @Test
    void get_noneAreKept_asksAlthoughAQuestionIsUnderWay() throws Exception {
        IntrospectionCache none = new IntrospectionCache(Duration.ZERO, 10, Duration.ofSeconds(10), 10);
        Held before = new Held(ACTIVE);
        Future<Outcome<Identity>> asking = threads.submit(() -> none.get("digest", NOW, before));
        Held.await(before.asked);

        assertThat(none.get("digest", NOW, () -> INACTIVE)).isEqualTo(INACTIVE);
        before.answered.countDown();
        assertThat(asking.get(10, TimeUnit.SECONDS)).isEqualTo(ACTIVE);
    }

    @Test
    void get_anAuthoritativeAnswerArrivesMeanwhile_keepsThatOne() throws Exception {
        Held question = new Held(ACTIVE);
        Future<Outcome<Identity>> asking = threads.submit(() -> cache.get("digest", NOW, question));
        Held.await(question.asked);

        cache.ask("digest", NOW, () -> INACTIVE);
        question.answered.countDown();
        asking.get(10, TimeUnit.SECONDS);

        assertThat(cache.get("digest", NOW, () -> ACTIVE)).isEqualTo(INACTIVE);
    }

    @Test
    void ask_answersInOrder_theLaterIsKept() throws Exception {
        Held first = new Held(INACTIVE);
        Held second = new Held(ACTIVE);
        Future<Outcome<Identity>> one = ask(first, NOW);
        Future<Outcome<Identity>> other = ask(second, NOW);

        first.answered.countDown();
        one.get(10, TimeUnit.SECONDS);
        second.answered.countDown();
        other.get(10, TimeUnit.SECONDS);

        assertThat(cache.kept("digest", NOW)).contains(ACTIVE);
    }
}
