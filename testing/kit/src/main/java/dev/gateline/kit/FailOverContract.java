package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The promise of a change feed that reads on after a fail-over that has lost the last changes, instead of telling of a
 * gap. Extend it, and say how a server is replaced.
 */
public abstract class FailOverContract {
    private final List<ChangeFeed> feeds = new CopyOnWriteArrayList<>();

    /** For subclasses. */
    protected FailOverContract() {}

    /** Creates the feed of a node, whose connections lead to the server of the time. */
    protected abstract ChangeFeed connect();

    /** Publishes changes at the server of the time, in one step for each. */
    protected abstract void publish(List<Change> changes);

    /** Cuts the connections of the nodes until the server is replaced. */
    protected abstract void cut();

    /** Keeps what the server has now, for {@link #failOver}. The server may be restarted for that. */
    protected abstract void replicate();

    /** Replaces the server by one that has what was kept last, and nothing else. Nodes stay cut off. */
    protected abstract void failOver();

    /** Replaces the server by one that has nothing. Nodes stay cut off. */
    protected abstract void failOverToNothing();

    /** Lets connections of the nodes through again. */
    protected abstract void mend();

    /** How long a node must have read a server before the feed can read on at another one. */
    protected Duration settling() {
        return Duration.ZERO;
    }

    /** How long a test waits for a report before it fails. */
    protected Duration patience() {
        return Patience.USUAL;
    }

    @AfterEach
    void closeFeeds() {
        feeds.forEach(ChangeFeed::close);
    }

    /** The reports that a node has heard, in their order. Thread-safe. */
    private static final class Heard implements ChangeFeed.Subscriber {
        private final List<Object> reports = new CopyOnWriteArrayList<>();
        private volatile long fresh = System.nanoTime();

        private record Gap() {}

        private record Rewound(long nanos) {}

        private record Fresh() {}

        @Override
        public void changed(Change change) {
            reports.add(change);
        }

        @Override
        public void gap() {
            reports.add(new Gap());
        }

        @Override
        public void rewound(long nanos) {
            reports.add(new Rewound(nanos));
        }

        @Override
        public void freshAsOf(long nanos) {
            if (!reports.get(reports.size() - 1).equals(new Fresh())) {
                reports.add(new Fresh());
            }
            fresh = nanos;
        }

        long gaps() {
            return reports.stream().filter(Gap.class::isInstance).count();
        }

        List<Rewound> rewinds() {
            return reports.stream()
                    .filter(Rewound.class::isInstance)
                    .map(Rewound.class::cast)
                    .toList();
        }

        Rewound lastRewind() {
            List<Rewound> all = rewinds();
            return all.get(all.size() - 1);
        }

        /** The changes between the last rewind and the first proof after it. */
        List<Object> caughtUp() {
            List<Object> after = reports.subList(reports.lastIndexOf(lastRewind()), reports.size());
            return after.subList(1, after.indexOf(new Fresh()));
        }
    }

    private Heard listening() {
        Heard heard = new Heard();
        ChangeFeed feed = connect();
        feeds.add(feed);
        feed.subscribe(heard);
        awaitFresh(heard);
        publish(rows(0, 3));
        awaitFresh(heard);
        long began = heard.fresh;
        Patience.await(
                "settled",
                patience().plus(settling()),
                () -> heard.fresh - began > settling().toNanos());
        publish(rows(3, 6));
        awaitFresh(heard);
        return heard;
    }

    private void awaitFresh(Heard heard) {
        long now = System.nanoTime();
        Patience.await("fresh", patience(), () -> heard.fresh - now > 0);
    }

    private static List<Change> rows(int from, int to) {
        return IntStream.range(from, to)
                .<Change>mapToObj(i -> new Change.OfRow(new LoginId("login-" + i)))
                .toList();
    }

    private void assertIsRewound(Heard heard, long lostAt) {
        assertThat(heard.gaps()).as("gaps").isEqualTo(1);
        assertThat(heard.rewinds()).isNotEmpty();
        assertThat(heard.lastRewind().nanos() - lostAt)
                .as("the moment of the rewind, by the publication of the first lost change")
                .isNegative();
    }

    /** The new changes may have the numbers of the lost ones. */
    @Test
    void server_failedOverWithoutTheLastChanges_isNoGapAndAllThatIsThereIsDelivered() {
        Heard heard = listening();
        publish(rows(10, 20));
        awaitFresh(heard);
        replicate();
        publish(rows(20, 25));
        long lostAt = System.nanoTime();
        awaitFresh(heard);
        assertThat(heard.reports).containsAll(rows(10, 25));

        cut();
        failOver();
        publish(rows(30, 40));
        mend();
        awaitFresh(heard);

        assertIsRewound(heard, lostAt);
        assertThat(heard.caughtUp()).containsAll(rows(30, 40)).doesNotContainAnyElementsOf(rows(20, 25));
    }

    @Test
    void server_failedOverWithChangesThatWereNotReadBefore_deliversThem() {
        Heard heard = listening();
        cut();
        publish(rows(10, 1_500));
        replicate();
        publish(rows(2_000, 2_010));
        long lostAt = System.nanoTime();
        failOver();
        publish(rows(3_000, 3_020));
        mend();
        awaitFresh(heard);

        assertIsRewound(heard, lostAt);
        assertThat(heard.caughtUp()).containsAll(rows(10, 1_500)).containsAll(rows(3_000, 3_020));
        assertThat(heard.reports).doesNotContainAnyElementsOf(rows(2_000, 2_010));
    }

    @Test
    void server_failedOverTwice_deliversWhatIsThereEachTime() {
        Heard heard = listening();
        replicate();
        publish(rows(10, 20));
        awaitFresh(heard);
        cut();
        failOver();
        publish(rows(20, 25));
        mend();
        awaitFresh(heard);
        replicate();
        publish(rows(30, 40));
        awaitFresh(heard);
        cut();
        failOver();
        publish(rows(40, 60));
        mend();
        awaitFresh(heard);

        assertThat(heard.gaps()).isEqualTo(1);
        assertThat(heard.rewinds()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(heard.caughtUp()).containsAll(rows(40, 60));
    }

    /** The new changes have the numbers of the old ones. */
    @Test
    void server_replacedByAnEmptyOne_isAGap() {
        Heard heard = listening();
        publish(rows(10, 20));
        awaitFresh(heard);
        cut();
        failOverToNothing();
        publish(rows(30, 50));
        mend();
        awaitFresh(heard);

        assertThat(heard.gaps()).isEqualTo(2);
    }

    /** The copy is from before this node came. */
    @Test
    void server_restoredFromAnOldCopy_isAGap() {
        publish(rows(100, 103));
        replicate();
        publish(rows(103, 110));
        Heard heard = listening();
        publish(rows(10, 20));
        awaitFresh(heard);
        cut();
        failOver();
        publish(rows(30, 50));
        mend();
        awaitFresh(heard);

        assertThat(heard.gaps()).isEqualTo(2);
    }
}
