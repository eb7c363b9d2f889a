package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.EndReason;
import dev.gateline.LoginId;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The promises of every change feed. Extend it, and say how a node connects. */
public abstract class ChangeFeedContract {
    private static final Instant UNTIL = Instant.parse("2026-03-01T09:06:00.123456Z");

    private final List<ChangeFeed> feeds = new CopyOnWriteArrayList<>();

    /** For subclasses. */
    protected ChangeFeedContract() {}

    /** Creates the feed of one more node. The feeds of one test are connected with each other. */
    protected abstract ChangeFeed connect();

    /** How long a test waits for a report before it fails. */
    protected Duration patience() {
        return Patience.USUAL;
    }

    private void await(String what, BooleanSupplier condition) {
        Patience.await(what, patience(), condition);
    }

    private ChangeFeed feed() {
        ChangeFeed feed = connect();
        feeds.add(feed);
        return feed;
    }

    @AfterEach
    void closeFeeds() {
        feeds.forEach(ChangeFeed::close);
    }

    /** The reports that a node has heard, in order. Thread-safe. */
    private static final class Heard implements ChangeFeed.Subscriber {
        private final List<Change> changes = new CopyOnWriteArrayList<>();
        private final AtomicInteger gaps = new AtomicInteger();
        private final AtomicInteger speaking = new AtomicInteger();
        private volatile boolean atOnce;
        private volatile boolean saidSomethingBeforeTheGap;
        private volatile int gapsThatFail;
        private volatile boolean fails;
        private volatile boolean lingers;
        private volatile long fresh = Long.MIN_VALUE;

        private void said(Runnable what) {
            atOnce |= speaking.incrementAndGet() > 1;
            for (int i = 0; lingers && speaking.get() < 2 && i < 20_000; i++) {
                Thread.onSpinWait();
            }
            what.run();
            speaking.decrementAndGet();
        }

        @Override
        public void changed(Change change) {
            saidSomethingBeforeTheGap |= gaps.get() <= gapsThatFail;
            said(() -> changes.add(change));
            if (fails) {
                throw new IllegalStateException("thrown by a subscriber, as it was told to");
            }
        }

        @Override
        public void gap() {
            said(gaps::incrementAndGet);
            if (gaps.get() <= gapsThatFail) {
                throw new IllegalStateException("thrown by a subscriber, as it was told to");
            }
        }

        @Override
        public void freshAsOf(long nanos) {
            saidSomethingBeforeTheGap |= gaps.get() <= gapsThatFail;
            said(() -> fresh = Math.max(fresh, nanos));
        }

        boolean isFreshSince(long nanos) {
            return fresh != Long.MIN_VALUE && fresh - nanos > 0;
        }
    }

    private Heard listening(ChangeFeed feed) {
        Heard heard = new Heard();
        feed.subscribe(heard);
        long now = System.nanoTime();
        await("fresh", () -> heard.isFreshSince(now));
        return heard;
    }

    private static Change row(int number) {
        return new Change.OfRow(new LoginId("login-" + number));
    }

    @Test
    void subscribe_always_beginsWithAGap() {
        Heard heard = listening(feed());

        assertThat(heard.gaps.get()).isEqualTo(1);
        assertThat(heard.saidSomethingBeforeTheGap).isFalse();
    }

    @Test
    void subscribe_gapThatThrows_isToldAgainBeforeAnythingElse() {
        ChangeFeed feed = feed();
        Heard heard = new Heard();
        heard.gapsThatFail = 2;
        feed.subscribe(heard);
        feed.publish(row(1));
        feed.publish(row(2));
        long now = System.nanoTime();
        await("fresh", () -> heard.isFreshSince(now));

        assertThat(heard.gaps.get()).isEqualTo(3);
        assertThat(heard.saidSomethingBeforeTheGap).isFalse();
    }

