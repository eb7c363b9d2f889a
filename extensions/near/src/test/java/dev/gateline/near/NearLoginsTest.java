package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthListener;
import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.LoginLimit;
import dev.gateline.kit.MutableClock;
import dev.gateline.kit.Rows;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Standing;
import dev.gateline.store.Storage;
import dev.gateline.store.Written;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Copies of rows at a node that no other node tells anything. */
class NearLoginsTest {
    private final MutableClock clock = new MutableClock(Rows.NOW);
    private final LoginStore store = Storage.inMemory(10).logins();
    private final Freshness freshness = new Freshness(Duration.ofHours(1), false, clock, AuthListener.none());
    private final LoginRow row = Rows.of("ada");
    private Duration ahead = Duration.ZERO;
    private long nanos = 7;
    private final NearLogins near = new NearLogins(store, freshness, continuity(), id -> false, 10, () -> nanos);

    private Continuity continuity() {
        RevocationStore revocations = RevocationStore.class.cast(Proxy.newProxyInstance(
                RevocationStore.class.getClassLoader(),
                new Class<?>[] {RevocationStore.class},
                (proxy, method, args) -> Standing.marked(clock.instant().plus(ahead), "run", clock.instant(), "run")));
        Clocks clocks = new Clocks(clock, AuthListener.none(), System::nanoTime);
        return new Continuity(revocations, clocks, clock, AuthListener.none(), System::nanoTime);
    }

    private Instant now() {
        return clock.instant();
    }

    private LoginRow inserted() {
        freshness.proveAsOf(System.nanoTime());
        assertThat(near.insert(row, LoginLimit.UNLIMITED, Set.of(), now())).isTrue();
        assertThat(near.findInMemory(row.id())).contains(row);
        return row;
    }

    @Test
    void replace_byThisNode_isSeenHereAtOnce() {
        LoginRow before = inserted();
        LoginRow next = before.next(before.state(), now().plusSeconds(5));

        assertThat(near.replace(next, before.version(), now())).isEqualTo(Written.DONE);

        assertThat(near.findInMemory(before.id())).isEmpty();
        assertThat(near.find(before.id())).contains(next);
        assertThat(near.findInMemory(before.id())).contains(next);
    }

    /** A node may die between its write and its report. */
    @Test
    void find_copyOfFiveMinutesAgo_readsTheRowAgain() {
        LoginRow before = inserted();
        LoginRow others = before.next(before.state(), now().plusSeconds(5));
        assertThat(store.replace(others, before.version(), now())).isEqualTo(Written.DONE);

        nanos += Duration.ofMinutes(5).toNanos() - 1;
        assertThat(near.find(before.id())).contains(before);

        nanos++;
        assertThat(near.findInMemory(before.id())).isEmpty();
        assertThat(near.find(before.id())).contains(others);
        assertThat(near.findInMemory(before.id())).contains(others);
    }

    /** Somebody else has changed the row, and this node has not heard of it yet. */
    @Test
    void replace_copyThatIsOld_isForgotten() {
        LoginRow before = inserted();
        LoginRow others = before.next(before.state(), now().plusSeconds(5));
        assertThat(store.replace(others, before.version(), now())).isEqualTo(Written.DONE);

        assertThat(near.replace(before.next(before.state(), now()), before.version(), now()))
                .isEqualTo(Written.STALE);

        assertThat(near.find(before.id())).contains(others);
    }

    @Test
    void touch_rowThatIsGone_isForgottenAndOneThatStaysIsSeenHereAtOnce() {
        LoginRow before = inserted();
        Instant later = now().plusSeconds(5);

        assertThat(near.touch(before.id(), later)).isEqualTo(Written.DONE);
        assertThat(near.findInMemory(before.id()).map(LoginRow::lastSeenAt)).contains(later);

        assertThat(store.delete(before.id())).isEqualTo(Written.DONE);
        assertThat(near.touch(before.id(), later)).isNotEqualTo(Written.DONE);
        assertThat(near.findInMemory(before.id())).isEmpty();
    }

    @Test
    void findAuthoritative_rowThatIsGone_isForgotten() {
        LoginId id = inserted().id();
        assertThat(store.delete(id)).isEqualTo(Written.DONE);
        assertThat(near.find(id)).isPresent();

        assertThat(near.findAuthoritative(id)).isEmpty();

        assertThat(near.find(id)).isEmpty();
    }

    @Test
    void anyWrite_clockOfThisNodeIsOff_isRefusedAndWritesNothing() {
        LoginRow before = inserted();
        ahead = Duration.ofMinutes(5);
        clock.advance(Duration.ofMinutes(-5));
        LoginRow next = before.next(before.state(), now());
        LoginRow other = Rows.of("bob");

        refuses(() -> near.insert(other, LoginLimit.UNLIMITED, Set.of(), now()));
        refuses(() -> near.replace(next, before.version(), now()));
        refuses(() -> near.touch(before.id(), now()));

        assertThat(store.find(other.id())).isEmpty();
        assertThat(store.find(before.id())).contains(before);
    }

    private static void refuses(ThrowingCallable write) {
        assertThatThrownBy(write).isInstanceOf(AuthUnavailableException.class).hasMessageContaining("clock");
    }
}
