package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Standing;
import dev.gateline.store.Storage;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that fails over twice, to servers that have the same mark and none of the endings. */
class SecondFailOverTest {
    private static final Revocable LOGIN = new Revocable("gs_", "", "l", "ada", 0);

    private final MutableClock clock = new MutableClock();
    private final HandFeed feed = new HandFeed();
    private final Instant mark = clock.instant();
    private RevocationStore server = Storage.inMemory(1).revocations();
    private int run;
    private int markedBy;
    private Runnable afterGivingBack = () -> {};
    private Runnable beforeVouching = () -> {};

    /** Delivers when the test says so. */
    private static final class HandFeed implements ChangeFeed {
        private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

        @Override
        public void publish(Change change) {
            subscribers.forEach(subscriber -> subscriber.changed(change));
        }

        @Override
        public void subscribe(Subscriber subscriber) {
            subscribers.add(subscriber);
            reconnect();
        }

        void reconnect() {
            subscribers.forEach(Subscriber::gap);
            subscribers.forEach(subscriber -> subscriber.freshAsOf(System.nanoTime()));
        }

        @Override
        public void close() {
            subscribers.clear();
        }
    }

    private RevocationStore revocations() {
        return RevocationStore.class.cast(Proxy.newProxyInstance(
                RevocationStore.class.getClassLoader(),
                new Class<?>[] {RevocationStore.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "standing", "mark" -> standing();
                    case "vouch" -> vouch((Standing) args[0]);
                    case "revokeAll" -> giveBack(method, args);
                    default -> method.invoke(server, args);
                }));
    }

    private Object giveBack(Method method, Object... args) throws ReflectiveOperationException {
        Object unused = method.invoke(server, args);
        Runnable once = afterGivingBack;
        afterGivingBack = () -> {};
        once.run();
        return unused;
    }

    private Standing standing() {
        return Standing.marked(clock.instant(), "run " + run, mark, "run " + markedBy);
    }

    private Optional<Standing> vouch(Standing seen) {
        Runnable once = beforeVouching;
        beforeVouching = () -> {};
        once.run();
        if (!seen.run().equals("run " + run)) {
            return Optional.empty();
        }
        markedBy = run;
        return Optional.of(standing());
    }

    private void failOver() {
        server = Storage.inMemory(1).revocations();
        run++;
    }

    /** The node may not have begun to vouch, or the server may fail over before the call has reached it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gap_storeFailsOverBetweenGivingBackAndVouching_isGivenTheEndingsOnceMore(boolean isVouching) {
        Storage others = Storage.inMemory(10);
        Storage store = Storage.of(others.logins(), revocations());
        NearStorageBuilder builder = NearStorage.builder(SharedStorage.of(store, feed));
        builder.upkeepNanos = () -> 0;
        try (NearStorage node = builder.clock(clock).build()) {
            Instant until = clock.instant().plus(Duration.ofMinutes(6));
            node.revocations().revoke(Revocation.ofLogin(new LoginId("l"), until), clock.instant());
            failOver();
            RevocationStore second = server;
            if (isVouching) {
                beforeVouching = this::failOver;
            } else {
                afterGivingBack = this::failOver;
            }

            feed.reconnect();

            assertThat(second.isRevoked(LOGIN)).as("given back to the second").isTrue();
            assertThat(server.isRevoked(LOGIN)).as("lost by the third").isFalse();
            assertThat(standing().isSameRun()).as("vouched for").isFalse();
            node.keepUp();
            node.keepUp();
            assertThat(server.isRevoked(LOGIN)).as("given back to the third").isTrue();
            assertThat(standing().isSameRun()).as("vouched for").isTrue();
        }
    }
}
