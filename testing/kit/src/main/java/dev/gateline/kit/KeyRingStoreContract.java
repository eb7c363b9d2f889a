package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.gateline.store.KeyRingStore;
import dev.gateline.store.KeyRingStore.Document;
import dev.gateline.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The promises of every shared store of key rings. Extend it, and say how a node connects. */
public abstract class KeyRingStoreContract {

    /** For subclasses. */
    protected KeyRingStoreContract() {}

    /**
     * Connects one more node with the ring of a name. All nodes of a test see the same store, which is empty at first.
     *
     * @param name the name of the ring
     */
    protected abstract KeyRingStore connect(String name);

    /** How long a test waits for a report before it fails. */
    protected Duration patience() {
        return Patience.USUAL;
    }

    @Test
    void replace_nothingStored_takesNoTagAndNoOther() {
        KeyRingStore ring = connect("ring");

        assertThat(ring.load()).isEmpty();
        assertThat(ring.replace(Document.of("ahead"), 1)).isEqualTo(Written.STALE);
        assertThat(ring.load()).isEmpty();

        Document first = Document.of("secret \u20ac \ud83d\ude00");
        assertThat(ring.replace(first, KeyRingStore.NONE)).isEqualTo(Written.DONE);
        assertThat(connect("ring").load()).contains(first);
    }

    @Test
    void replace_racing_isDoneByOne() {
        List<KeyRingStore> nodes = List.of(connect("ring"), connect("ring"));
        AtomicInteger turn = new AtomicInteger();
        long tag = KeyRingStore.NONE;
        for (int i = 1; i <= 10; i++) {
            long before = tag;
            Document next = Document.of("k".repeat(i * 10_000));
            List<Written> written =
                    Race.run(8, () -> nodes.get(turn.getAndIncrement() % 2).replace(next, before));

            assertThat(written).containsOnlyOnce(Written.DONE).containsOnly(Written.DONE, Written.STALE);
            assertThat(nodes.get(0).load()).contains(next);
            tag = next.tag();
        }
    }

    @Test
    void connect_anotherName_isAnotherRing() {
        connect("one").replace(Document.of("secret"), KeyRingStore.NONE);

        assertThat(connect("One").load()).isEmpty();
        assertThat(connect("on").load()).isEmpty();
        assertThat(connect("n".repeat(40)).load()).isEmpty();
        for (String bad : List.of("", "\u00e9", "a b", "n".repeat(41))) {
            assertThatIllegalArgumentException().isThrownBy(() -> connect(bad));
        }
    }

    @Test
    void now_wrongClockOfTheNode_isByTheServers() {
        KeyRingStore ring = connect("ring");

        assertThat(ring.now(Instant.EPOCH)).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(ring.now(Instant.now().plus(Duration.ofDays(100))))
                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void replace_onAnotherNode_isToldToAllThatSubscribed() {
        KeyRingStore here = connect("ring");
        Heard there = listening(connect("ring"));
        Heard other = listening(connect("other"));

        long tag = KeyRingStore.NONE;
        for (int i = 1; i <= 5; i++) {
            int times = i;
            Document next = Document.of("secret " + i);
            here.replace(next, tag);
            tag = next.tag();
            Patience.await("the news", patience(), () -> there.changes.get() >= times);
        }

        assertThat(there.gaps.get()).isPositive();
        assertThat(other.changes.get()).isZero();
    }

    private Heard listening(KeyRingStore store) {
        Heard heard = new Heard();
        assertThat(store.subscribe(heard)).isTrue();
        Patience.await("fresh", patience(), () -> heard.fresh);
        return heard;
    }

    /** Thread-safe. */
    private static final class Heard implements KeyRingStore.Listener {
        private final AtomicInteger changes = new AtomicInteger();
        private final AtomicInteger gaps = new AtomicInteger();
        private volatile boolean fresh;

        @Override
        public void changed() {
            changes.incrementAndGet();
        }

        @Override
        public void mayHaveChanged() {
            gaps.incrementAndGet();
        }

        @Override
        public void freshAsOf(long nanos) {
            fresh = true;
        }
    }
}
