package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Credential;
import dev.gateline.LoginId;
import dev.gateline.internal.Secrets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProvedTicketsTest {
    private final ProvedTickets seen = new ProvedTickets("gs_");
    private final Credential presented =
            Ticket.mint("gs_", new LoginId(Secrets.id())).credential();

    private PresentedTicket parsed(String text) {
        return Objects.requireNonNull(seen.parse(Credential.of(text)));
    }

    @Test
    void parse_rememberedTicket_isThatOne() {
        PresentedTicket first = parsed(presented.reveal());
        assertThat(parsed(presented.reveal())).isNotSameAs(first);

        seen.remember(first);

        assertThat(parsed(presented.reveal())).isSameAs(first);
        assertThat(first.ticket().credential()).isEqualTo(presented);
    }

    /** Two requests may have read it at the same time. */
    @Test
    void remember_secondReadingOfOneTicket_takesNoPlace() {
        PresentedTicket first = parsed(presented.reveal());
        PresentedTicket second = parsed(presented.reveal());

        seen.remember(first);
        seen.remember(second);

        assertThat(parsed(presented.reveal())).isSameAs(first);
    }

    @Test
    void parse_rememberedTicketWithAnyCharacterChanged_isNotThatOne() {
        PresentedTicket first = parsed(presented.reveal());
        seen.remember(first);
        for (int i = 0; i < Ticket.LENGTH; i++) {
            StringBuilder text = new StringBuilder(presented.reveal());
            text.setCharAt(i, text.charAt(i) == 'A' ? 'Q' : 'A');

            assertThat(seen.parse(Credential.of(text.toString())))
                    .as("%d", i)
                    .satisfiesAnyOf(
                            it -> assertThat(it).isNull(),
                            it -> assertThat(it.ticket().digest())
                                    .isNotEqualTo(first.ticket().digest()),
                            it -> assertThat(it.ticket().loginId())
                                    .isNotEqualTo(first.ticket().loginId()));
        }
    }

    @Test
    void parse_manyInUse_nearlyAllStay() {
        List<PresentedTicket> all = IntStream.range(0, 1_000)
                .mapToObj(i -> new PresentedTicket(Ticket.mint("gs_", new LoginId(Secrets.id()))))
                .toList();
        for (int round = 0; round < 2; round++) {
            all.forEach(seen::remember);
        }
        assertThat(all)
                .filteredOn(ticket -> parsed(ticket.ticket().credential().reveal()) != ticket)
                .hasSizeLessThan(10);
    }

    @Test
    void parse_anotherKindOrLength_isNone() {
        String text = presented.reveal();
        seen.remember(parsed(text));

        assertThat(seen.parse(Credential.of("gr_" + text.substring(3)))).isNull();
        assertThat(seen.parse(Credential.of(text + "A"))).isNull();
        assertThat(seen.parse(Credential.of(text.replace('.', '\u0100')))).isNull();
        assertThat(seen.parse(Credential.of(""))).isNull();
    }
}