    @Test
    void publish_anyChange_reachesAllNodesAndOneself() {
        ChangeFeed one = feed();
        ChangeFeed two = feed();
        Heard atOne = listening(one);
        Heard atTwo = listening(two);
        List<Change> changes = List.of(
                row(7),
                new Change.OfKeyRing("ring"),
                new Change.OfRevocation(Revocation.ofToken("t", UNTIL)),
                new Change.OfRevocation(Revocation.ofLogin(new LoginId("login-8"), UNTIL, EndReason.ENDED)),
                new Change.OfRevocation(Revocation.ofGroup("gs_ Ren\u00e9e  \ud83d\ude00", 5, UNTIL)));

        changes.forEach(one::publish);

        await("at the other", () -> atTwo.changes.containsAll(changes));
        await("at the publisher's", () -> atOne.changes.containsAll(changes));
    }

    @Test
    void subscribe_twice_tellsBoth() {
        ChangeFeed feed = feed();
        Heard first = listening(feed);
        Heard second = listening(feed);

        feed().publish(row(1));

        await("at the first", () -> first.changes.contains(row(1)));
        await("at the second", () -> second.changes.contains(row(1)));
    }

    @Test
    void publish_subscriberThatThrows_tellsTheOthersAndItOfAGap() {
        ChangeFeed feed = feed();
        Heard failing = listening(feed);
        Heard other = listening(feed);
        failing.fails = true;

        feed.publish(row(1));
        feed.publish(row(2));

        await("at the other", () -> other.changes.containsAll(List.of(row(1), row(2))));
        await("a gap", () -> failing.gaps.get() > 1);
        assertThat(other.gaps.get()).isEqualTo(1);
    }

    @Test
    void publishAll_many_losesNone() {
        Heard heard = listening(feed());
        List<Change> changes =
                IntStream.rangeClosed(1, 1_025).mapToObj(i -> row(i)).toList();

        feed().publishAll(changes);

        await("all", () -> heard.changes.size() >= changes.size());
        assertThat(heard.changes).containsAll(changes);
        assertThat(heard.gaps.get()).isEqualTo(1);
    }

    @Test
    void publish_manyByManyThreads_tellsOneAtATime() {
        ChangeFeed feed = feed();
        Heard heard = listening(feed());
        heard.lingers = true;
        AtomicInteger next = new AtomicInteger();

        Race.run(8, () -> {
            for (int i = 0; i < 4; i++) {
                feed.publish(row(next.incrementAndGet()));
            }
            return feed;
        });

        await("all", () -> heard.changes.size() >= 32);
        assertThat(heard.atOnce).as("two calls at a time").isFalse();
    }

    @Test
    void publish_manyByManyThreads_losesNone() {
        ChangeFeed feed = feed();
        Heard heard = listening(feed());
        AtomicInteger next = new AtomicInteger();

        Race.run(8, () -> {
            for (int i = 0; i < 50; i++) {
                feed.publish(row(next.incrementAndGet()));
            }
            return feed;
        });

        List<Change> all = new ArrayList<>();
        for (int i = 1; i <= 400; i++) {
            all.add(row(i));
        }
        await("all", () -> heard.changes.containsAll(all));
        assertThat(heard.gaps.get()).isEqualTo(1);
    }

    /** The promise itself: a node that is fresh as of a moment after a publication has heard of that publication. */
    @Test
    void freshAsOf_aMomentAfterAPublication_onlyOnceThatIsDelivered() {
        ChangeFeed feed = feed();
        Heard heard = listening(feed());
        for (int i = 1; i <= 20; i++) {
            Change change = row(i);
            feed.publish(change);
            long published = System.nanoTime();

            await("fresh", () -> heard.isFreshSince(published));

            assertThat(heard.changes).contains(change);
        }
    }

    @Test
    void close_always_stopsTelling() {
        ChangeFeed other = feed();
        ChangeFeed feed = feed();
        Heard heard = listening(feed);
        Heard still = listening(other);

        feed.close();
        feed.close();
        int before = heard.changes.size();
        other.publish(row(1));

        await("the others go on", () -> still.changes.contains(row(1)));
        assertThat(heard.changes).hasSize(before);
    }
}
