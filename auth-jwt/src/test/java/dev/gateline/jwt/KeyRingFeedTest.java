package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.kit.MutableClock;
import dev.gateline.kit.Patience;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.InProcessFeed;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rings over a store that tells of changes. */
class KeyRingFeedTest {
    private static final Duration UNPROVEN = Duration.ofSeconds(2);

    private final MutableClock clock = new MutableClock();
    private final SlowStore store = new SlowStore();
    private final QuietFeed feed = new QuietFeed();

    private KeyRing ring(ChangeFeed feed) {
        return ring(store, "park", feed);
    }

    private KeyRing ring(KeyRingStore store, String name, ChangeFeed feed) {
        return KeyRing.builder(Algorithm.EdDSA)
                .store(KeyRingStore.announced(store, name, feed))
                .clock(clock)
                .build();
    }

    private static String activeId(KeyRing ring) {
        return ring.active().verification().id();
    }

    @Test
    void remove_onAnotherNode_isSeenAtOnce() {
        InProcessFeed one = ChangeFeed.inProcess();
        KeyRing here = ring(one);
        KeyRing there = ring(one.another());
        String leaked = activeId(here);
        assertThat(there.find(leaked)).isPresent();

        here.remove(leaked);

        assertThat(there.find(leaked)).isEmpty();
        assertThat(there.keys()).isEqualTo(here.keys());
    }

    @Test
    void findInMemory_newsOrALookThatIsDue_isEmptyAndAsksNothing() {
        InProcessFeed one = ChangeFeed.inProcess();
        KeyRing here = ring(one);
        KeyRing there = ring(one.another());
        String leaked = activeId(here);
        there.find(leaked);
        assertThat(there.findInMemory(leaked)).isEqualTo(there.find(leaked));

        here.remove(leaked);
        String active = activeId(here);
        int before = store.loads.get();
        assertThat(there.findInMemory(leaked)).as("with news").isEmpty();
        assertThat(here.findInMemory(active)).isPresent();
        clock.advance(Duration.ofSeconds(10));
        assertThat(here.findInMemory(active)).as("with a look due").isEmpty();

        assertThat(store.loads).hasValue(before);
    }

    @Test
    void remove_ofAnotherRing_makesNobodyLook() {
        InProcessFeed one = ChangeFeed.inProcess();
        KeyRing other = ring(new MemoryKeyRingStore(), "zoo", one.another());
        KeyRing here = ring(one);
        activeId(here);
        int before = store.loads.get();

        other.remove(activeId(other));
        activeId(here);

        assertThat(store.loads).hasValue(before);
    }

    @Test
    void remove_publicationFails_throwsAndMayBeRepeated() {
        KeyRing here = ring(feed);
        String leaked = activeId(here);
        feed.failing = true;
        assertThatThrownBy(() -> here.remove(leaked)).isInstanceOf(AuthUnavailableException.class);
        feed.failing = false;

        here.remove(leaked);

        assertThat(here.find(leaked)).isEmpty();
        assertThat(feed.published).contains(new Change.OfKeyRing("park"));
    }

    @Test
    void find_feedProvesNothing_looksEveryTwoSeconds() {
        KeyRing here = ring(feed);
        KeyRing there = ring(new QuietFeed());
        String leaked = activeId(here);
        here.remove(leaked);

        clock.advance(UNPROVEN.minusMillis(1));
        assertThat(there.find(leaked)).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(there.find(leaked)).isEmpty();
    }

    @Test
    void find_feedIsFresh_looksEveryTenSeconds() {
        KeyRing here = ring(ChangeFeed.inProcess());
        activeId(here);
        int before = store.loads.get();

        clock.advance(Duration.ofSeconds(10).minusMillis(1));
        activeId(here);
        assertThat(store.loads).hasValue(before);
        clock.advance(Duration.ofMillis(1));
        activeId(here);
        assertThat(store.loads).hasValue(before + 1);
    }

    @Test
    void find_afterAGap_looksFirst() {
        KeyRing here = ring(new QuietFeed());
        KeyRing there = ring(feed);
        String leaked = activeId(here);
        here.remove(leaked);
        assertThat(there.find(leaked)).isPresent();

        feed.subscribers.forEach(ChangeFeed.Subscriber::gap);

        assertThat(there.find(leaked)).isEmpty();
    }

    @Test
    void find_changeIsHeardButTheStoreIsAway_isAnOutage() {
        KeyRing ring = ring(feed);
        String id = activeId(ring);
        store.broken = true;
        feed.tell(new Change.OfKeyRing("park"));

        assertThatThrownBy(() -> ring.find(id)).isInstanceOf(AuthUnavailableException.class);
        assertThatThrownBy(() -> activeId(ring)).isInstanceOf(AuthUnavailableException.class);
        store.broken = false;
        clock.advance(UNPROVEN);

        assertThat(ring.find(id)).isPresent();
    }

    @Test
    void find_feedAndStoreAreAway_goesOnWithTheRingInMemory() {
        KeyRing ring = ring(feed);
        String id = activeId(ring);
        store.broken = true;
        feed.subscribers.forEach(ChangeFeed.Subscriber::gap);

        assertThat(ring.find(id)).isPresent();
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(ring.find(id)).isPresent();
    }

