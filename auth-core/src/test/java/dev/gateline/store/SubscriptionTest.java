package dev.gateline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private static final Change CHANGE = new Change.OfRow(new LoginId("a"));

    private final List<String> heard = new ArrayList<>();
    private Runnable failing = () -> {};

    private final ChangeFeed.Subscriber subscriber = new ChangeFeed.Subscriber() {
        @Override
        public void changed(Change change) {
            heard.add("changed");
            failing.run();
        }

        @Override
        public void gap() {
            heard.add("gap");
            failing.run();
        }

        @Override
        public void rewound(long nanos) {
            heard.add("rewound to " + nanos);
            failing.run();
        }

        @Override
        public void freshAsOf(long nanos) {
            heard.add("fresh");
            failing.run();
        }
    };

    private final Subscription subscription = new Subscription(subscriber, Duration.ZERO);

    private void fails() {
        failing = () -> {
            throw new StackOverflowError();
        };
    }

    private void tellAll() {
        subscription.tellGap();
        subscription.tell(CHANGE);
        subscription.tellFresh(0);
    }

    @Test
    void tell_beforeTheFirstGap_isNotHeard() {
        subscription.tell(CHANGE);
        subscription.tellFresh(0);
        assertThat(heard).isEmpty();
    }

    @Test
    void tellGap_noGap_isNotHeardAgain() {
        tellAll();
        tellAll();
        assertThat(heard).containsExactly("gap", "changed", "fresh", "changed", "fresh");
    }

    @Test
    void isInGap_untilTheGapIsTold_isTrue() {
        assertThat(subscription.isInGap()).isTrue();
        subscription.tellGap();
        assertThat(subscription.isInGap()).isFalse();
        subscription.lose();
        assertThat(subscription.isInGap()).isTrue();
    }

    @Test
    void lose_afterAGap_theNextReportIsAGap() {
        tellAll();
        heard.clear();
        subscription.lose();
        subscription.tell(CHANGE);
        tellAll();
        assertThat(heard).containsExactly("gap", "changed", "fresh");
    }

    @Test
    void rewind_noGap_theNextReportIsTheRewind() {
        tellAll();
        heard.clear();
        subscription.rewind(5);
        assertThat(subscription.isInGap()).isTrue();
        tellAll();
        tellAll();
        assertThat(heard).containsExactly("rewound to 5", "changed", "fresh", "changed", "fresh");
    }

    @Test
    void rewind_inAGap_isAGap() {
        subscription.rewind(5);
        tellAll();
        heard.clear();
        subscription.lose();
        subscription.rewind(5);
        subscription.tellGap();
        subscription.rewind(5);
        subscription.lose();
        subscription.tellGap();
        assertThat(heard).containsExactly("gap", "gap");
    }

    @Test
    void rewind_twice_isToldWithTheEarlierMoment() {
        tellAll();
        heard.clear();
        subscription.rewind(5);
        subscription.rewind(7);
        subscription.tellGap();
        subscription.rewind(9);
        subscription.rewind(8);
        subscription.tellGap();
        assertThat(heard).containsExactly("rewound to 5", "rewound to 8");
    }

    /** The change is not delivered again. */
    @Test
    void tell_rewindThatWasNotToldYet_isAGap() {
        tellAll();
        heard.clear();
        subscription.rewind(5);
        tellAll();
        subscription.rewind(5);
        subscription.tell(CHANGE);
        tellAll();
        assertThat(heard).containsExactly("rewound to 5", "changed", "fresh", "gap", "changed", "fresh");
    }

    @Test
    void tellGap_subscriberFailsAtARewind_hearsOfAGap() {
        tellAll();
        heard.clear();
        subscription.rewind(5);
        fails();
        tellAll();
        failing = () -> {};
        tellAll();
        assertThat(heard).containsExactly("rewound to 5", "gap", "changed", "fresh");
    }

    @Test
    void rewound_subscriberThatDoesNotKnowIt_isAGap() {
        ChangeFeed.Subscriber older = new ChangeFeed.Subscriber() {
            @Override
            public void changed(Change change) {}

            @Override
            public void gap() {
                heard.add("gap");
            }

            @Override
            public void freshAsOf(long nanos) {}
        };
        older.rewound(5);
        assertThat(heard).containsExactly("gap");
    }

    @Test
    void tell_subscriberFails_theNextReportIsAGap() {
        tellAll();
        heard.clear();
        fails();
        subscription.tell(CHANGE);
        failing = () -> {};
        subscription.tellFresh(0);
        tellAll();
        assertThat(heard).containsExactly("changed", "gap", "changed", "fresh");
    }

    @Test
    void tellGap_subscriberFails_isToldAgainBeforeAnythingElse() {
        fails();
        tellAll();
        failing = () -> {};
        tellAll();
        assertThat(heard).containsExactly("gap", "gap", "changed", "fresh");
    }

    @Test
    void tellGap_soonAfterItFailed_waits() {
        Subscription patient = new Subscription(subscriber, Duration.ofMinutes(1));
        fails();
        patient.tellGap();
        patient.tellGap();
        assertThat(heard).containsExactly("gap");
        assertThat(patient.isInGap()).isTrue();
    }

    @Test
    void publish_subscriberFailsAtAChange_hearsOfTheGapAtOnceAndThePublisherOfNothing() {
        InProcessFeed feed = ChangeFeed.inProcess();
        feed.subscribe(subscriber);
        heard.clear();
        failing = () -> {
            failing = () -> {};
            throw new IllegalStateException("once");
        };
        feed.publish(CHANGE);
        assertThat(heard).containsExactly("changed", "gap", "fresh");
    }
}
