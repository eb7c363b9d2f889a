package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.EndReason;
import dev.gateline.Ending;
import dev.gateline.LoginId;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    void tell_tokensBetweenTwoStepUps_isToldAsStepUp() throws InterruptedException {
        LoginId odd = new LoginId("a#1");
        try (EndingFeed feed = new EndingFeed("gs_", revocations)) {
            var unused = feed.subscribe(heard::add);
            for (String key : List.of("#1", "l", "l#", "l#x", "l#-1", "l#9999999999", Revocable.tokensKey(odd, 2))) {
                revocations.revoke(Revocation.ofToken(key, NOW.plusSeconds(600)), NOW);
            }

            assertThat(next()).isEqualTo(new Ending.OfStepUp(odd, 2));
        }
    }

    @Test
    void subscribe_storeThatTellsOfNothing_throwsEachTimeAndKeepsNoListener() {
        AtomicInteger asked = new AtomicInteger();
        RevocationStore deaf = (RevocationStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RevocationStore.class}, (proxy, method, args) -> {
                    asked.incrementAndGet();
                    throw new UnsupportedOperationException("no feed");
                });
        try (EndingFeed feed = new EndingFeed("gs_", deaf)) {
            for (int i = 1; i <= 2; i++) {
                assertThatThrownBy(() -> feed.subscribe(heard::add)).isInstanceOf(UnsupportedOperationException.class);
                assertThat(asked).hasValue(i);
            }
        }
    }

    /** As when all that waited were told while one more was found to be too many. */
    @Test
    void tell_tooManyWhileNoneWaits_isToldAsSomeAtOnce() throws InterruptedException {
        try (EndingFeed feed = new EndingFeed("gs_", revocations, 0)) {
            var unused = feed.subscribe(heard::add);

            revocations.revoke(ending(1), NOW);

            assertThat(next()).isEqualTo(new Ending.OfSome());
        }
    }

    /** One ending is being told, and three wait. */
    @Test
    void tell_asManyAsMayWait_areToldOneByOne() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (EndingFeed feed = new EndingFeed("gs_", revocations, 3)) {
            var unused = feed.subscribe(ending -> {
                try {
                    begun.countDown();
                    assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                    heard.add(ending);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            revocations.revoke(ending(0), NOW);
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            for (int i = 1; i <= 3; i++) {
                revocations.revoke(ending(i), NOW);
            }
            goOn.countDown();

            for (int i = 0; i <= 3; i++) {
                assertThat(next()).isEqualTo(new Ending.OfLogin(new LoginId("l" + i), EndReason.ENDED));
            }
            revocations.revoke(ending(4), NOW);
            assertThat(next()).isEqualTo(new Ending.OfLogin(new LoginId("l4"), EndReason.ENDED));
        }
    }

    @Test
    void subscribe_fromTwoThreads_bothListen() throws InterruptedException {
        try (EndingFeed feed = new EndingFeed("gs_", revocations)) {
            for (int i = 0; i < 2; i++) {
                assertThat(CompletableFuture.supplyAsync(
                                () -> feed.subscribe(heard::add), task -> new Thread(task).start()))
                        .succeedsWithin(20, TimeUnit.SECONDS);
            }
            revocations.revoke(ending(1), NOW);

            assertThat(next()).isEqualTo(next());
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
            var error = feed.subscribe(ending -> {
                throw new StackOverflowError("thrown by a listener, as it was told to");
            });
            var second = feed.subscribe(heard::add);
            revocations.revoke(ending(1), NOW);
            revocations.revoke(ending(2), NOW);

            assertThat(next()).isEqualTo(new Ending.OfLogin(new LoginId("l1"), EndReason.ENDED));
            assertThat(next()).isEqualTo(new Ending.OfLogin(new LoginId("l2"), EndReason.ENDED));
            first.close();
            error.close();
            second.close();
        } finally {
            LOG.setLevel(null);
        }
    }
}