    @Test
    void find_changeIsHeardDuringTheLook_looksAgain() {
        KeyRing here = ring(new QuietFeed());
        KeyRing there = ring(feed);
        String leaked = activeId(here);
        feed.subscribers.forEach(ChangeFeed.Subscriber::gap);
        store.afterLoad = () -> {
            here.remove(leaked);
            feed.tell(new Change.OfKeyRing("park"));
        };

        assertThat(there.find(leaked)).isEmpty();
        assertThat(there.keys()).isEqualTo(here.keys());
    }

    @Test
    void find_byManyAsAChangeIsHeard_allWaitForIt() throws Exception {
        KeyRing here = ring(new QuietFeed());
        KeyRing there = ring(feed);
        String leaked = activeId(here);
        here.remove(leaked);
        store.held = new CountDownLatch(1);
        store.hold = new CountDownLatch(1);
        feed.tell(new Change.OfKeyRing("park"));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> first = threads.submit(() -> there.find(leaked).isPresent());
            assertThat(store.held.await(20, TimeUnit.SECONDS)).isTrue();
            Future<Boolean> second = threads.submit(() -> there.find(leaked).isPresent());
            store.hold.countDown();

            assertThat(first.get()).isFalse();
            assertThat(second.get()).isFalse();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Another node signs with a new key at once, and two requests bring its tokens. */
    @Test
    void find_newKeyForWhichAnotherThreadLooks_waitsForThatLook() throws Exception {
        KeyRing here = ring(ChangeFeed.inProcess());
        KeyRing there = ring(ChangeFeed.inProcess());
        clock.advance(UNPROVEN.minusMillis(1));
        here.rotateNow();
        String fresh = activeId(here);
        int before = store.loads.get();
        store.held = new CountDownLatch(1);
        store.hold = new CountDownLatch(1);
        FutureTask<Boolean> first = new FutureTask<>(() -> there.find(fresh).isPresent());
        FutureTask<Boolean> second = new FutureTask<>(() -> there.find(fresh).isPresent());
        new Thread(first).start();
        assertThat(store.held.await(20, TimeUnit.SECONDS)).isTrue();
        Thread caller = new Thread(second);
        caller.start();
        Patience.await("the second caller waits", () -> caller.getState() == Thread.State.WAITING || !caller.isAlive());
        store.hold.countDown();

        assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(second.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(store.loads).hasValue(before + 1);
    }

    @Test
    void find_manyWithAnUnknownKeyDuringALook_someWaitAndTheOthersAreToldAtOnce() throws Exception {
        KeyRing ring = ring(ChangeFeed.inProcess());
        String active = activeId(ring);
        clock.advance(UNPROVEN.minusMillis(1));
        store.held = new CountDownLatch(1);
        store.hold = new CountDownLatch(1);
        List<Thread> callers = new ArrayList<>();
        List<Boolean> found = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 33; i++) {
            Thread caller = new Thread(() -> found.add(ring.find("unknown").isPresent()));
            callers.add(caller);
            caller.start();
        }
        Patience.await(
                "one looks, and the others wait",
                () -> callers.stream()
                                .filter(caller -> caller.getState() == Thread.State.WAITING)
                                .count()
                        == 32);

        assertThatThrownBy(() -> ring.find("unknown"))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("32 callers wait");
        assertThat(ring.find(active)).as("a known key").isPresent();

        store.hold.countDown();
        for (Thread caller : callers) {
            caller.join(20_000);
        }
        assertThat(found).hasSize(33).doesNotContain(true);
        assertThat(ring.find("unknown")).as("nobody waits now").isEmpty();
    }

    /** Delivers what it is told to, and proves nothing. */
    private static final class QuietFeed implements ChangeFeed {
        private final List<Subscriber> subscribers = new ArrayList<>();
        private final List<Change> published = new ArrayList<>();
        private boolean failing;

        @Override
        public void publish(Change change) {
            if (failing) {
                throw new AuthUnavailableException("failing, as it was told to");
            }
            published.add(change);
        }

        void tell(Change change) {
            subscribers.forEach(subscriber -> subscriber.changed(change));
        }

        @Override
        public void subscribe(Subscriber subscriber) {
            subscribers.add(subscriber);
        }

        @Override
        public void close() {}
    }

    private static final class SlowStore implements KeyRingStore {
        private final KeyRingStore store = new MemoryKeyRingStore();
        private volatile CountDownLatch held = new CountDownLatch(1);
        private volatile CountDownLatch hold = new CountDownLatch(0);
        private volatile boolean broken;
        private volatile Runnable afterLoad = () -> {};
        private final AtomicInteger loads = new AtomicInteger();

        @Override
        public Optional<Document> load() {
            loads.incrementAndGet();
            if (broken) {
                throw new IllegalStateException("broken, as it was told to be");
            }
            held.countDown();
            try {
                assertThat(hold.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            Optional<Document> loaded = store.load();
            Runnable once = afterLoad;
            afterLoad = () -> {};
            once.run();
            return loaded;
        }

        @Override
        public Written replace(Document next, long tag) {
            return store.replace(next, tag);
        }
    }
}
