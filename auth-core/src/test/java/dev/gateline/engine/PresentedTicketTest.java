package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresentedTicketTest {
    private static final LoginId ID = new LoginId("AAAAAAAAAAAAAAAAAAAAAA");

    private final Ticket ticket = Ticket.mint("gs_", ID);
    private final PresentedTicket presented = new PresentedTicket(ticket);

    /** A ticket is a value that its documentation calls immutable. */
    @Test
    void ticket_itsFields_areFinal() {
        assertThat(Arrays.stream(Ticket.class.getDeclaredFields())
                        .filter(field ->
                                !field.isSynthetic() && !field.getName().startsWith("$")))
                .isNotEmpty()
                .allMatch(field -> Modifier.isFinal(field.getModifiers()));
    }

    @Test
    void factsOf_sameRow_areComputedOnceUnlessItIsLarge() {
        LoginRow small = row("x");
        LoginRow large = row("x".repeat(PresentedTicket.LARGEST_KEPT));

        assertThat(presented.factsOf(small)).isSameAs(presented.factsOf(small));
        assertThat(presented.factsOf(large)).isNotSameAs(presented.factsOf(large));
        assertThat(presented.factsOf(small).row()).isEqualTo(small);
    }

    private LoginRow row(String data) {
        Instant now = Instant.parse("2026-11-27T12:00:00Z");
        LoginState state = LoginState.builder(TicketChain.first(ticket, now))
                .startedAt(now)
                .endsAt(now.plusSeconds(60))
                .idleTimeout(Duration.ofSeconds(30))
                .data(Map.of("data", data))
                .build();
        return new LoginRow(ID, "gs_", "ada", 0, now, state);
    }
}
