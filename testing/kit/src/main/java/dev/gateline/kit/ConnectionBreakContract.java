package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The promise of a change feed that reads on after a lost connection, instead of telling of a gap. Extend it, and say
 * how the connection of a node is cut.
 */
public abstract class ConnectionBreakContract {
    private final List<ChangeFeed> feeds = new CopyOnWriteArrayList<>();

    /** For subclasses. */
    protected ConnectionBreakContract() {}

    /** Creates the feed of a node whose connections are cut by {@link #cut()}. */
    protected abstract ChangeFeed connect();

    /** Creates the feed of a node whose connections are never cut. */
    protected abstract ChangeFeed connectForGood();

    /** Breaks all connections that can be cut, and each new one until {@link #mend()}. */
    protected abstract void cut();

    /** Lets new connections through again. */
    protected abstract void mend();

    /** How long a test waits for a report before it fails. */
    protected Duration patience() {
        return Patience.USUAL;
    }

    /** How long a node is cut off in some tests: long enough for its feed to notice. */
    protected Duration shortBreak() {
        return Duration.ofMillis(1_500);
    }

    private void await(String what, BooleanSupplier condition) {
        Patience.await(what, patience(), condition);
    }

    @AfterEach
    void closeFeeds() {
        feeds.forEach(ChangeFeed::close);
    }

    /** The reports that a node has heard. Thread-safe. */
    private static final class Heard implements ChangeFeed.Subscriber {
        private final List<Change> changes = new CopyOnWriteArrayList<>();
        private final AtomicInteger gaps = new AtomicInteger();
        private volatile long fresh = System.nanoTime();

        @Override
        public void changed(Change change) {
            changes.add(change);
        }

        @Override
        public void gap() {
            gaps.incrementAndGet();
        }

        @Override
        public void freshAsOf(long nanos) {
            fresh = nanos;
        }
    }

    private ChangeFeed closing(ChangeFeed feed) {
        feeds.add(feed);
        return feed;
    }

    private Heard listening() {
        Heard heard = new Heard();
        closing(connect()).subscribe(heard);
        awaitFresh(heard);
        return heard;
    }

    private void awaitFresh(Heard heard) {
        long now = System.nanoTime();
        await("fresh", () -> heard.fresh - now > 0);
    }

    private void awaitBreak(Heard heard) {
        await("a break", () -> System.nanoTime() - heard.fresh > shortBreak().toNanos());
    }

    private static Change row(int number) {
        return new Change.OfRow(new LoginId("login-" + number));
    }

    private static List<Change> rows(int number) {
        return IntStream.range(0, number).mapToObj(i -> row(i)).toList();
    }

    @Test
    void connection_cutForAMoment_isNoGapAndLosesNothing() {
        ChangeFeed other = closing(connectForGood());
        Heard heard = listening();
        List<Change> changes = rows(2_500);
        changes.subList(0, 10).forEach(other::publish);
        awaitFresh(heard);

        cut();
        other.publishAll(changes.subList(10, 2_400));
        awaitBreak(heard);
        other.publishAll(changes.subList(2_400, 2_500));
        mend();
        awaitFresh(heard);

        assertThat(heard.changes).containsSubsequence(changes);
        assertThat(heard.gaps.get()).isEqualTo(1);
    }

    @Test
    void connection_cutAgainAndAgain_isNoGapAndLosesNothing() {
        ChangeFeed other = closing(connectForGood());
        Heard heard = listening();
        other.publish(row(0));
        awaitFresh(heard);

        for (int i = 1; i <= 20; i++) {
            cut();
            other.publish(row(i));
            mend();
            awaitFresh(heard);

            assertThat(heard.changes).contains(row(i));
        }

        assertThat(heard.changes).containsSubsequence(rows(21));
        assertThat(heard.gaps.get()).isEqualTo(1);
    }

    @Test
    void connection_cut_provesNothingUntilItIsBack() {
        ChangeFeed other = closing(connectForGood());
        Heard heard = listening();
        other.publish(row(0));
        awaitFresh(heard);

        cut();
        long cutAt = System.nanoTime();
        awaitBreak(heard);

        assertThat(heard.fresh - cutAt).isNegative();
        other.publish(row(1));
        mend();
        long mendedAt = System.nanoTime();
        await("fresh again", () -> heard.fresh - mendedAt > 0);
        assertThat(heard.changes).contains(row(1));
    }
}
