package dev.gateline.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Credential;
import dev.gateline.LoginId;
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
            state = state.succeeded(current, NOW, NOW);
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
        assertThat(state.ageOf(Ticket.mint("gs_", ID))).isEqualTo(-1);
        assertThat(state.ageOf(Ticket.parse("gs_", Credential.of("gs_" + ID + "." + "A".repeat(43)))
                        .orElseThrow()))
                .isEqualTo(-1);
    }

    @Test
    void ageOf_successorNotYetTraded_isAGuess() {
        assertThat(state.ageOf(state.successorOf(current()))).isEqualTo(-1);
    }

    @Test
    void ageOf_sameSecretUnderAnotherPrefix_isAGuess() {
        String text = current().credential().reveal();
        Ticket other =
                Ticket.parse("gr_", Credential.of("gr_" + text.substring(3))).orElseThrow();
        assertThat(state.ageOf(other)).isEqualTo(-1);
    }

    @Test
    void ageOf_256SuccessionsAgo_isKnownAndBeforeThatIsAGuess() {
        succeed(257);
        assertThat(state.ageOf(tickets.get(1))).isEqualTo(256);
        assertThat(state.ageOf(tickets.get(0))).isEqualTo(-1);
    }

    @Test
    void ageOf_afterANewFirstTicket_olderOnesAreGuesses() {
        succeed(2);
        TicketState fresh = TicketState.first(Ticket.mint("gs_", ID), NOW);
        tickets.forEach(old -> assertThat(fresh.ageOf(old)).isEqualTo(-1));
    }

    @Test
    void succeeded_keepsTheSaltAndNotesTimes() {
        TicketState next = state.succeeded(current(), NOW.plusSeconds(1), NOW.plusSeconds(9));
        assertThat(next.salt()).isEqualTo(state.salt());
        assertThat(next.rotatedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(next.graceEndsAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(next).isNotEqualTo(state);
    }

    @Test
    void awaitsFirstUse_onlyUntilUsed() {
        TicketState waiting = state.succeededUntilFirstUse(current(), NOW);
        assertThat(state.awaitsFirstUse()).isFalse();
        assertThat(waiting.awaitsFirstUse()).isTrue();
        assertThat(waiting.firstUsed(NOW).awaitsFirstUse()).isFalse();
        assertThat(waiting.firstUsed(NOW).digest()).isEqualTo(waiting.digest());
    }

    @Test
    void predecessorIsGood_untilFirstUseAndThenForTheGrace() {
        TicketState waiting = state.succeededUntilFirstUse(current(), NOW);
        assertThat(state.predecessorIsGood(NOW.minusSeconds(1)))
                .as("there is none")
                .isFalse();
        assertThat(waiting.predecessorIsGood(NOW.plusSeconds(1_000_000))).isTrue();
        TicketState used = waiting.firstUsed(NOW.plusSeconds(10));
        assertThat(used.predecessorIsGood(NOW.plusMillis(9_999))).isTrue();
        assertThat(used.predecessorIsGood(NOW.plusSeconds(10))).isFalse();
    }

    @Test
    void first_twice_hasSaltsOfItsOwn() {
        assertThat(TicketState.first(current(), NOW).salt())
                .isNotEqualTo(state.salt())
                .hasSize(32);
    }

    @Test
    void new_wrongLengthsOrGeneration_isRefused() {
        byte[] good = new byte[32];
        for (int bad : new int[] {0, 31, 33}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TicketState(new byte[bad], good, 0, NOW, false, NOW));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TicketState(good, new byte[bad], 0, NOW, false, NOW));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new TicketState(good, good, -1, NOW, false, NOW));
    }

    @Test
    void arrays_changedByTheCaller_changeNothing() {
        byte[] salt = new byte[32];
        TicketState mine = new TicketState(salt, new byte[32], 0, NOW, false, NOW);
        salt[0] = 1;
        mine.salt()[1] = 1;
        mine.digest()[0] = 1;
        assertThat(mine).isEqualTo(new TicketState(new byte[32], new byte[32], 0, NOW, false, NOW));
        assertThat(mine).hasSameHashCodeAs(new TicketState(new byte[32], new byte[32], 0, NOW, false, NOW));
    }

    @Test
    void toString_showsNoSecret() {
        assertThat(state).hasToString("TicketState[generation 0, redacted]");
    }
}
