package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Standing;
import dev.gateline.store.Storage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContinuityTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final MutableClock clock = new MutableClock();
    private final Server server = new Server();
    private final List<AuthEvent> events = new ArrayList<>();
    private final AtomicInteger allEnded = new AtomicInteger();
    private long nanos;

    /** A store that is restarted, replaced, emptied and set back. */
    private final class Server {
        private final RevocationStore memory = Storage.inMemory(1).revocations();
        private final long firstEpoch = memory.epoch();
        private String run = "first";
        private String markedBy = "";
        private @Nullable Instant mark;
        private Duration ahead = Duration.ZERO;
        private Runnable beforeVouching = () -> {};

        private RevocationStore store() {
            return RevocationStore.class.cast(Proxy.newProxyInstance(
                    RevocationStore.class.getClassLoader(),
                    new Class<?>[] {RevocationStore.class},
                    (proxy, method, args) -> switch (method.getName()) {
                        case "standing" -> standing();
                        case "mark" -> mark((Instant) args[0]);
                        case "vouch" -> vouch((Standing) args[0]);
                        default -> method.invoke(memory, args);
                    }));
        }

        private Instant now() {
            return clock.instant().plus(ahead);
        }

        private Standing standing() {
            Instant at = mark;
            return at == null ? Standing.unmarked(now(), run) : Standing.marked(now(), run, at, markedBy);
        }

        private Standing mark(Instant last) {
            Instant at = mark;
            return at != null && markedBy.equals(run) && !at.isBefore(last) ? vouch() : standing();
        }

        private Optional<Standing> vouch(Standing seen) {
            Runnable once = beforeVouching;
            beforeVouching = () -> {};
            once.run();
            return seen.run().equals(run) ? Optional.of(vouch()) : Optional.empty();
        }

        private Standing vouch() {
            mark = now();
            markedBy = run;
            return standing();
        }

        void goBackBy(Duration span) {
            Instant at = mark;
            assertThat(at).isNotNull();
            mark = at.minus(span);
            run += " and another";
        }

        /** The new server has the same mark. */
        void failOver() {
            goBackBy(Duration.ZERO);
        }
    }

    private Continuity node() {
        return new Continuity(server.store(), clocks(), clock, events::add, () -> nanos);
    }

    private Clocks clocks() {
        return new Clocks(clock, events::add, () -> nanos);
    }

    private void pass(Duration span) {
        clock.advance(span);
        nanos += span.toNanos();
    }

    private boolean keep(Continuity node) {
        return node.keep(HOUR, () -> allEnded.incrementAndGet() > 0);
    }

    private void recover(Continuity node, Duration remembered) {
        node.gaveBack(node.lookForLoss(), remembered);
    }

    /** A node that has been there for long. */
    private Continuity settled() {
        server.vouch();
        Continuity node = node();
        recover(node, HOUR);
        pass(Duration.ofSeconds(1));
        assertThat(keep(node)).isTrue();
        return node;
    }

    private static void assertWaits(Continuity node, long epoch) {
        assertThatThrownBy(() -> node.check(epoch)).isInstanceOf(AuthUnavailableException.class);
    }

    private static void assertGoesOn(Continuity node, long epoch) {
        assertThatCode(() -> node.check(epoch)).doesNotThrowAnyException();
    }

    @Test
    void check_storeThatWasVouchedForInThisRun_goesOnAtOnce() {
        server.vouch();

        assertGoesOn(node(), 0);
    }

    /** A token from before it was emptied may have ended: only nodes that were there know. */
    @Test
    void check_newOrEmptiedStore_letsInOnlyWhatStartedInIt() {
        Continuity node = node();

        assertGoesOn(node, server.firstEpoch);
        assertWaits(node, server.firstEpoch - 1);
    }

    @Test
    void check_storeOfAnotherRun_waitsUntilANodeThatWasThereVouches() {
        Continuity there = settled();
        server.goBackBy(Duration.ZERO);
        Continuity fresh = node();
        recover(fresh, Duration.ofMinutes(5));
        assertWaits(fresh, fresh.firstEpoch() - 1);
        assertThat(keep(fresh)).isTrue();
        assertWaits(fresh, fresh.firstEpoch() - 1);

        recover(there, HOUR);
        assertThat(keep(fresh)).isFalse();
        recover(fresh, Duration.ofMinutes(5));

        assertGoesOn(fresh, 0);
        assertGoesOn(there, 0);
    }

    /** However far the store went back: what it had given before is earlier. */
    @Test
    void check_storeOfAnotherRun_goesOnWithLoginsThatStartFromNowOn() {
        settled();
        server.goBackBy(Duration.ofMinutes(20));
        Continuity fresh = node();
        recover(fresh, Duration.ofMinutes(5));

        long first = fresh.firstEpoch();

        assertThat(first)
                .isGreaterThan(server.memory.epoch())
                .isGreaterThan(ChronoUnit.MICROS.between(Instant.EPOCH, server.now()));
        assertGoesOn(fresh, first);
        assertWaits(fresh, first - 1);
    }

    /** An epoch may be ahead of the clock, because it follows a known one. */
    @Test
    void firstEpoch_storeOfAnotherRunWithAnEpochInTheFuture_isAboveIt() {
        settled();
        Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
        long far = server.memory.raiseEpoch(
                "gs_ ada", ChronoUnit.MICROS.between(Instant.EPOCH, tomorrow), clock.instant(), tomorrow);
        server.goBackBy(Duration.ZERO);

        assertThat(node().firstEpoch()).isGreaterThan(far);
    }

    @Test
    void noted_clockThatIsOff_writesNoUse() {
        server.ahead = Duration.ofMinutes(5);
        Continuity node = node();
        assertGoesOn(node, Long.MAX_VALUE);

        assertThatThrownBy(() -> node.noted(Map.of(new LoginId("login"), clock.instant())))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("clock");
    }

    /** Its first look was good, the reading of the endings failed, and then the server was replaced. */
    @Test
    void gaveBack_nodeThatHasNeverReadTheEndings_vouchesForNothing() {
        settled();
        Continuity young = node();
        Continuity.Loss unused = young.lookForLoss();
        server.goBackBy(Duration.ofSeconds(2));

        recover(young, Duration.ofMinutes(5));

        assertThat(server.standing().isSameRun()).isFalse();
        assertWaits(young, 0);
    }

    /** A request came before the feed was there, and then the server was replaced. */
    @Test
    void lookForLoss_storeReplacedAfterTheFirstRequest_waits() {
        settled();
        Continuity young = node();
        assertGoesOn(young, 0);
        server.goBackBy(Duration.ofMinutes(20));

        recover(young, Duration.ofMinutes(5));
        keep(young);
        recover(young, Duration.ofMinutes(5));

        assertThat(server.standing().isSameRun()).isFalse();
        assertWaits(young, 0);
    }

    /** A second fail-over comes between giving back and vouching. */
    @Test
    void gaveBack_storeReplacedAgainMeanwhile_vouchesForNothing() {
        Continuity node = settled();
        server.goBackBy(Duration.ofSeconds(2));
        Continuity.Loss loss = node.lookForLoss();
        server.goBackBy(Duration.ofMinutes(20));

        node.gaveBack(loss, HOUR);

        assertThat(server.standing().isSameRun()).isFalse();
    }

    /** The second server has the same mark as the first, and not the endings. */
    @Test
    void gaveBack_storeFailsOverAgainWithTheSameMark_vouchesForNothingAndLooksAgain() {
        Continuity node = settled();
        long marked = nanos;
        server.goBackBy(Duration.ofSeconds(2));
        Continuity.Loss loss = node.lookForLoss();
        server.failOver();

        node.gaveBack(loss, HOUR);

        assertThat(server.standing().isSameRun()).isFalse();
        assertThat(events).isEmpty();
        assertThat(keep(node)).isFalse();
        Continuity.Loss again = node.lookForLoss();
        assertThat(again.any()).isTrue();
        assertThat(again.lostSince()).isLessThan(marked);
        node.gaveBack(again, HOUR);
        assertThat(server.standing().isSameRun()).isTrue();
        assertThat(keep(node)).isTrue();
    }

    @Test
    void gaveBack_storeFailsOverAsItIsVouchedFor_vouchesForNothing() {
        Continuity node = settled();
        server.failOver();
        server.beforeVouching = server::failOver;

        recover(node, HOUR);

        assertThat(server.standing().isSameRun()).isFalse();
        assertThat(keep(node)).isFalse();
    }

    @Test
    void keep_nobodyIsLeftAndTheStoreFailsOverAsItIsVouchedFor_goesOnWaiting() {
        settled();
        server.failOver();
        Continuity fresh = node();
        recover(fresh, Duration.ofMinutes(5));
        server.beforeVouching = server::failOver;

        pass(Duration.ofSeconds(20));
        keep(fresh);
        assertThat(server.standing().isSameRun()).isFalse();
        assertWaits(fresh, 0);

        assertThat(keep(fresh)).as("this server has its endings").isFalse();
        recover(fresh, Duration.ofMinutes(5));
        pass(Duration.ofSeconds(20));
        keep(fresh);
        assertGoesOn(fresh, 0);
    }

    /** The endings that this node gave back are at the first server, and another node has vouched for the second. */
    @Test
    void gaveBack_anotherNodeHasVouchedForTheNextServerMeanwhile_looksAgain() {
        Continuity node = settled();
        Continuity other = settled();
        Continuity.Loss nothing = node.lookForLoss();
        server.failOver();
        recover(other, HOUR);
        long marked = nanos;
        pass(Duration.ofSeconds(3));

        node.gaveBack(nothing, HOUR);

        assertThat(keep(node)).isFalse();
        assertThat(node.lookForLoss().lostSince()).isLessThan(marked);
        recover(node, HOUR);
        assertThat(keep(node)).isTrue();
    }

    /** The feed tells the gap later than the mark does. */
    @Test
    void keep_anotherNodeHasVouchedForTheNextServer_asksForALook() {
        Continuity node = settled();
        Continuity other = settled();
        server.failOver();
        recover(other, HOUR);

        assertThat(keep(node)).isFalse();

        recover(node, HOUR);
        assertThat(keep(node)).isTrue();
        assertThat(allEnded).hasValue(0);
    }

    /** The endings that it has read may be those of the first server only. */
    @Test
    void gaveBack_nodeThatReadTheEndingsOfTheServerBefore_readsThemAgain() {
        Continuity other = settled();
        Continuity young = node();
        Continuity.Loss loss = young.lookForLoss();
        server.failOver();
        recover(other, HOUR);

        young.gaveBack(loss, Duration.ofMinutes(5));

        assertThat(keep(young)).isFalse();
        recover(young, Duration.ofMinutes(5));
        assertThat(keep(young)).isTrue();
        assertGoesOn(young, 0);
    }

    /** Nobody has vouched for the second server yet. */
    @Test
    void gaveBack_storeFailsOverAsTheEndingsAreRead_waitsAtOnce() {
        settled();
        Continuity young = node();
        Continuity.Loss loss = young.lookForLoss();
        assertGoesOn(young, 0);
        server.failOver();

        young.gaveBack(loss, Duration.ofMinutes(5));

        assertWaits(young, 0);
    }

    /** The feed may bring the endings that were given back a moment later than the mark. */
    @Test
    void keep_vouchedForElsewhere_readsTheEndingsBeforeItGoesOn() {
        Continuity there = settled();
        server.goBackBy(Duration.ZERO);
        Continuity fresh = node();
        recover(fresh, Duration.ofMinutes(5));
        recover(there, HOUR);

        assertThat(keep(fresh)).as("false asks for a load").isFalse();
        assertWaits(fresh, 0);
        recover(fresh, Duration.ofMinutes(5));
        assertGoesOn(fresh, 0);
    }

    /** The server was replaced between the look and the mark: nobody has given back yet what that one lost. */
    @Test
    void gaveBack_nothingLost_vouchesForNothing() {
        Continuity node = settled();
        Continuity.Loss nothing = node.lookForLoss();
        server.goBackBy(Duration.ofMinutes(20));

        node.gaveBack(nothing, HOUR);

        assertThat(server.standing().isSameRun()).isFalse();
        assertThat(node.lookForLoss().lost()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void keep_nobodyIsLeftWhoCouldVouch_goesOnAfterAWhile() {
        settled();
        server.goBackBy(Duration.ZERO);
        Continuity fresh = node();
        recover(fresh, Duration.ofMinutes(5));

        pass(Duration.ofSeconds(20).minusMillis(1));
        keep(fresh);
        assertWaits(fresh, 0);
        pass(Duration.ofMillis(1));
        try (Logs logs = new Logs()) {
            keep(fresh);
            assertThat(logs.lines()).singleElement().asString().startsWith("WARNING the store was restarted");
        }

        assertGoesOn(fresh, 0);
        assertThat(allEnded).hasValue(0);
        assertThat(events).isEmpty();
    }

    /** A new store has lost nothing. */
    @Test
    void keep_nobodyHasEverMarkedTheStore_goesOnAfterAWhileWithoutAWord() {
        Continuity first = node();
        recover(first, Duration.ofMinutes(5));
        pass(Duration.ofSeconds(20));

        try (Logs logs = new Logs()) {
            assertThat(keep(first)).isTrue();
            assertThat(logs.lines()).isEmpty();
        }

        assertThat(server.standing().isSameRun()).as("vouched for").isTrue();
        assertGoesOn(first, 0);
    }

    @Test
    void gaveBack_storeWentBackByLessThanIsRemembered_vouchesAndTellsBoth() {
        Continuity node = settled();
        server.goBackBy(Duration.ofMinutes(20));

        try (Logs logs = new Logs()) {
            recover(node, HOUR);
            assertThat(logs.lines())
                    .containsExactly("WARNING the store went back by PT20M; this node remembers the endings of PT1H:"
                            + " it has given them back");
        }

        assertGoesOn(node, 0);
        assertThat(server.standing().isSameRun()).isTrue();
        assertThat(events)
                .containsExactly(new AuthEvent.StoreWentBack(clock.instant(), Duration.ofMinutes(20), HOUR, false));
    }

    /** The last endings may be up to a minute later than the last mark. */
    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void gaveBack_storeWentBackByAlmostAllThatIsRemembered_vouchesIfAMinuteIsLeft(long nanosMore, boolean waits) {
        Continuity node = settled();
        server.goBackBy(HOUR.minusMinutes(1).plusNanos(nanosMore));

        recover(node, HOUR);

        if (waits) {
            assertWaits(node, 0);
        } else {
            assertGoesOn(node, 0);
        }
    }

    @Test
    void gaveBack_storeWentBackByMoreThanIsRemembered_endsAllOnceNobodyKnowsMore() {
        Continuity node = settled();
        server.goBackBy(HOUR);

        recover(node, HOUR);
        assertWaits(node, 0);
        pass(Duration.ofSeconds(10));
        try (Logs logs = new Logs()) {
            keep(node);
            assertThat(logs.lines()).singleElement().asString().endsWith("all logins are ended");
        }

        assertThat(allEnded).hasValue(1);
        assertGoesOn(node, 0);
        assertThat(events).containsExactly(new AuthEvent.StoreWentBack(clock.instant(), HOUR, HOUR, true));
    }

    @Test
    void gaveBack_anotherNodeRemembersMore_endsNobody() {
        Continuity node = settled();
        Continuity older = settled();
        server.goBackBy(Duration.ofMinutes(30));

        recover(node, Duration.ofMinutes(10));
        assertWaits(node, 0);
        recover(older, HOUR);
        assertThat(keep(node)).isFalse();
        recover(node, Duration.ofMinutes(10));
        pass(Duration.ofSeconds(10));
        keep(node);

        assertGoesOn(node, 0);
        assertThat(allEnded).hasValue(0);
    }

    /** A gap that is told late must not find a mark that hides the loss. */
    @Test
    void keep_storeWentBack_leavesTheMarkAndAsksForALook() {
        Continuity node = settled();
        server.goBackBy(Duration.ofMinutes(20));

        assertThat(keep(node)).isFalse();

        assertThat(node.lookForLoss().lost()).isEqualTo(Duration.ofMinutes(20));
    }

    /** A backup that is restored while the server runs. */
    @Test
    void keep_storeGoesBackInTheSameRun_asksForALook() {
        Continuity node = settled();
        Instant before = server.mark;
        pass(Duration.ofMinutes(20));
        assertThat(keep(node)).isTrue();
        server.mark = before;

        assertThat(keep(node)).isFalse();

        assertThat(node.lookForLoss().lost()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void lookForLoss_anotherNodeHasLeftALaterMark_nothingIsLost() {
        Continuity node = settled();
        pass(Duration.ofSeconds(1));
        server.vouch();

        Continuity.Loss loss = node.lookForLoss();

        assertThat(loss.lost()).isEqualTo(Duration.ZERO);
        assertThat(loss.any()).isFalse();
    }

    /** The node that has just started may have read the store before the loss, and the endings since from the feed. */
    @Test
    void lookForLoss_noMarkOfThisNodeYet_givesAllBack() {
        server.vouch();

        assertThat(node().lookForLoss().lostSince()).isEqualTo(nanos - Long.MAX_VALUE / 2);
    }

    @Test
    void lookForLoss_nothingLost_givesTheLastEndingsBackAllTheSame() {
        Continuity node = settled();

        Continuity.Loss loss = node.lookForLoss();

        assertThat(loss.lost()).isEqualTo(Duration.ZERO);
        assertThat(loss.any()).isFalse();
        assertThat(loss.lostSince()).isEqualTo(nanos - Duration.ofMinutes(1).toNanos());
    }

    /** Another node was back first and has vouched, without the last endings of this one. */
    @Test
    void lookForLoss_anotherNodeHasVouchedBefore_givesBackWhatOnlyThisOneKnows() {
        Continuity node = settled();
        Continuity first = settled();
        long marked = nanos;
        server.goBackBy(Duration.ZERO);
        recover(first, HOUR);
        pass(Duration.ofSeconds(3));

        assertThat(node.lookForLoss().lostSince()).isLessThan(marked);
    }

    @Test
    void checkForWriting_clockMoreThanAMinuteOff_isAnOutageAndTold() {
        for (Duration off : List.of(Duration.ofMinutes(40), Duration.ofDays(-100))) {
            events.clear();
            server.vouch();
            Continuity node = node();
            recover(node, HOUR);
            assertThatCode(() -> node.checkForWriting(clock.instant())).doesNotThrowAnyException();
            server.ahead = off;
            keep(node);

            assertThatThrownBy(() -> node.checkForWriting(clock.instant()))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("clock");
            assertThat(events).contains(new AuthEvent.ClockOff(clock.instant(), off));

            server.ahead = Duration.ZERO;
            server.vouch();
            keep(node);
            assertThatCode(() -> node.checkForWriting(clock.instant())).doesNotThrowAnyException();
        }
    }

    /** Between two comparisons, which are a second apart. */
    @Test
    void checkForWriting_clockJumps_isAnOutageAtOnceAndTold() {
        for (Duration jump : List.of(Duration.ofSeconds(61), Duration.ofMinutes(-40))) {
            events.clear();
            Continuity node = settled();
            clock.advance(jump);
            server.ahead = server.ahead.minus(jump);

            assertThatThrownBy(() -> node.checkForWriting(clock.instant()))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("clock");

            assertThat(events).hasAtLeastOneElementOfType(AuthEvent.ClockOff.class);
            clock.advance(jump.negated());
            server.ahead = Duration.ZERO;
        }
    }

    /** The time of a decision was read before the clock was put right. */
    @Test
    void checkForWriting_timeOfAWrongClock_isAnOutage() {
        Continuity node = settled();

        assertThatThrownBy(() -> node.checkForWriting(clock.instant().plusSeconds(2400)))
                .isInstanceOf(AuthUnavailableException.class);
        assertThatThrownBy(() -> node.checkForWriting(clock.instant().minusSeconds(2400)))
                .isInstanceOf(AuthUnavailableException.class);
    }

    /** Else a login would be seen for longer than anybody uses it. */
    @Test
    void noted_ofAClockThatWasAhead_isNow() {
        Continuity node = settled();
        Instant late = clock.instant().plus(Duration.ofDays(100));
        Instant early = clock.instant().minus(Duration.ofMinutes(20));
        LoginId one = new LoginId("one");
        LoginId other = new LoginId("other");

        Map<LoginId, Instant> noted = node.noted(Map.of(one, late, other, early));

        assertThat(noted.get(one)).isBetween(clock.instant(), clock.instant().plusSeconds(60));
        assertThat(noted.get(other)).isEqualTo(early);
    }

    @Test
    void checkForWriting_clockWrongFromTheStart_isAnOutageAtOnce() {
        server.ahead = Duration.ofMinutes(61);

        assertThatThrownBy(() -> node().checkForWriting(clock.instant())).isInstanceOf(AuthUnavailableException.class);
    }

    @Test
    void checkForWriting_clockAMinuteOff_isAllowed() {
        server.ahead = Duration.ofMinutes(1);

        assertThatCode(() -> node().checkForWriting(clock.instant())).doesNotThrowAnyException();
    }

    @Test
    void keep_waitIsOverAtAServerThatHasNotReceivedTheEndings_vouchesForNothing() {
        server.vouch();
        server.failOver();
        Continuity young = node();
        recover(young, HOUR);
        assertWaits(young, 0);
        pass(Duration.ofSeconds(21));
        server.failOver();

        assertThat(keep(young)).as("complete").isFalse();

        assertThat(server.standing().isSameRun()).as("vouched for").isFalse();
    }

    @Test
    void keep_nodeWithoutAMeasureBesideOneThatHasMeasuredTooLongALoss_letsThatOneEndAll() {
        Continuity there = settled();
        server.goBackBy(Duration.ofHours(2));
        Continuity young = node();
        recover(young, Duration.ofMinutes(5));
        pass(Duration.ofSeconds(9));
        recover(there, HOUR);
        pass(Duration.ofSeconds(10));

        assertThat(keep(young)).isTrue();
        assertThat(server.standing().isSameRun()).as("vouched for").isFalse();
        assertThat(keep(there)).isTrue();

        assertThat(allEnded).hasPositiveValue();
    }

    @Test
    void lookForLoss_nodeWithoutAMeasureHasWaitedForTenSeconds_theLossIsStillMeasured() {
        Continuity there = settled();
        server.goBackBy(Duration.ofMinutes(30));
        Continuity young = node();
        recover(young, Duration.ofMinutes(5));
        pass(Duration.ofSeconds(15));

        assertThat(keep(young)).isTrue();

        assertThat(there.lookForLoss().lost()).isEqualTo(Duration.ofMinutes(30));
    }
}
