package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.EndReason;
import dev.gateline.Ending;
import dev.gateline.LoginId;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class EndingFeedTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Logger LOG = Logger.getLogger(EndingFeed.class.getName());

    private final RevocationStore revocations = Storage.inMemory(1).revocations();
    private final BlockingQueue<Ending> heard = new LinkedBlockingQueue<>();

    private static Revocation ending(int number) {
        return Revocation.ofLogin(new LoginId("l" + number), NOW.plusSeconds(600), EndReason.ENDED);
    }

    private Ending next() throws InterruptedException {
        Ending ending = heard.poll(20, TimeUnit.SECONDS);
        assertThat(ending).as("an ending").isNotNull();
        return ending;
    }

    @Test
    void tell_otherRealmsAndTokens_isNotTold() throws InterruptedException {
        try (EndingFeed feed = new EndingFeed("gs_a", revocations)) {
            var unused = feed.subscribe(heard::add);
            revocations.revoke(Revocation.ofToken("t", NOW.plusSeconds(600)), NOW);
            for (String group : List.of("gs_", "gs_ab", "gs_b ada", "gs_a ada", "gs_a", RevocationStore.ALL_REALMS)) {
                long epoch = revocations.raiseEpoch(group, 0, NOW, NOW.plusSeconds(600));
                assertThat(epoch).isPositive();
            }

            assertThat(List.of(next(), next(), next()))
                    .containsExactly(
                            new Ending.OfSubject("gs_a", "ada"), new Ending.OfRealm("gs_a"), new Ending.OfSome());
        }
    }

    @Test
    void tell_slowListener_holdsUpNobodyAndHearsOfSome() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        try (EndingFeed feed = new EndingFeed("gs_", revocations)) {
            var unused = feed.subscribe(ending -> {
                try {
                    heard.add(ending);
                    assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            for (int i = 0; i < 10_100; i++) {
                revocations.revoke(ending(i), NOW);
            }
            goOn.countDown();

            Ending ending = next();
            for (int i = 0; !ending.equals(new Ending.OfSome()); i++) {
                assertThat(i).isLessThan(10_100);
                ending = next();
            }
        }
    }

    @Test
    void tell_listenerThatThrows_isToldAgainAndHarmsNoOther() throws InterruptedException {
        LOG.setLevel(Level.OFF);
        try (EndingFeed feed = new EndingFeed("gs_", revocations)) {
            var first = feed.subscribe(ending -> {
                throw new IllegalStateException("thrown by a listener, as it was told to");
            });
            var second = feed.subscribe(heard::add);
            revocations.revoke(ending(1), NOW);
            revocations.revoke(ending(2), NOW);

            assertThat(next()).isEqualTo(new Ending.OfLogin(new LoginId("l1"), EndReason.ENDED));
            assertThat(next()).isEqualTo(new Ending.OfLogin(new LoginId("l2"), EndReason.ENDED));
            first.close();
            second.close();
        } finally {
            LOG.setLevel(null);
        }
    }
}
