package dev.gateline.store;

import dev.gateline.LoginId;
import dev.gateline.interleavings.Interleavings;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node that subscribes while others publish. */
@Tag("slow")
public class InProcessFeedInterleavingsTest {
    private static final Change CHANGE = new Change.OfRow(new LoginId("A".repeat(22)));

    private final InProcessFeed feed = ChangeFeed.inProcess();
    private final AtomicInteger toldTooEarly = new AtomicInteger();

    private final class Copies implements ChangeFeed.Subscriber {
        private final AtomicInteger gaps = new AtomicInteger();
        private final AtomicInteger changes = new AtomicInteger();

        @Override
        public void changed(Change change) {
            changes.incrementAndGet();
            if (gaps.get() == 0) {
                toldTooEarly.incrementAndGet();
            }
        }

        @Override
        public void gap() {
            gaps.incrementAndGet();
        }

        @Override
        public void freshAsOf(long nanos) {}
    }

    @Operation
    public void publish() {
        feed.publish(CHANGE);
    }

    /** A change that is published after a subscription is heard once. */
    @Operation(nonParallelGroup = "node")
    public boolean subscribeAndHear() {
        Copies copies = new Copies();
        feed.another().subscribe(copies);
        int before = copies.changes.get();
        feed.publish(CHANGE);
        return copies.changes.get() > before;
    }

    @Operation
    public int toldBeforeTheFirstGap() {
        return toldTooEarly.get();
    }

    @Test
    void changes_besideASubscription_areHeardAfterTheFirstGap() {
        Interleavings.check(InProcessFeedInterleavingsTest.class, 2);
    }
}
