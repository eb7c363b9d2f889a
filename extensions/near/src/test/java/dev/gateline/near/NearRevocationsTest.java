package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthListener;
import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Standing;
import dev.gateline.store.Storage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NearRevocationsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String ID = "A".repeat(22);

    private final MutableClock clock = new MutableClock();
    private final RevocationStore memory = Storage.inMemory(1).revocations();
    private final List<String> calls = new ArrayList<>();
    private Standing standing = Standing.UNMEASURED;

    /** Happens while the store is asked the next time. */
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    private final Freshness freshness = new Freshness(HOUR, false, clock, AuthListener.none());
    private final NearRevocations revocations = fresh(counted());

    private RevocationStore counted() {
        return RevocationStore.class.cast(Proxy.newProxyInstance(
                RevocationStore.class.getClassLoader(),
                new Class<?>[] {RevocationStore.class},
                (proxy, method, args) -> {
                    calls.add(method.getName());
                    meanwhile.getAndSet(() -> {}).run();
                    return method.getName().equals("standing") ? standing : method.invoke(memory, args);
                }));
    }

    private NearRevocations fresh(RevocationStore store) {
        NearRevocations near = over(store);
        assertThat(near.epoch()).isPositive();
        freshness.proveAsOf(System.nanoTime());
        return near;
    }

    private NearRevocations over(RevocationStore store) {
        Clocks clocks = new Clocks(clock, AuthListener.none(), System::nanoTime);
        Continuity continuity = new Continuity(store, clocks, clock, AuthListener.none(), System::nanoTime);
        return new NearRevocations(
                store, new Endings(HOUR, 10_000, System.nanoTime()), freshness, clocks, continuity, System::nanoTime);
    }

    private Instant inAnHour() {
        return clock.instant().plus(HOUR);
    }

    private static Revocable login(long epoch) {
        return new Revocable("gs_", "", ID, "ada", epoch);
    }

    @Test
    void endEverything_always_endsAllThatHasStartedHereAndAtTheStore() {
        long before = revocations.epoch();

        revocations.endEverything(inAnHour());

        assertThat(revocations.isRevoked(login(before))).isTrue();
        assertThat(memory.isRevoked(login(before))).isTrue();
        assertThat(revocations.isRevoked(login(revocations.epoch()))).isFalse();
    }

    @Test
    void isRevoked_endingsAndTheirProofComeWhileTheStoreIsAsked_isRevoked() {
        long epoch = memory.epoch();
        Revocation ending = Revocation.ofLogin(new LoginId(ID), inAnHour());
        memory.revoke(ending, clock.instant());
        freshness.forget();
        NearRevocations started = over(counted());
        meanwhile.set(() -> {
            started.heard(ending);
            freshness.proveAsOf(System.nanoTime());
        });

        assertThat(started.isRevoked(login(epoch))).isTrue();
    }

    @Test
    void isRevoked_endingsComeBeforeTheNodeKnowsThatItHasAll_isRevoked() {
        long epoch = memory.epoch();
        Revocation ending = Revocation.ofLogin(new LoginId(ID), inAnHour());
        memory.revoke(ending, clock.instant());
        NearRevocations started = over(counted());
        meanwhile.set(() -> started.heard(ending));

        assertThat(started.isRevoked(login(epoch))).isTrue();
    }

    /** A store that was restarted, and that no node has vouched for since. */
    private RevocationStore restarted() {
        standing = Standing.marked(clock.instant(), "second", clock.instant(), "first");
        return counted();
    }

    @Test
    void isRevoked_storeWasRestartedAndNobodyKnowsItsEndings_isAnOutageForEarlierLogins() {
        NearRevocations started = over(restarted());
        Revocable earlier = login(memory.epoch());

        assertThatThrownBy(() -> started.isRevoked(earlier)).isInstanceOf(AuthUnavailableException.class);
        assertThatThrownBy(() -> started.isRevokedAuthoritatively(earlier))
                .isInstanceOf(AuthUnavailableException.class);
        assertThat(started.mayBeRevoked(earlier)).isTrue();
        Revocable later = login(started.epoch());
        assertThat(started.isRevoked(later)).isFalse();
        assertThat(started.isRevokedAuthoritatively(later)).isFalse();
    }

    @Test
    void isRevoked_storeWasRestartedAndTheEndingIsKnownHere_isRevoked() {
        NearRevocations started = over(restarted());
        started.heard(Revocation.ofLogin(new LoginId(ID), inAnHour()));

        assertThat(started.isRevoked(login(memory.epoch()))).isTrue();
        assertThat(started.isRevokedAuthoritatively(login(memory.epoch()))).isTrue();
    }

    @Test
    void isRevokedAuthoritatively_endingThatOnlyTheStoreKnows_isRevoked() {
        Revocable ada = login(revocations.epoch());
        memory.revoke(Revocation.ofLogin(new LoginId(ID), inAnHour()), clock.instant());

        assertThat(revocations.isRevoked(ada)).isFalse();
        assertThat(revocations.isRevokedAuthoritatively(ada)).isTrue();
    }

    @Test
    void revoke_byThisNode_isKnownHereBeforeTheFeedBringsIt() {
        long epoch = revocations.epoch();
        revocations.revoke(Revocation.ofLogin(new LoginId(ID), inAnHour()), clock.instant());
        revocations.revokeAll(List.of(ending("other", inAnHour())), clock.instant());
        calls.clear();

        assertThat(revocations.isRevoked(login(epoch))).isTrue();
        assertThat(revocations.isRevoked(new Revocable("gs_", "", "other", "ada", epoch)))
                .isTrue();
        assertThat(calls).isEmpty();
    }

    /** Nothing of it may be listed there. */
    @Test
    void raiseEpoch_storeThatForgotTheHighest_isAboveAllThatIsKnownHere() {
        long far = memory.epoch() + Duration.ofDays(100).toMillis() * 1_000;
        revocations.heard(Revocation.ofGroup("gs_ somebody", far, inAnHour()));

        long raised = revocations.raiseEpoch("gs_ ada", 0, clock.instant(), inAnHour());

        assertThat(raised).isGreaterThan(far);
        assertThat(revocations.isRevoked(login(far))).isTrue();
    }

    @Test
    void reconcile_storeLacksThousands_isGivenThemManyAtOnce() {
        for (int i = 0; i < 2_000; i++) {
            revocations.heard(Revocation.ofLogin(new LoginId("%022d".formatted(i)), inAnHour()));
        }
        calls.clear();

        revocations.reconcile(System.nanoTime());

        List<Revocation> there = new ArrayList<>();
        memory.forEachLive(clock.instant(), there::add);
        assertThat(there).hasSize(2_000);
        assertThat(calls).hasSizeLessThan(10);
    }

    private static Revocation ending(String id, Instant until) {
        return Revocation.ofLogin(new LoginId(id), until);
    }

    private Continuity.Loss lossByTheMark(long lostSince) {
        Standing seen = Standing.marked(clock.instant(), "run", clock.instant(), "run");
        return new Continuity.Loss(lostSince, Duration.ZERO, false, seen);
    }

    /** This node was at the old primary for longer than a minute, and another node has vouched for the new one. */
    @Test
    void giveBack_lossBeganBeforeTheMarkSays_isOfAllRowsSinceItBegan() {
        long since = System.nanoTime();
        revocations.heard(ending("there", clock.instant().plusSeconds(30)));
        revocations.heard(ending("lost", inAnHour()));
        Continuity.Loss loss = lossByTheMark(System.nanoTime());

        assertThat(revocations.giveBack(loss, since, List.of(ending("there", inAnHour()))))
                .hasValueSatisfying(
                        rows -> assertThat(rows).extracting(LoginId::value).containsExactlyInAnyOrder("there", "lost"));
    }

    @Test
    void lostSince_feedKnowsOfAnEarlierMoment_isAMinuteBeforeThat() {
        long minute = Duration.ofMinutes(1).toNanos();

        assertThat(lossByTheMark(7 * minute).lostSince(5 * minute)).isEqualTo(4 * minute);
        assertThat(lossByTheMark(4 * minute).lostSince(6 * minute)).isEqualTo(4 * minute);
    }

    @Test
    void canGiveBack_lossOfFourMinutesAgo_isFalse() {
        AtomicLong now = new AtomicLong();
        Continuity continuity = new Continuity(
                memory, new Clocks(clock, AuthListener.none(), now::get), clock, AuthListener.none(), now::get);
        NearRevocations node = new NearRevocations(
                memory,
                new Endings(HOUR, 10_000, now.get()),
                freshness,
                new Clocks(clock, AuthListener.none(), now::get),
                continuity,
                now::get);
        now.set(HOUR.toNanos());
        // the last ending may be a minute older than the moment of the feed
        long since = now.get() - Duration.ofMinutes(3).toNanos();

        assertThat(node.canGiveBack(lossByTheMark(now.get()), since + 1)).isTrue();
        assertThat(node.canGiveBack(lossByTheMark(now.get()), since)).isFalse();
    }

    /** The feed and the mark may differ by the time between two marks, and by that between an ending and its mark. */
    @Test
    void isOfWritesAfter_markIsOlderThanTheFeedSays_isFalseBeyondTwoMinutes() {
        long feed = Duration.ofMinutes(9).toNanos();
        long twoMinutes = Duration.ofMinutes(2).toNanos();
        Standing seen = lossByTheMark(0).seen();

        for (long apart : new long[] {twoMinutes, twoMinutes + 1}) {
            Continuity.Loss loss = new Continuity.Loss(feed - apart, Duration.ofSeconds(1), true, seen);
            assertThat(loss.isOfWritesAfter(feed)).isEqualTo(apart == twoMinutes);
        }
        assertThat(lossByTheMark(0).isOfWritesAfter(feed)).isTrue();
    }

    @Test
    void reconcile_storeLacksAnEndingOfBeforeTheLoss_isOfAllRows() {
        memory.revoke(ending("kept", inAnHour()), clock.instant());
        revocations.heard(ending("kept", inAnHour()));
        revocations.heard(ending("lost", inAnHour()));

        assertThat(revocations.reconcile(System.nanoTime()))
                .extracting(LoginId::value)
                .containsExactlyInAnyOrder("kept", "lost");
    }

    @Test
    void reconcile_storeHasAllEndingsOfBeforeTheLoss_isOfNoOlderRow() {
        memory.revoke(ending("kept", inAnHour()), clock.instant());
        revocations.heard(ending("kept", inAnHour()));

        assertThat(revocations.reconcile(System.nanoTime())).isEmpty();
    }

    @Test
    void reconcile_storeHasAll_writesNothing() {
        long epoch = revocations.raiseEpoch("gs_ ada", 0, clock.instant(), inAnHour());
        revocations.revoke(ending("kept", inAnHour()), clock.instant());
        calls.clear();

        assertThat(revocations.reconcile(System.nanoTime())).isEmpty();

        assertThat(calls).doesNotContain("revoke", "revokeAll", "raiseEpoch");
        assertThat(memory.epoch()).isEqualTo(epoch);
    }

    @Test
    void anyWrite_clockOfThisNodeIsOff_isRefusedAndWritesNothing() {
        Revocation ending = ending("ended", inAnHour());
        standing = Standing.marked(clock.instant(), "run", clock.instant(), "run");
        NearRevocations measured = over(counted());
        Instant wrong = clock.instant().plus(HOUR);

        for (ThrowingCallable write : List.<ThrowingCallable>of(
                () -> measured.revoke(ending, wrong),
                () -> measured.revokeAll(List.of(ending), wrong),
                () -> measured.raiseEpoch("gs_ ada", 0, wrong, inAnHour()))) {
            assertThatThrownBy(write).isInstanceOf(AuthUnavailableException.class);
        }
        assertThat(calls).doesNotContain("revoke", "revokeAll", "raiseEpoch");
    }
}
