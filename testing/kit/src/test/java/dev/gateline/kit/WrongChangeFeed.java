package dev.gateline.kit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gateline.kit.PassingFeed.PassingSubscriber;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.ChangeFeed.Subscriber;
import dev.gateline.store.Revocation;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Feeds that break one promise each, and the test of {@link ChangeFeedContract} that must catch them. A feed is what
 * connects a node.
 */
@SuppressWarnings("ImmutableEnumChecker") // a function is
enum WrongChangeFeed implements Wrong<Supplier<ChangeFeed>> {
    BEGINS_WITHOUT_A_GAP("subscribe_always_beginsWithAGap", telling(subscriber -> new PassingSubscriber(subscriber) {
        private final AtomicBoolean begun = new AtomicBoolean();

        @Override
        public void gap() {
            if (!begun.compareAndSet(false, true)) {
                subscriber.gap();
            }
        }
    })),
    TELLS_OF_A_GAP_ONCE(
            "subscribe_gapThatThrows_isToldAgainBeforeAnythingElse",
            telling(subscriber -> new PassingSubscriber(subscriber) {
                @Override
                public void gap() {
                    try {
                        subscriber.gap();
                    } catch (IllegalStateException e) {
                        // this is the fault
                    }
                }
            })),
    SKIPS_ITS_OWN_NODE("publish_anyChange_reachesAllNodesAndOneself", each(right -> new PassingFeed(right) {
        private final ThreadLocal<Boolean> publishing = ThreadLocal.withInitial(() -> false);

        @Override
        public void publish(Change change) {
            publishing.set(true);
            right.publish(change);
            publishing.remove();
        }

        @Override
        Subscriber around(Subscriber subscriber) {
            return new PassingSubscriber(subscriber) {
                @Override
                public void changed(Change change) {
                    if (!publishing.get()) {
                        subscriber.changed(change);
                    }
                }
            };
        }
    })),
    KNOWS_NO_KEY_RINGS(
            "publish_anyChange_reachesAllNodesAndOneself",
            publishing(change -> change instanceof Change.OfKeyRing ? List.of() : List.of(change))),
    CARRIES_ASCII(
            "publish_anyChange_reachesAllNodesAndOneself",
            publishing(change -> List.of(Change.read(new String(change.write().getBytes(US_ASCII), US_ASCII))))),
    CARRIES_MILLISECONDS(
            "publish_anyChange_reachesAllNodesAndOneself",
            publishing(
                    change -> List.of(change instanceof Change.OfRevocation it ? inMillis(it.revocation()) : change))),
    CARRIES_NO_REASON(
            "publish_anyChange_reachesAllNodesAndOneself",
            publishing(change ->
                    List.of(change instanceof Change.OfRevocation it ? withoutReason(it.revocation()) : change))),
    TELLS_THE_LAST_SUBSCRIBER("subscribe_twice_tellsBoth", each(right -> new PassingFeed(right) {
        private final AtomicInteger subscribers = new AtomicInteger();

        @Override
        Subscriber around(Subscriber subscriber) {
            int number = subscribers.incrementAndGet();
            return new PassingSubscriber(subscriber) {
                @Override
                public void changed(Change change) {
                    if (subscribers.get() == number) {
                        subscriber.changed(change);
                    }
                }
            };
        }
    })),
    STOPS_AT_A_SUBSCRIBER_THAT_THROWS(
            "publish_subscriberThatThrows_tellsTheOthersAndItOfAGap", each(right -> new PassingFeed(right) {
                private final AtomicBoolean stopped = new AtomicBoolean();

                @Override
                Subscriber around(Subscriber subscriber) {
                    return new PassingSubscriber(subscriber) {
                        @Override
                        public void changed(Change change) {
                            if (stopped.compareAndSet(false, true)) {
                                subscriber.changed(change);
                                stopped.set(false);
                            }
                        }
                    };
                }
            })),
    FORGETS_WHAT_A_SUBSCRIBER_MISSED(
            "publish_subscriberThatThrows_tellsTheOthersAndItOfAGap",
            telling(subscriber -> new PassingSubscriber(subscriber) {
                @Override
                public void changed(Change change) {
                    try {
                        subscriber.changed(change);
                    } catch (IllegalStateException e) {
                        // this is the fault
                    }
                }
            })),
    PUBLISHES_THE_FIRST_THOUSAND("publishAll_many_losesNone", each(right -> new PassingFeed(right) {
        @Override
        public void publishAll(List<Change> changes) {
            changes.stream().limit(1_000).forEach(right::publish);
        }
    })),
    TELLS_ON_ANY_THREAD(
            "publish_manyByManyThreads_tellsOneAtATime", telling(subscriber -> new PassingSubscriber(subscriber) {
                @Override
                public void changed(Change change) {
                    new Thread(() -> subscriber.changed(change)).start();
                }
            })),
    LOSES_ONE_IN_A_HUNDRED("publish_manyByManyThreads_losesNone", each(right -> new PassingFeed(right) {
        private final AtomicInteger number = new AtomicInteger();

        @Override
        public void publish(Change change) {
            if (number.incrementAndGet() % 100 > 0) {
                right.publish(change);
            }
        }
    })),
    HAS_GAPS_WITHOUT_NEED("publish_manyByManyThreads_losesNone", each(right -> new PassingFeed(right) {
        @Override
        Subscriber around(Subscriber subscriber) {
            return new PassingSubscriber(subscriber) {
                @Override
                public void changed(Change change) {
                    subscriber.changed(change);
                    subscriber.gap();
                }
            };
        }
    })),
    IS_FRESH_BEFORE_IT_DELIVERS(
            "freshAsOf_aMomentAfterAPublication_onlyOnceThatIsDelivered",
            telling(subscriber -> new PassingSubscriber(subscriber) {
                private final List<Change> late = new ArrayList<>();

                @Override
                public synchronized void changed(Change change) {
                    late.add(change);
                    if (late.size() > 1) {
                        subscriber.changed(late.remove(0));
                    }
                }
            })),
    GOES_ON_AFTER_CLOSE("close_always_stopsTelling", each(right -> new PassingFeed(right) {
        @Override
        public void close() {
            // this is the fault
        }
    })),
    CLOSES_ALL_NODES("close_always_stopsTelling", connect -> new Supplier<>() {
        private final List<ChangeFeed> nodes = new CopyOnWriteArrayList<>();

        @Override
        public ChangeFeed get() {
            ChangeFeed right = connect.get();
            nodes.add(right);
            return new PassingFeed(right) {
                @Override
                public void close() {
                    nodes.forEach(ChangeFeed::close);
                }
            };
        }
    });

