package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Credential;
import dev.gateline.LoginId;
import dev.gateline.store.TicketState;
import dev.gateline.store.TicketState.Awaits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketChainTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final LoginId ID = new LoginId("AAAAAAAAAAAAAAAAAAAAAA");

    private final List<Ticket> tickets = new ArrayList<>();
    private TicketState state = start();

    private TicketState start() {
        tickets.add(Ticket.mint("gs_", ID));
        return TicketChain.first(tickets.get(0), NOW);
    }

    private Ticket current() {
        return tickets.get(tickets.size() - 1);
    }

    private Ticket next() {
        return TicketChain.successorOf(current(), state);
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            Ticket current = current();
            Ticket next = TicketChain.successorOf(current, state);
            state = TicketChain.succeeded(state, next, NOW, Awaits.FIRST_USE, NOW);
            tickets.add(next);
        }
    }

    @Test
    void ageOf_currentPredecessorAndAncestors_isTheirDistance() {
        succeed(5);
        for (int i = 0; i <= 5; i++) {
            assertThat(TicketChain.ageOf(tickets.get(i), state)).isEqualTo(5 - i);
        }
        assertThat(state.generation()).isEqualTo(5);
    }

    @Test
    void ageOf_guess_isNegative() {
        succeed(3);
        assertThat(TicketChain.ageOf(Ticket.mint("gs_", ID), state)).isEqualTo(TicketChain.UNKNOWN);
        Credential zeros = Credential.of("gs_" + ID + "." + "A".repeat(64));
        Ticket guess = Ticket.parse("gs_", zeros).orElseThrow();
        assertThat(TicketChain.ageOf(guess, state)).isEqualTo(TicketChain.UNKNOWN);
    }

    @Test
    void ageOf_successorThatTheStoreHasLost_isAhead() {
        Ticket next = next();

        assertThat(TicketChain.ageOf(next, state)).isEqualTo(TicketChain.AHEAD);
        assertThat(TicketChain.ageOf(TicketChain.successorOf(next, state), state))
                .isEqualTo(TicketChain.UNKNOWN);
    }

    @Test
    void regained_ticketAhead_isTheCurrentOneAndLeadsOn() {
        Ticket next = next();
        TicketState regained = TicketChain.regained(state, next, NOW, NOW.plusSeconds(10));

        assertThat(TicketChain.ageOf(next, regained)).isZero();
        assertThat(TicketChain.ageOf(current(), regained)).isEqualTo(1);
        assertThat(TicketChain.successorOf(current(), regained).credential()).isEqualTo(next.credential());
        assertThat(regained.graceEndsAt()).isEqualTo(NOW.plusSeconds(10));
    }

    @Test
    void hasOrigin_anyTicketOfTheLogin_isTrueAndOfAnotherFalse() {
        succeed(300);
        Ticket lost = TicketChain.successorOf(next(), state);
        TicketState stepped = TicketChain.steppedUp(state, current().another(), NOW);

        for (Ticket ticket : List.of(tickets.get(0), tickets.get(300), lost)) {
            assertThat(TicketChain.hasOrigin(ticket, state)).isTrue();
            assertThat(TicketChain.hasOrigin(ticket, stepped)).isTrue();
            assertThat(TicketChain.ageOf(ticket, stepped)).isEqualTo(TicketChain.UNKNOWN);
        }
        assertThat(TicketChain.hasOrigin(Ticket.mint("gs_", ID), state)).isFalse();
    }

    @Test
    void ageOf_sameSecretUnderAnotherPrefix_isAGuess() {
        String text = current().credential().reveal();
        Ticket other =
                Ticket.parse("gr_", Credential.of("gr_" + text.substring(3))).orElseThrow();
        assertThat(TicketChain.ageOf(other, state)).isEqualTo(TicketChain.UNKNOWN);
    }

    @Test
    void ageOf_256SuccessionsAgo_isKnownAndBeforeThatIsAGuess() {
        succeed(257);
        assertThat(TicketChain.ageOf(tickets.get(1), state)).isEqualTo(256);
        assertThat(TicketChain.ageOf(tickets.get(0), state)).isEqualTo(TicketChain.UNKNOWN);
    }

    @Test
    void ageOf_afterANewFirstTicket_olderOnesAreGuesses() {
        succeed(2);
        TicketState fresh = TicketChain.steppedUp(state, current().another(), NOW);
        tickets.forEach(old -> assertThat(TicketChain.ageOf(old, fresh)).isEqualTo(TicketChain.UNKNOWN));
        assertThat(fresh.generation()).isEqualTo(3);
        assertThat(fresh.stepUps()).isEqualTo(1);
        assertThat(fresh.endedBelow()).isEqualTo(1);
    }

    @Test
    void succeeded_always_notesTimesAndAwaitsTheFirstUse() {
        TicketState next = TicketChain.succeeded(state, next(), NOW.plusSeconds(1), Awaits.FIRST_USE_OF_ITSELF, NOW);

        assertThat(next.issuedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(next.awaits()).isEqualTo(Awaits.FIRST_USE_OF_ITSELF);
        assertThat(next.generation()).isEqualTo(1);
        assertThat(next).isNotEqualTo(state);
        assertThat(state.awaits()).isEqualTo(Awaits.NOTHING);
    }

    @Test
    void used_always_endsTheGraceThenAndKeepsTheTicket() {
        TicketState waiting = TicketChain.succeeded(state, next(), NOW, Awaits.FIRST_USE, NOW);

        TicketState used = waiting.used(NOW.plusSeconds(9));

        assertThat(used.awaits()).isEqualTo(Awaits.NOTHING);
        assertThat(used.graceEndsAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(TicketChain.ageOf(next(), used)).isZero();
        assertThat(waiting.awaits()).isEqualTo(Awaits.FIRST_USE);
    }

    @Test
    void first_twice_hasSaltsOfItsOwn() {
        TicketState other = TicketChain.first(current(), NOW);

        assertThat(TicketChain.successorOf(current(), other).credential()).isNotEqualTo(next().credential());
        assertThat(other).isNotEqualTo(state);
    }

    @Test
    void toString_showsNoSecret() {
        assertThat(state).hasToString("TicketState[generation 0, redacted]");
    }
}
