package dev.gateline.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.kit.Faults;
import dev.gateline.kit.MutableClock;
import dev.gateline.kit.Patience;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a session was last seen is written behind the requests, and counts at once. */
class SeenTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MutableClock clock = new MutableClock();
    private final Storage memory = Storage.inMemory(100);
    private final Faults faults = new Faults();
    private final AtomicInteger touches = new AtomicInteger();
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final SessionAuthenticator gate = SessionAuthenticator.builder(counted(faults.around(memory)))
            .clock(clock)
            .listener(events::add)
            .build();
    private final Grant grant = gate.login(Login.of("ada"));

    private Storage counted(Storage storage) {
        LoginStore logins = storage.logins();
        LoginStore counting = LoginStore.class.cast(Proxy.newProxyInstance(
                LoginStore.class.getClassLoader(), new Class<?>[] {LoginStore.class}, (proxy, method, args) -> {
                    touches.addAndGet(method.getName().equals("touchAll") ? 1 : 0);
                    try {
                        return method.invoke(logins, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
        return Storage.of(counting, storage.revocations());
    }

    private void use() {
        assertThat(gate.authenticate(grant.access()).rejection()).isEmpty();
    }

    private Instant written() {
        return memory.logins().find(grant.loginId()).map(LoginRow::lastSeenAt).orElse(Instant.MIN);
    }

    @Test
    void authenticate_withinTheInterval_writesNothing() {
        Instant started = clock.instant();
        clock.advance(MINUTE.minusMillis(1));
        use();
        gate.close();

        assertThat(written()).isEqualTo(started);
    }

    @Test
    @Tag("slow")
    void authenticate_atTheInterval_isWrittenSoon() {
        clock.advance(MINUTE);
        use();

        Patience.await("the use is written", () -> written().equals(clock.instant()));
    }

    private Outcome<Identity> poll(Grant with) {
        return gate.authenticate(with.access(), Requirement.none(), Activity.BACKGROUND);
    }

    @Test
    void authenticate_inTheBackground_doesNotPutOffTheIdleTimeout() {
        for (int minutes = 0; minutes < 29; minutes++) {
            clock.advance(MINUTE);
            assertThat(poll(grant).rejection()).isEmpty();
        }

        clock.advance(MINUTE);
        assertThat(poll(grant).rejection()).contains(Rejection.EXPIRED);
        gate.close();
        assertThat(written()).isEqualTo(grant.accessExpiresAt().minus(MINUTE.multipliedBy(30)));
    }

    @Test
    void authenticate_firstUseOfASuccessorInTheBackground_doesNotPutItOffEither() {
        clock.advance(MINUTE);
        Grant rotated = gate.renew(grant.renewal()).toOptional().orElseThrow();
        clock.advance(MINUTE.multipliedBy(29));
        assertThat(poll(rotated).rejection()).isEmpty();

        clock.advance(MINUTE);
        assertThat(poll(rotated).rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    @Tag("slow")
    void authenticate_slowStore_doesNotWaitForTheNote() {
        Faults.Hold hold = faults.hold("touch");
        clock.advance(MINUTE);
        use();
        hold.awaitArrival();
        use();

        clock.advance(MINUTE);
        use();
        hold.release();
        Patience.await("the use is written", () -> written().equals(clock.instant()));
    }

    @Test
    void authenticate_noteNotYetWritten_countsAtOnce() {
        Faults.Hold hold = faults.hold("touch");
        clock.advance(Duration.ofMinutes(29));
        use();
        clock.advance(Duration.ofMinutes(29));
        use();

        assertThat(gate.logins().of("ada").get(0).lastSeenAt()).isEqualTo(clock.instant());
        hold.release();
    }

    @Test
    @Tag("slow")
    void authenticate_noteFails_isAcceptedAndReportedAndTriedAgain() {
        faults.failAlways("touch");
        clock.advance(MINUTE);
        use();
        Patience.await(
                "the failure is reported",
                () -> events.stream().anyMatch(AuthEvent.StoreUnavailable.class::isInstance));
        assertThat(written()).isBefore(clock.instant());

        faults.none();
        clock.advance(MINUTE);
        use();
        Patience.await("the use is written", () -> written().equals(clock.instant()));
    }

    @Test
    void authenticate_notesLost_endsEarlyAndNeverLate() {
        faults.failAlways("touch");
        clock.advance(MINUTE);
        use();
        SessionAuthenticator otherNode =
                SessionAuthenticator.builder(memory).clock(clock).build();

        clock.advance(Duration.ofMinutes(29));

        assertThat(otherNode.authenticate(grant.access()).rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    @Tag("slow")
    void close_notesPending_areWritten() {
        Faults.Hold hold = faults.hold("touch");
        clock.advance(MINUTE);
        use();
        hold.awaitArrival();
        hold.release();
        clock.advance(MINUTE);
        use();

        gate.close();

        assertThat(written()).isEqualTo(clock.instant());
    }

    @Test
    void authenticate_afterClose_isWrittenByTheRequest() {
        gate.close();
        clock.advance(MINUTE);
        use();

        assertThat(written()).isEqualTo(clock.instant());
    }

    /** A node that is going down must not slow down each of its last requests by a store that fails. */
    @Test
    void authenticate_afterCloseWithANoteThatFails_triesOnceInAnIntervalAsBefore() {
        faults.failAlways("touch");
        clock.advance(MINUTE);
        use();
        gate.close();
        touches.set(0);
        clock.advance(MINUTE.minusMillis(1));
        IntStream.range(0, 20).forEach(i -> use());
        assertThat(touches).hasValue(0);

        clock.advance(Duration.ofMillis(1));
        IntStream.range(0, 20).forEach(i -> use());
        assertThat(touches).hasValue(1);

        faults.none();
        clock.advance(MINUTE);
        use();
        assertThat(written()).isEqualTo(clock.instant());
    }

    @Test
    @Tag("slow")
    void logout_whileANoteIsInFlight_isNotUndone() {
        Faults.Hold hold = faults.hold("touch");
        clock.advance(MINUTE);
        use();
        hold.awaitArrival();
        gate.logout(grant.access());
        hold.release();
        gate.close();

        assertThat(memory.logins().find(grant.loginId())).isEmpty();
    }
}