    private final String caughtBy;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<Supplier<ChangeFeed>> around;

    WrongChangeFeed(String caughtBy, UnaryOperator<Supplier<ChangeFeed>> around) {
        this.caughtBy = caughtBy;
        this.around = around;
    }

    @Override
    public String caughtBy() {
        return caughtBy;
    }

    @Override
    public Supplier<ChangeFeed> around(Supplier<ChangeFeed> connect) {
        return around.apply(connect);
    }

    private static UnaryOperator<Supplier<ChangeFeed>> each(UnaryOperator<ChangeFeed> around) {
        return connect -> () -> around.apply(connect.get());
    }

    private static UnaryOperator<Supplier<ChangeFeed>> telling(UnaryOperator<Subscriber> around) {
        return each(right -> new PassingFeed(right) {
            @Override
            Subscriber around(Subscriber subscriber) {
                return around.apply(subscriber);
            }
        });
    }

    private static UnaryOperator<Supplier<ChangeFeed>> publishing(Function<Change, List<Change>> change) {
        return each(right -> new PassingFeed(right) {
            @Override
            public void publish(Change it) {
                change.apply(it).forEach(right::publish);
            }
        });
    }

    private static Change inMillis(Revocation it) {
        return new Change.OfRevocation(new Revocation(
                it.grain(), it.key(), it.epoch(), it.until().truncatedTo(ChronoUnit.MILLIS), it.reason()));
    }

    private static Change withoutReason(Revocation it) {
        return new Change.OfRevocation(new Revocation(it.grain(), it.key(), it.epoch(), it.until()));
    }
}
