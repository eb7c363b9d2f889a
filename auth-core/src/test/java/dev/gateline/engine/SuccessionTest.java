package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.Rejection;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import dev.gateline.store.TicketState;
import dev.gateline.store.TicketState.Awaits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuccessionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration REST = GRACE.plusMinutes(1);
    private static final Duration LONGEST = GRACE.plusMinutes(2);

    private final Succession succession = new Succession(GRACE, TicketPolicy.AS_LONG_AS_A_LOGIN);
    private final Ticket first = Ticket.mint("gs_", new LoginId("AAAAAAAAAAAAAAAAAAAAAA"));
    private final TicketState start = TicketChain.first(first, NOW);
    private final Ticket ticket = TicketChain.successorOf(first, start);
    private final TicketState issued = TicketChain.succeeded(start, ticket, NOW, Awaits.FIRST_USE, NOW);

    private Proof proof(TicketState state) {
        LoginState login = LoginState.builder(state)
                .startedAt(NOW)
                .endsAt(NOW.plusSeconds(36_000))
                .idleTimeout(REST)
                .build();
        return new Proof(new LoginRow(ticket.loginId(), "gs_", "ada", 1, NOW, login), new PresentedTicket(ticket), 0);
    }

    private boolean isKept(TicketState state, Duration later) {
        Trade trade = succession.trade(proof(state), NOW.plus(later));
        return trade.ticket().equals(ticket.credential());
    }

    @Test
    void trade_firstUseAtANodeThatIsBehind_isKeptWhereTheGraceIsOver() {
        TicketState used = succession.trade(proof(issued), NOW).state();

        assertThat(used.graceEndsAt()).isEqualTo(NOW.plus(GRACE));
        assertThat(isKept(used, REST.minusNanos(1_000))).isTrue();
        assertThat(isKept(used, REST)).isFalse();
    }

    @Test
    void trade_handedOutAgain_isKeptAsLongAgain() {
        TicketState used = succession.trade(proof(issued), NOW).state();
        TicketState again = succession.trade(proof(used), NOW.plusSeconds(30)).state();

        assertThat(isKept(again, REST.plusSeconds(29))).isTrue();
        assertThat(isKept(again, REST.plusSeconds(30))).isFalse();
    }

    @Test
    void trade_handedOutAgainAndAgain_isPutOffForABoundedTimeOnly() {
        TicketState state = succession.trade(proof(issued), NOW).state();
        for (Duration later = GRACE; later.compareTo(LONGEST) < 0; later = later.plus(GRACE)) {
            assertThat(isKept(state, later)).isTrue();
            state = succession.trade(proof(state), NOW.plus(later)).state();
        }

        assertThat(isKept(state, LONGEST)).isFalse();
        assertThat(succession.trade(proof(state), NOW.plus(LONGEST)).state().awaits())
                .isEqualTo(Awaits.FIRST_USE_OF_ITSELF);
    }

    @Test
    void keep_handedOutAMomentAgo_writesNothingNew() {
        TicketState used = succession.trade(proof(issued), NOW).state();

        assertThat(succession.keep(proof(used), NOW.plusMillis(999)).state()).isEqualTo(used);
        assertThat(succession.keep(proof(used), NOW.plusSeconds(1)).state()).isNotEqualTo(used);
        assertThat(succession.keep(proof(used), NOW.minusMillis(1)).state()).isNotEqualTo(used);
    }

    /** The outcome for an older ticket, by its age and the time that has passed since the current one was issued. */
    private static Optional<Rejection> judged(Succession by, TicketState state, int age, Duration later) {
        LoginState login = LoginState.builder(state)
                .startedAt(NOW)
                .endsAt(NOW.plus(TicketPolicy.AS_LONG_AS_A_LOGIN))
                .idleTimeout(REST)
                .build();
        Ticket old = Ticket.mint("gs_", new LoginId("AAAAAAAAAAAAAAAAAAAAAA"));
        LoginRow row = new LoginRow(old.loginId(), "gs_", "ada", 1, NOW, login);
        return by.judgeTraded(new Proof(row, new PresentedTicket(old), age), NOW.plus(later))
                .rejection();
    }

    /** Until the end a ticket is good, for a minute after it is unknown, and then it is reused. */
    private static void endsAfter(Duration end, Succession by, TicketState state, int age) {
        Duration moment = Duration.ofNanos(1_000);
        Duration reused = end.plusMinutes(1);
        assertThat(judged(by, state, age, end.minus(moment))).isEmpty();
        assertThat(judged(by, state, age, end)).contains(Rejection.UNKNOWN);
        assertThat(judged(by, state, age, reused.minus(moment))).contains(Rejection.UNKNOWN);
        assertThat(judged(by, state, age, reused)).contains(Rejection.REUSED);
    }

    @Test
    void judgeTraded_successorWasUsed_isGoodForTheGraceAfterTheUse() {
        endsAfter(GRACE, succession, issued.used(NOW.plus(GRACE)), 1);
        succession.usedBeside(ticket.loginId(), issued.generation(), NOW.plusSeconds(30));
        endsAfter(GRACE.plusSeconds(30), succession, issued, 1);
    }

    @Test
    void judgeTraded_successorWasNotUsed_isGoodForAsLongAsALostAnswerIsRepeated() {
        Duration hour = Duration.ofHours(1);
        assertThat(judged(succession, issued, 1, Duration.ofDays(30_000))).isEmpty();
        endsAfter(hour, new Succession(GRACE, hour), issued, 1);
    }

    @Test
    void judgeTraded_ticketBeforeThePredecessor_isGoodUntilTheSuccessorWasIssuedOrItsGraceIsOver() {
        Duration early = Duration.ofSeconds(-5);
        endsAfter(Duration.ZERO, succession, succeeded(NOW.plusSeconds(5)), 2);
        endsAfter(early, succession, succeeded(NOW.plus(early)), 2);
    }

    private TicketState succeeded(Instant graceEndsAt) {
        return TicketChain.succeeded(start, ticket, NOW, Awaits.FIRST_USE, graceEndsAt);
    }
}
