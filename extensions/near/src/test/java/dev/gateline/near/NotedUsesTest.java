package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Rejection;
import dev.gateline.kit.MutableClock;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.InProcessFeed;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three nodes note the uses of one session. */
class NotedUsesTest {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int NODES = 3;

    private final MutableClock clock = new MutableClock();
    private final Storage memory = Storage.inMemory(100);
    private final InProcessFeed feed = ChangeFeed.inProcess();
    private final LoginStore counting = LoginStore.class.cast(Proxy.newProxyInstance(
            LoginStore.class.getClassLoader(),
            new Class<?>[] {LoginStore.class},
            (proxy, method, args) -> counted(method, args)));
    private final List<NearStorage> nodes =
            IntStream.range(0, NODES).mapToObj(i -> node()).toList();
    private Optional<LoginId> watched = Optional.empty();
    private int writes;
    private volatile boolean isDown;

    private NearStorage node() {
        Storage shared = Storage.of(counting, memory.revocations());
        return NearStorage.builder(SharedStorage.of(shared, feed.another()))
                .clock(clock)
                .build();
    }

    private Object counted(Method method, Object[] args) throws Throwable {
        Instant before = stored();
        try {
            if (isDown && method.getName().equals("touchAll")) {
                throw new IllegalStateException("down");
            }
            return method.invoke(memory.logins(), args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            writes += stored().equals(before) ? 0 : 1;
        }
    }

    private Instant stored() {
        return watched.flatMap(memory.logins()::find).map(LoginRow::lastSeenAt).orElse(Instant.MIN);
    }

    private SessionAuthenticator gate(NearStorage node) {
        return SessionAuthenticator.builder(node)
                .clock(clock)
                .seenInterval(INTERVAL)
                .build();
    }

    private Grant login() {
        Grant grant = gate(nodes.get(0)).login(Login.of("ada"));
        watched = Optional.of(grant.loginId());
        return grant;
    }

    /** Uses the session on a node, and waits until the node has written its note. */
    private Optional<Rejection> use(NearStorage node, Grant grant) {
        SessionAuthenticator gate = gate(node);
        Optional<Rejection> rejection = gate.authenticate(grant.access()).rejection();
        gate.close();
        return rejection;
    }

    @AfterEach
    void close() {
        nodes.forEach(NearStorage::close);
    }

    @Test
    void authenticate_onAllNodesInEachInterval_isWrittenOnceInEach() {
        Grant grant = login();
        nodes.forEach(node -> use(node, grant));
        int intervals = 20;

        for (int i = 0; i < intervals; i++) {
            clock.advance(INTERVAL);
            for (NearStorage node : nodes) {
                clock.advance(Duration.ofSeconds(1));
                assertThat(use(node, grant)).isEmpty();
            }
        }

        assertThat(writes).isEqualTo(intervals);
    }

    @Tag("slow")
    @Test
    void authenticate_onAnyNodeAtAnyTime_isWrittenOnceInAnIntervalAndNeverLater() {
        Random random = new Random(7);
        Grant grant = login();
        Instant started = clock.instant();
        while (Duration.between(started, clock.instant()).toHours() < 11) {
            clock.advance(Duration.ofMillis(random.nextInt(40_000)));
            assertThat(use(nodes.get(random.nextInt(NODES)), grant)).isEmpty();

            assertThat(stored()).isAfter(clock.instant().minus(INTERVAL));
            assertThat(writes).isLessThanOrEqualTo((int)
                    Duration.between(started, clock.instant()).dividedBy(INTERVAL));
        }
    }

    @Test
    void authenticate_notUsedForTheIdleTimeout_isRefusedOnAllNodesAlike() {
        Grant grant = login();
        clock.advance(INTERVAL);
        nodes.forEach(node -> assertThat(use(node, grant)).isEmpty());

        clock.advance(Duration.ofMinutes(30));

        assertThat(nodes).allSatisfy(node -> assertThat(use(node, grant)).contains(Rejection.EXPIRED));
    }

    /** The note of a node waits, because the storage is away, and another node has written a later one before. */
    @Test
    void authenticate_whileASuperfluousNoteWaits_isNotLostWithIt() {
        Grant grant = login();
        SessionAuthenticator gate = gate(nodes.get(1));
        assertThat(gate.authenticate(grant.access()).rejection()).isEmpty();
        clock.advance(INTERVAL);
        assertThat(use(nodes.get(2), grant)).isEmpty();
        isDown = true;
        for (int i = 0; i < 2; i++) {
            clock.advance(INTERVAL.minusSeconds(1));
            assertThat(gate.authenticate(grant.access()).rejection()).isEmpty();
        }
        isDown = false;
        gate.close();

        assertThat(stored()).isEqualTo(clock.instant());
    }
}
