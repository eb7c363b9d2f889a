package dev.gateline.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Credential;
import dev.gateline.LoginId;
import dev.gateline.spi.TicketState.Awaits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketStateTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final LoginId ID = new LoginId("AAAAAAAAAAAAAAAAAAAAAA");

    private final List<Ticket> tickets = new ArrayList<>();
    private TicketState state = start();

    private TicketState start() {
        tickets.add(Ticket.mint("gs_", ID));
        return TicketState.first(tickets.get(0), NOW);
    }

    private Ticket current() {
        return tickets.get(tickets.size() - 1);
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            Ticket current = current();
            state = state.succeeded(current, NOW, Awaits.FIRST_USE, NOW);
            tickets.add(state.successorOf(current));
        }
    }

    @Test
    void ageOf_currentPredecessorAndAncestors_isTheirDistance() {
        succeed(5);
        for (int i = 0; i <= 5; i++) {
            assertThat(state.ageOf(tickets.get(i))).isEqualTo(5 - i);
        }
        assertThat(state.generation()).isEqualTo(5);
    }

    @Test
    void ageOf_guess_isNegative() {
        succeed(3);
        assertThat(state.ageOf(Ticket.mint("gs_", ID))).isEqualTo(TicketState.UNKNOWN);
        assertThat(state.ageOf(Ticket.parse("gs_", Credential.of("gs_" + ID + "." + "A".repeat(64)))
                        .orElseThrow()))
                .isEqualTo(TicketState.UNKNOWN);
    }

    @Test
    void ageOf_successorThatTheStoreHasLost_isAhead() {
        Ticket next = state.successorOf(current());

        assertThat(state.ageOf(next)).isEqualTo(TicketState.AHEAD);
        assertThat(state.ageOf(state.successorOf(next))).isEqualTo(TicketState.UNKNOWN);
    }

    @Test
    void regained_ticketAhead_isTheCurrentOneAndLeadsOn() {
        Ticket next = state.successorOf(current());
        TicketState regained = state.regained(next, NOW, NOW.plusSeconds(10));

        assertThat(regained.ageOf(next)).isZero();
        assertThat(regained.ageOf(current())).isEqualTo(1);
        assertThat(regained.successorOf(current()).credential()).isEqualTo(next.credential());
        assertThat(regained.graceEndsAt()).isEqualTo(NOW.plusSeconds(10));
    }

    @Test
    void hasOriginOf_anyTicketOfTheLogin_isTrueAndOfAnotherFalse() {
        succeed(300);
        Ticket lost = state.successorOf(state.successorOf(current()));
        TicketState stepped = state.steppedUp(current().another(), NOW);

        for (Ticket ticket : List.of(tickets.get(0), tickets.get(300), lost)) {
            assertThat(state.hasOriginOf(ticket)).isTrue();
            assertThat(stepped.hasOriginOf(ticket)).isTrue();
            assertThat(stepped.ageOf(ticket)).isEqualTo(TicketState.UNKNOWN);
        }
        assertThat(state.hasOriginOf(Ticket.mint("gs_", ID))).isFalse();
    }

    @Test
    void ageOf_sameSecretUnderAnotherPrefix_isAGuess() {
        String text = current().credential().reveal();
        Ticket other =
                Ticket.parse("gr_", Credential.of("gr_" + text.substring(3))).orElseThrow();
        assertThat(state.ageOf(other)).isEqualTo(TicketState.UNKNOWN);
    }

    @Test
    void ageOf_256SuccessionsAgo_isKnownAndBeforeThatIsAGuess() {
        succeed(257);
        assertThat(state.ageOf(tickets.get(1))).isEqualTo(256);
        assertThat(state.ageOf(tickets.get(0))).isEqualTo(TicketState.UNKNOWN);
    }

    @Test
    void ageOf_afterANewFirstTicket_olderOnesAreGuesses() {
        succeed(2);
        TicketState fresh = state.steppedUp(current().another(), NOW);
        tickets.forEach(old -> assertThat(fresh.ageOf(old)).isEqualTo(TicketState.UNKNOWN));
    }

    @Test
    void succeeded_always_notesTimesAndAwaitsTheFirstUse() {
        TicketState next = state.succeeded(current(), NOW.plusSeconds(1), Awaits.FIRST_USE_OF_ITSELF, NOW);

        assertThat(next.issuedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(next.awaits()).isEqualTo(Awaits.FIRST_USE_OF_ITSELF);
        assertThat(next.generation()).isEqualTo(1);
        assertThat(next).isNotEqualTo(state);
        assertThat(state.awaits()).isEqualTo(Awaits.NOTHING);
    }

    @Test
    void firstUsed_always_endsTheGraceThenAndKeepsTheTicket() {
        TicketState waiting = state.succeeded(current(), NOW, Awaits.FIRST_USE, NOW);

        TicketState used = waiting.firstUsed(NOW.plusSeconds(9));

        assertThat(used.awaits()).isEqualTo(Awaits.NOTHING);
        assertThat(used.graceEndsAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(used.ageOf(state.successorOf(current()))).isZero();
        assertThat(waiting.awaits()).isEqualTo(Awaits.FIRST_USE);
    }

    @Test
    void first_twice_hasSaltsOfItsOwn() {
        TicketState other = TicketState.first(current(), NOW);

        assertThat(other.successorOf(current()).credential())
                .isNotEqualTo(state.successorOf(current()).credential());
        assertThat(other).isNotEqualTo(state);
    }

    @Test
    void toString_showsNoSecret() {
        assertThat(state).hasToString("TicketState[generation 0, redacted]");
    }
}
