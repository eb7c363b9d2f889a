package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthListener;
import dev.gateline.LoginId;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NearRevocationsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String ID = "A".repeat(22);

    private final MutableClock clock = new MutableClock();
    private final RevocationStore memory = Storage.inMemory(1).revocations();
    private final List<String> calls = new ArrayList<>();

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
                    return method.invoke(memory, args);
                }));
    }

    private NearRevocations fresh(RevocationStore store) {
        NearRevocations near = over(store);
        assertThat(near.epoch()).isPositive();
        freshness.proveAsOf(System.nanoTime());
        return near;
    }

    private NearRevocations over(RevocationStore store) {
        Clocks clocks = new Clocks(clock, AuthListener.none());
        Continuity continuity = new Continuity(store, clocks, clock, AuthListener.none(), System::nanoTime);
        return new NearRevocations(store, new Endings(HOUR, 10_000, System.nanoTime()), freshness, clocks, continuity);
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
}
