package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.InProcessFeed;
import dev.gateline.store.Revocation;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    /** A feed whose test tells of a gap. */
    private record FeedWithGaps(InProcessFeed feed, List<Subscriber> subscribers) implements ChangeFeed {
        @Override
        public void publish(Change change) {
            feed.publish(change);
        }

        @Override
        public void subscribe(Subscriber subscriber) {
            subscribers.add(subscriber);
            feed.subscribe(subscriber);
        }

        @Override
        public void close() {
            feed.close();
        }
    }

    /** Notes how many revocations there are to read, instead of waiting. */
    private static final class Noted extends Spread {
        private final List<Long> sizes = new ArrayList<>();

        @Override
        void await(long revocations) {
            sizes.add(revocations);
        }
    }

    @Test
    void longest_byTheNumberOfRevocations_isBounded() {
        assertThat(Spread.longest(0)).isZero();
        assertThat(Spread.longest(100_000)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Spread.longest(499_999)).isLessThan(Duration.ofSeconds(5));
        assertThat(Spread.longest(10_000_000)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void gap_afterTheFirst_waitsByWhatTheNodeKnows() {
        FeedWithGaps feed = new FeedWithGaps(ChangeFeed.inProcess(), new ArrayList<>());
        NearStorageBuilder builder = NearStorage.builder(SharedStorage.of(Storage.inMemory(100), feed));
        Noted noted = new Noted();
        builder.spread = noted;
        try (NearStorage near = builder.build()) {
            Instant now = Instant.now();
            near.revocations().revoke(Revocation.ofLogin(new LoginId("a"), now.plusSeconds(60)), now);
            near.revocations().revoke(Revocation.ofLogin(new LoginId("b"), now.plusSeconds(60)), now);

            feed.subscribers.forEach(ChangeFeed.Subscriber::gap);
        }

        assertThat(noted.sizes).containsExactly(0L, 2L);
    }

    @Test
    void await_closed_doesNotWait() {
        Spread spread = new Spread();
        spread.close();
        for (int i = 0; i < 1_000; i++) {
            // would take an hour on average
            spread.await(1_000_000);
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
