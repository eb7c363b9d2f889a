package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.store.LoginStore;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class LastUsesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final LoginId LOCKED = new LoginId("locked");

    private final Map<LoginId, Instant> written = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final LoginStore store = LoginStore.class.cast(Proxy.newProxyInstance(
            LoginStore.class.getClassLoader(), new Class<?>[] {LoginStore.class}, (proxy, method, args) -> {
                assertThat(method.getName()).isEqualTo("touchAll");
                calls.incrementAndGet();
                Map<LoginId, Instant> notes = notes(args[0]);
                if (notes.containsKey(LOCKED)) {
                    throw new IllegalStateException("a row is locked");
                }
                written.putAll(notes);
                return null;
            }));

    @SuppressWarnings("unchecked") // the only argument of touchAll
    private static Map<LoginId, Instant> notes(Object argument) {
        return (Map<LoginId, Instant>) argument;
    }

    private static void await(Runnable again, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            again.run();
            Thread.onSpinWait();
        }
    }

    @Test
    void note_oneRowIsLocked_allOthersAreWrittenInTheEnd() {
        try (LastUses notes = new LastUses(store, new Reporter(Clock.systemUTC(), event -> {}))) {
            notes.note(LOCKED, NOW);
            for (int i = 0; i < 3_000; i++) {
                notes.note(new LoginId("login-" + i), NOW);
            }
            int[] more = {0};

            await(() -> notes.note(new LoginId("more-" + more[0]++ % 10), NOW), () -> written.size() >= 3_000);

            assertThat(notes.of(LOCKED)).isEqualTo(NOW);
            assertThat(written).doesNotContainKey(LOCKED);
        }
    }

    @Test
    void close_manyNotes_areWrittenManyAtOnce() {
        LastUses notes = new LastUses(store, new Reporter(Clock.systemUTC(), event -> {}));
        for (int i = 0; i < 5_000; i++) {
            notes.note(new LoginId("login-" + i), NOW);
        }

        notes.close();

        assertThat(written).hasSize(5_000);
        assertThat(calls.get()).isLessThan(2_500);
    }
}
