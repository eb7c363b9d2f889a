package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthEvent;
import dev.gateline.LoginId;
import dev.gateline.LoginLimit;
import dev.gateline.Timeouts;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Storage;
import dev.gateline.store.TicketState;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LastUsesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final LoginId LOCKED = new LoginId("locked");

    private final Map<LoginId, Instant> written = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean down;
    private final LoginStore store = LoginStore.class.cast(Proxy.newProxyInstance(
            LoginStore.class.getClassLoader(), new Class<?>[] {LoginStore.class}, (proxy, method, args) -> {
                assertThat(method.getName()).isEqualTo("touchAll");
                calls.incrementAndGet();
                Map<LoginId, Instant> notes = notes(args[0]);
                if (notes.containsKey(LOCKED)) {
                    throw new IllegalStateException("a row is locked");
                }
                if (down) {
                    throw new IllegalStateException("the store is down");
                }
                written.putAll(notes);
                return notes;
            }));

    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final Reporter reporter = new Reporter(Clock.systemUTC(), events::add);

    private LastUses uses(Duration longestWait) {
        return new LastUses(store, Duration.ofMinutes(1), longestWait, reporter);
    }

    @SuppressWarnings("unchecked") // the first argument of touchAll
    private static Map<LoginId, Instant> notes(Object argument) {
        return (Map<LoginId, Instant>) argument;
    }

    private static void await(Runnable again, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            again.run();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void note_oneRowIsLocked_allOthersAreWrittenInTheEnd() {
        try (LastUses notes = uses(Duration.ZERO)) {
            notes.note(LOCKED, NOW, false);
            for (int i = 0; i < 3_000; i++) {
                notes.note(new LoginId("login-" + i), NOW, false);
            }
            int[] more = {0};

            await(() -> notes.note(new LoginId("more-" + more[0]++ % 10), NOW, false), () -> written.size() >= 3_000);

            assertThat(notes.of(LOCKED)).isEqualTo(NOW);
            assertThat(written).doesNotContainKey(LOCKED);
        }
    }

    @Test
    void close_manyNotes_areWrittenManyAtOnce() {
        LastUses notes = uses(Duration.ofDays(1));
        for (int i = 0; i < 5_000; i++) {
            notes.note(new LoginId("login-" + i), NOW, false);
        }

        notes.close();

        assertThat(written).hasSize(5_000);
        assertThat(calls.get()).isEqualTo(10);
    }

    /** The writer tries five batches, each a quarter of the one before, and the caller of close once more. */
    @Test
    void close_storeIsDown_givesUpAfterAFewCalls() {
        down = true;
        LastUses notes = uses(Duration.ofDays(1));
        for (int i = 0; i < 3_000; i++) {
            notes.note(new LoginId("login-" + i), NOW, false);
        }

        notes.close();

        assertThat(calls.get()).isEqualTo(10);
        assertThat(notes.all()).hasSize(3_000);
    }

    @Test
    void note_storeComesBackAndNobodyNotesAnything_isWrittenAfterAll() {
        down = true;
        try (LastUses notes = uses(Duration.ofMillis(1))) {
            notes.note(new LoginId("ada"), NOW, false);
            await(() -> {}, () -> calls.get() > 2);
            assertThat(notes.all()).isNotEmpty();

            down = false;

            await(() -> {}, () -> notes.all().isEmpty());
            assertThat(written).containsOnlyKeys(new LoginId("ada"));
        }
    }

    @Test
    void note_storeDownForLong_isReportedOnceInEachStreak() {
        try (LastUses notes = uses(Duration.ofMillis(1))) {
            for (int streak = 1; streak <= 2; streak++) {
                down = true;
                for (int i = 0; i < 3_000; i++) {
                    notes.note(new LoginId("login-" + i), NOW.plusSeconds(streak), false);
                }
                int before = calls.get();
                await(() -> {}, () -> calls.get() > before + 20);
                assertThat(events).hasSize(streak);
                assertThat(notes.isFailing()).isTrue();

                down = false;
                await(() -> {}, () -> notes.all().isEmpty());
                // the writer notes the end of the streak behind the last note
                await(() -> {}, () -> !notes.isFailing());
            }
        }
        assertThat(events).allMatch(AuthEvent.StoreUnavailable.class::isInstance);
    }

    @Test
    void note_atOnce_takesTheWaitingNotesWithIt() {
        try (LastUses notes = uses(Duration.ofDays(1))) {
            notes.note(new LoginId("ada"), NOW, false);
            notes.note(new LoginId("bob"), NOW, true);

            await(() -> {}, () -> notes.all().isEmpty());
            assertThat(written).containsOnlyKeys(new LoginId("ada"), new LoginId("bob"));
            assertThat(calls.get()).isEqualTo(1);
        }
    }

    @Tag("slow")
    @Test
    void note_storeDownForLong_keepsABoundedNumber() {
        LoginId first = new LoginId("login-0");
        try (LastUses notes = uses(Duration.ofDays(1))) {
            for (int i = 0; i < LastUses.MOST + 100; i++) {
                notes.note(new LoginId("login-" + i), NOW, false);
            }
            notes.note(first, NOW.plusSeconds(60), false);

            assertThat(notes.all()).hasSize(LastUses.MOST);
            assertThat(notes.of(first)).isEqualTo(NOW.plusSeconds(60));
        }
    }

    /** A note leaves the memory while the store is asked for the row. */
    @Test
    void find_asNotesAreWritten_neverMissesOne() {
        Storage storage = Storage.inMemory(10);
        LoginRow row = row("A".repeat(22));
        assertThat(storage.logins().insert(row, LoginLimit.UNLIMITED, Set.of(), NOW))
                .isTrue();
        try (LoginRows rows = new LoginRows(policy(), storage, Duration.ZERO, reporter)) {
            for (int use = 1; use <= 20_000; use++) {
                Instant now = NOW.plusSeconds(use);
                rows.note(row.seen(now.minusSeconds(1)), now);
                for (int look = 0; look < 10; look++) {
                    assertThat(rows.find(row.id(), Reach.STORE))
                            .hasValueSatisfying(
                                    it -> assertThat(it.lastSeenAt()).isEqualTo(now));
                }
            }
        }
    }

    /** The idle timeout is an hour. */
    @Test
    void note_afterHalfOfTheIdleTimeout_isWrittenAtOnceAndOthersWait() {
        Storage storage = Storage.of(store, Storage.inMemory(1).revocations());
        Instant half = NOW.plus(Duration.ofMinutes(30));
        try (LoginRows rows = new LoginRows(policy(), storage, Duration.ofDays(1), reporter)) {
            for (int i = 0; i < 500; i++) {
                rows.note(row("login-" + i), half.minusNanos(1_000));
            }
            rows.note(row("idle"), half);

            await(() -> {}, () -> written.containsKey(new LoginId("idle")));
            assertThat(calls.get()).isEqualTo(1);
        }
    }

    private static TicketPolicy policy() {
        Timeouts hour = new Timeouts(Duration.ofHours(1), Duration.ofDays(1));
        LoginTimeouts timeouts = new LoginTimeouts(hour, hour, (login, most) -> most);
        return TicketPolicy.builder("gs_", timeouts, LoginLimit.none())
                .grace(Duration.ofSeconds(10))
                .build();
    }

    private static LoginRow row(String id) {
        LoginState state = LoginState.builder(TicketState.ofNobody(0, NOW))
                .startedAt(NOW)
                .endsAt(NOW.plus(Duration.ofDays(1)))
                .idleTimeout(Duration.ofHours(1))
                .authenticatedAt(NOW)
                .build();
        return new LoginRow(new LoginId(id), "gs_", "ada", 1, NOW, state);
    }
}
