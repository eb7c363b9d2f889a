package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.EndReason;
import dev.gateline.LoginId;
import dev.gateline.LoginLimit;
import dev.gateline.Timeouts;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import dev.gateline.store.TicketState;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginRowsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration DAY = Duration.ofDays(1);
    private static final LoginId A = new LoginId("A".repeat(22));
    private static final LoginId B = new LoginId("B" + "A".repeat(21));
    private static final LoginId C = new LoginId("C" + "A".repeat(21));
    private static final LoginId D = new LoginId("D" + "A".repeat(21));

    private final Storage memory = Storage.inMemory(10);

    /** The answers of the stores that differ, by the name of the method; each is made from the right answer. */
    private final Map<String, UnaryOperator<@Nullable Object>> bent = new HashMap<>();

    private final List<String> calls = new ArrayList<>();
    private final List<AuthEvent> events = new ArrayList<>();
    private final Reporter reporter = new Reporter(CLOCK, events::add);
    private final TicketPolicy policy = policy();
    private final LoginRows rows = new LoginRows(
            policy,
            Storage.of(bent(LoginStore.class, memory.logins()), bent(RevocationStore.class, memory.revocations())),
            DAY,
            reporter);

    private static TicketPolicy policy() {
        Timeouts day = new Timeouts(DAY, DAY);
        LoginTimeouts timeouts = new LoginTimeouts(day, day, (login, most) -> most);
        return TicketPolicy.builder("gs_", timeouts, LoginLimit.endingOldestBeyond(2))
                .grace(Duration.ofSeconds(10))
                .build();
    }

    private <T> T bent(Class<T> type, T right) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            calls.add(method.getName());
            try {
                Object answer = method.invoke(right, args);
                UnaryOperator<@Nullable Object> bend = bent.get(method.getName());
                return bend == null ? answer : bend.apply(answer);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static Object fails(@Nullable Object answer) {
        throw new IllegalStateException("the store is down");
    }

    private static LoginRow row(LoginId id, String subject, long epoch, Instant endsAt) {
        LoginState state = LoginState.builder(TicketState.ofNobody(0, NOW))
                .epoch(epoch)
                .startedAt(NOW)
                .endsAt(endsAt)
                .idleTimeout(DAY)
                .authenticatedAt(NOW)
                .build();
        return new LoginRow(id, "gs_", subject, 1, NOW, state);
    }

    private LoginRow stored(LoginId id, String subject, long epoch, Instant endsAt) {
        LoginRow row = row(id, subject, epoch, endsAt);
        assertThat(memory.logins().insert(row, LoginLimit.UNLIMITED, Set.of(), NOW))
                .isTrue();
        return row;
    }

    private LoginRow stored(LoginId id) {
        return stored(id, "ada", memory.revocations().epoch(), NOW.plus(DAY));
    }

    private Admission admit(LoginId id) {
        return rows.admit(
                "ada",
                Optional.empty(),
                (drawn, epoch) -> new IssuedTicket(row(id, "ada", epoch, NOW.plus(DAY)), Credential.of("gs_")),
                NOW);
    }

    private Map<String, Instant> ended() {
        Map<String, Instant> ended = new HashMap<>();
        memory.revocations().forEachLive(NOW, it -> ended.put(it.key(), it.until()));
        return ended;
    }

    @AfterEach
    void close() {
        rows.close();
    }

    @Test
    void find_storeAnswersWithTheRowOfAnotherLogin_isAnOutage() {
        stored(A);
        LoginRow another = stored(B, "bob", 1, NOW.plus(DAY));
        bent.put("find", right -> Optional.of(another));
        bent.put("findAuthoritative", right -> Optional.of(another));
        bent.put("findBySubject", right -> List.of(another));

        assertThatThrownBy(() -> rows.find(A, Reach.COPY)).isInstanceOf(AuthUnavailableException.class);
        assertThatThrownBy(() -> rows.find(A, Reach.STORE)).isInstanceOf(AuthUnavailableException.class);
        assertThatThrownBy(() -> rows.findAndEnd(A, NOW)).isInstanceOf(AuthUnavailableException.class);
        assertThatThrownBy(() -> rows.of("ada")).isInstanceOf(AuthUnavailableException.class);
        assertThat(memory.logins().find(B)).isPresent();
    }

    @Test
    void note_untilItIsWritten_isThere() {
        LoginRow row = stored(A);

        rows.note(row, NOW.plusSeconds(1));

        assertThat(rows.hasNote(A)).isTrue();
        assertThat(rows.hasNote(B)).isFalse();
        assertThat(rows.isClosed(A)).isFalse();
        rows.close();
        assertThat(rows.hasNote(A)).isFalse();
        assertThat(rows.isClosed(A)).isTrue();
    }

    @Test
    void note_afterHalfOfTheIdleTimeout_waitsForNoOther() {
        LoginRow row = stored(A);
        Instant half = NOW.plus(DAY.dividedBy(2));

        rows.note(row, half);

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (rows.hasNote(A)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(memory.logins().find(A).orElseThrow().lastSeenAt()).isEqualTo(half);
    }

    @Test
    void end_rowThatStays_isRememberedForAsLongAsARowMayLive() {
        stored(A);
        bent.put("delete", LoginRowsTest::fails);

        assertThatThrownBy(() -> rows.end(A, EndReason.ENDED, NOW)).isInstanceOf(AuthUnavailableException.class);

        assertThat(ended()).containsExactly(Map.entry(A.value(), NOW.plus(policy.endedForGood())));
    }

    @Test
    void end_twoThatMakeRoom_bothEndAndTheirRowsGo() {
        Leaving why = new Leaving("ada", EndReason.LIMIT);
        stored(A);
        stored(B);

        rows.end(Map.of(A, why, B, why), NOW);

        Instant until = NOW.plus(policy.endedFor());
        assertThat(ended()).containsOnly(Map.entry(A.value(), until), Map.entry(B.value(), until));
        assertThat(memory.logins().find(A)).isEmpty();
        assertThat(memory.logins().find(B)).isEmpty();
        assertThat(events).hasSize(2).allMatch(event -> event instanceof AuthEvent.Ended);
    }

    @Test
    void end_rowsThatMakeRoomAndStay_areRememberedForAsLongAsARowMayLive() {
        stored(A);
        bent.put("deleteAll", LoginRowsTest::fails);

        rows.end(Map.of(A, new Leaving("ada", EndReason.REPLACED)), NOW);

        assertThat(ended()).containsExactly(Map.entry(A.value(), NOW.plus(policy.endedForGood())));
    }

    /** A login that starts during the ending already has the new epoch. */
    @Test
    void endAll_storeThatHasLostTheHighestEpoch_endsEachLoginFromBeforeAndNoOther() {
        long epoch = memory.revocations().epoch();
        LoginRow late = stored(A, "ada", epoch + 1_000_000, NOW.plus(DAY));
        LoginRow early = stored(B, "ada", epoch, NOW.plus(DAY));
        stored(C, "bob", epoch, NOW.plus(DAY));
        bent.put("raiseEpoch", raised -> {
            stored(D, "ada", ((Number) raised).longValue(), NOW.plus(DAY));
            return raised;
        });

        rows.endAll("ada", NOW);

        assertThat(memory.revocations().isRevoked(late.revocable())).isTrue();
        assertThat(memory.revocations().isRevoked(early.revocable())).isTrue();
        assertThat(memory.logins().findBySubject("gs_", "ada"))
                .extracting(LoginRow::id)
                .containsExactly(D);
        assertThat(memory.logins().find(C)).isPresent();
    }

    @Test
    void admit_oneTooMany_endsOneOfThoseThatLiveAndAllNodesChooseTheSame() {
        stored(C, "ada", memory.revocations().epoch(), NOW);
        stored(A);
        stored(B);

        assertThat(admit(D).leaving()).containsOnlyKeys(A);
    }

    @Test
    void admit_loginsEndAgainAndAgain_givesUpAndLeavesNoRow() {
        bent.put("isRevoked", right -> true);

        assertThatThrownBy(() -> admit(A))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining(Retry.ATTEMPTS + " times");

        assertThat(calls.stream().filter("insert"::equals)).hasSize(Retry.ATTEMPTS);
        assertThat(memory.logins().find(A)).isEmpty();
    }

    @Test
    void endAllAndEndEverybody_events_nameTheRealm() {
        TicketLogins logins = new TicketLogins(rows, CLOCK, reporter);

        logins.endAll("ada");
        logins.endEverybody();

        assertThat(events).first().hasFieldOrPropertyWithValue("realm", "gs_");
        assertThat(events).last().hasFieldOrPropertyWithValue("realm", "gs_");
    }

    @Test
    void end_revocationOfTheLeavingFails_asksTheStoreForNothingElse() {
        stored(A);
        bent.put("revoke", LoginRowsTest::fails);
        calls.clear();

        assertThatThrownBy(() -> rows.end(Map.of(A, new Leaving("ada", EndReason.LIMIT)), NOW))
                .isInstanceOf(AuthUnavailableException.class);

        assertThat(calls).containsExactly("revoke");
    }
}
