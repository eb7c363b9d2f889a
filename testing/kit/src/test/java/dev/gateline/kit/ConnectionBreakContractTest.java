package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract, kept by a feed that reads on, and broken by feeds that must not pass. */
class ConnectionBreakContractTest {

    /** Nodes with one log in memory. */
    static class Contract extends ConnectionBreakContract {
        private final List<Change> log = new CopyOnWriteArrayList<>();
        private final AtomicBoolean isCut = new AtomicBoolean();

        PolledFeed connected(List<Change> changes, AtomicBoolean cable) {
            return new PolledFeed(changes, cable);
        }

        @Override
        protected ChangeFeed connect() {
            return connected(log, isCut);
        }

        @Override
        protected ChangeFeed connectForGood() {
            return new PolledFeed(log, new AtomicBoolean());
        }

        @Override
        protected void cut() {
            isCut.set(true);
        }

        @Override
        protected void mend() {
            isCut.set(false);
        }

        @Override
        protected Duration shortBreak() {
            return Duration.ofMillis(50);
        }

        @Override
        protected Duration patience() {
            return Duration.ofSeconds(5);
        }
    }

    @Nested
    class WithAFeedThatReadsOn extends Contract {}

    private static void assertCaught(ConnectionBreakContract wrong, Consumer<ConnectionBreakContract> test) {
        Throwable thrown = catchThrowable(() -> test.accept(wrong));
        wrong.closeFeeds();
        assertThat(thrown).isInstanceOf(AssertionError.class);
    }

    @Test
    void connection_cut_gapAfterTheBreakIsCaught() {
        assertCaught(
                new Contract() {
                    @Override
                    PolledFeed connected(List<Change> changes, AtomicBoolean cable) {
                        return new PolledFeed(changes, cable) {
                            @Override
                            int afterBreak(int before, List<Change> all, List<Subscription> subscribed) {
                                subscribed.forEach(Subscription::lose);
                                subscribed.forEach(Subscription::tellGap);
                                return before;
                            }
                        };
                    }
                },
                ConnectionBreakContract::connection_cutForAMoment_isNoGapAndLosesNothing);
    }

    @Test
    void connection_cut_lossOfWhatWasMissedIsCaught() {
        Contract wrong = new Contract() {
            @Override
            PolledFeed connected(List<Change> changes, AtomicBoolean cable) {
                return new PolledFeed(changes, cable) {
                    @Override
                    int afterBreak(int before, List<Change> all, List<Subscription> subscribed) {
                        return all.size();
                    }
                };
            }
        };
        assertCaught(wrong, ConnectionBreakContract::connection_cutForAMoment_isNoGapAndLosesNothing);
    }

    @Test
    void connection_cut_proofMeanwhileIsCaught() {
        Contract wrong = new Contract() {
            @Override
            PolledFeed connected(List<Change> changes, AtomicBoolean cable) {
                return new PolledFeed(changes, cable) {
                    @Override
                    void whileCut(List<Subscription> subscribed) {
                        subscribed.forEach(each -> each.tellFresh(System.nanoTime()));
                    }
                };
            }

            @Override
            protected Duration patience() {
                return Duration.ofMillis(300);
            }
        };
        assertCaught(wrong, ConnectionBreakContract::connection_cut_provesNothingUntilItIsBack);
    }
}
