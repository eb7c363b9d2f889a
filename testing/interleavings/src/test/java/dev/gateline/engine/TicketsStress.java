package dev.gateline.engine;

import dev.gateline.LoginId;
import dev.gateline.internal.Secrets;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Tickets that requests of several threads present at once. */
public final class TicketsStress {
    private static final String PREFIX = "gs_";
    private static final Ticket TICKET = Ticket.mint(PREFIX, new LoginId(Secrets.id()));
    private static final LoginRow ONE = row("one");
    private static final LoginRow OTHER = row("other");

    private TicketsStress() {}

    private static LoginRow row(String subject) {
        Instant now = Instant.EPOCH;
        LoginState state = LoginState.builder(TicketChain.first(TICKET, now))
                .startedAt(now)
                .endsAt(now.plusSeconds(60))
                .idleTimeout(Duration.ofSeconds(30))
                .build();
        return new LoginRow(TICKET.loginId(), PREFIX, subject, 0, now, state);
    }

    /** A ticket that is remembered meanwhile is read whole. All share one cache, whose places are few. */
    @JCStressTest
    @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "the ticket")
    @State
    public static class Remembered {
        private static final ProvedTickets CACHE = new ProvedTickets(PREFIX);

        private final PresentedTicket presented = new PresentedTicket(Ticket.mint(PREFIX, new LoginId(Secrets.id())));

        @Actor
        public void remember() {
            CACHE.remember(presented);
        }

        @Actor
        public void parse(Z_Result result) {
            Ticket read = Objects.requireNonNull(CACHE.parse(presented.ticket().credential()))
                    .ticket();
            result.r1 = Arrays.equals(read.digest(), presented.ticket().digest())
                    && read.loginId().equals(presented.ticket().loginId());
        }
    }

    /** Each thread gets the facts of its own row. */
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "the facts of the row")
    @State
    public static class Facts {
        private final PresentedTicket presented = new PresentedTicket(TICKET);

        @Actor
        public void one(ZZ_Result result) {
            result.r1 = areOf(ONE);
        }

        @Actor
        public void other(ZZ_Result result) {
            result.r2 = areOf(OTHER);
        }

        private boolean areOf(LoginRow row) {
            PresentedTicket.Facts facts = presented.factsOf(row);
            return facts.row().equals(row)
                    && facts.accepted().toOptional().orElseThrow().subject().equals(row.subject());
        }
    }
}
