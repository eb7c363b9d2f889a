package dev.gateline.store;

import dev.gateline.LoginId;
import dev.gateline.interleavings.Interleavings;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A node that subscribes while others publish. Each change has a number. A node that hears of a gap or of a change
 * reads the newest number, as copies read the store. Once a subscription and a publication are over, the node has read
 * the number of that change.
 */
@Tag("slow")
@Tag("once")
public class InProcessFeedInterleavingsTest {
    private static final Change CHANGE = new Change.OfRow(new LoginId("A".repeat(22)));

    private final InProcessFeed feed = ChangeFeed.inProcess();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger published = new AtomicInteger();
    private final List<Copies> subscribed = new CopyOnWriteArrayList<>();
    private final AtomicInteger toldTooEarly = new AtomicInteger();
    private final AtomicInteger missed = new AtomicInteger();

    private final class Copies implements ChangeFeed.Subscriber {
        private final AtomicInteger gaps = new AtomicInteger();
        private final AtomicInteger changes = new AtomicInteger();
        private final AtomicInteger read = new AtomicInteger();

        void check(int number) {
            if (read.get() < number) {
                missed.incrementAndGet();
            }
        }

        @Override
        public void changed(Change change) {
            changes.incrementAndGet();
            read.set(stored.get());
            if (gaps.get() == 0) {
                toldTooEarly.incrementAndGet();
            }
        }

        @Override
        public void gap() {
            gaps.incrementAndGet();
            read.set(stored.get());
        }

        @Override
        public void freshAsOf(long nanos) {}
    }

    @Operation
    public void publish() {
        int number = stored.incrementAndGet();
        feed.publish(CHANGE);
        published.accumulateAndGet(number, Math::max);
        subscribed.forEach(copies -> copies.check(number));
    }

    /** A change that is published after a subscription is heard. */
    @Operation(nonParallelGroup = "node")
    public boolean subscribeAndHear() {
        Copies copies = new Copies();
        feed.another().subscribe(copies);
        subscribed.add(copies);
        copies.check(published.get());
        int before = copies.changes.get();
        feed.publish(CHANGE);
        return copies.changes.get() > before;
    }

    @Operation
    public int toldBeforeTheFirstGap() {
        return toldTooEarly.get();
    }

    @Operation
    public int missed() {
        return missed.get();
    }

    @Test
    void changes_besideASubscription_areHeardAfterTheFirstGapAndNoneIsMissed() {
        Interleavings.check(InProcessFeedInterleavingsTest.class, 2);
    }
}
