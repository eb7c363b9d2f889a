package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gateline.kit.RewindingFeed.Read;
import dev.gateline.kit.RewindingFeed.Servers;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract, kept by a feed that reads on after a fail-over, and broken by feeds that must not pass. */
class FailOverContractTest {

    /** Nodes at servers in memory. */
    static class Contract extends FailOverContract {
        private final Servers servers = new Servers();
        private final Function<Servers, ChangeFeed> feed;

        Contract(Function<Servers, ChangeFeed> feed) {
            this.feed = feed;
        }

        @Override
        protected ChangeFeed connect() {
            return feed.apply(servers);
        }

        @Override
        protected void publish(List<Change> changes) {
            servers.publish(changes);
        }

        @Override
        protected void cut() {
            servers.cut(true);
        }

        @Override
        protected void replicate() {
            servers.keep();
        }

        @Override
        protected void failOver() {
            servers.replace(false);
        }

        @Override
        protected void failOverToNothing() {
            servers.replace(true);
        }

        @Override
        protected void mend() {
            servers.cut(false);
        }

        @Override
        protected Duration patience() {
            return Duration.ofSeconds(5);
        }
    }

    @Nested
    class WithAFeedThatReadsOn extends Contract {
        WithAFeedThatReadsOn() {
            super(RewindingFeed::new);
        }
    }

    private static void assertCaught(Function<Servers, ChangeFeed> wrong, Consumer<FailOverContract> test) {
        Contract contract = new Contract(wrong);
        Throwable thrown = catchThrowable(() -> test.accept(contract));
        contract.closeFeeds();
        assertThat(thrown).isInstanceOf(AssertionError.class);
    }

    @Test
    void server_failedOver_gapIsCaught() {
        assertCaught(
                servers -> new RewindingFeed(servers) {
                    @Override
                    int common(List<Read> before, List<Change> log) {
                        return -1;
                    }
                },
                FailOverContract::server_failedOverWithoutTheLastChanges_isNoGapAndAllThatIsThereIsDelivered);
    }

    @Test
    void server_failedOver_lossOfAnEntryBehindTheCommonOneIsCaught() {
        assertCaught(
                servers -> new RewindingFeed(servers) {
                    @Override
                    int next(int common) {
                        return common + 2;
                    }
                },
                FailOverContract::server_failedOverWithoutTheLastChanges_isNoGapAndAllThatIsThereIsDelivered);
    }

    @Test
    void server_failedOver_numberGivenAnewForACommonEntryIsCaught() {
        assertCaught(
                servers -> new RewindingFeed(servers) {
                    @Override
                    int common(List<Read> before, List<Change> log) {
                        return Math.min(before.size(), log.size()) - 1;
                    }
                },
                FailOverContract::server_failedOverWithoutTheLastChanges_isNoGapAndAllThatIsThereIsDelivered);
    }

    @Test
    void server_replacedByAnEmptyOne_commonEntryIsCaught() {
        assertCaught(
                servers -> new RewindingFeed(servers) {
                    @Override
                    int common(List<Read> before, List<Change> log) {
                        return Math.min(before.size(), log.size()) - 1;
                    }
                },
                FailOverContract::server_replacedByAnEmptyOne_isAGap);
    }

    @Test
    void server_failedOver_momentThatIsTooLateIsCaught() {
        assertCaught(
                servers -> new RewindingFeed(servers) {
                    @Override
                    long moment(List<Read> before, int common) {
                        return System.nanoTime();
                    }
                },
                FailOverContract::server_failedOverWithoutTheLastChanges_isNoGapAndAllThatIsThereIsDelivered);
    }

    @Test
    void server_failedOver_changesThatWereNotReadAndAreSkippedAreCaught() {
        assertCaught(
                servers -> new RewindingFeed(servers) {
                    @Override
                    int next(int common) {
                        return common + 1_495;
                    }
                },
                FailOverContract::server_failedOverWithChangesThatWereNotReadBefore_deliversThem);
    }
}
