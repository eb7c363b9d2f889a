package dev.gateline.spi;

import dev.gateline.AuthEvent;
import dev.gateline.LoginId;
import dev.gateline.LoginInfo;
import dev.gateline.Logins;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The logins of one kind of ticket. */
final class TicketLogins implements Logins {
    private final Tickets tickets;
    private final Clock clock;
    private final Reporter reporter;

    TicketLogins(Tickets tickets, Clock clock, Reporter reporter) {
        this.tickets = tickets;
        this.clock = clock;
        this.reporter = reporter;
    }

    @Override
    public List<LoginInfo> of(String subject) {
        Instant now = clock.instant();
        return tickets.rows(subject).stream()
                .filter(row -> tickets.isLive(row, now))
                .sorted(Comparator.comparing((LoginRow row) -> row.state().startedAt())
                        .reversed())
                .map(LoginRow::info)
                .toList();
    }

    @Override
    public void end(LoginId id) {
        Instant now = clock.instant();
        if (tickets.end(id, now)) {
            reporter.tell(new AuthEvent.Ended(now, id));
        }
    }

    /** Finds a row that has ended but could not be deleted, too: ending it again deletes it. */
    @Override
    public boolean end(String subject, LoginId id) {
        boolean own =
                tickets.find(id).filter(row -> row.subject().equals(subject)).isPresent();
        if (own) {
            end(id);
        }
        return own;
    }

    @Override
    public void endAll(String subject) {
        Instant now = clock.instant();
        tickets.endAll(subject, now);
        reporter.tell(new AuthEvent.AllEnded(now, subject));
    }

    @Override
    public void endOthers(String subject, LoginId keep) {
        tickets.rows(subject).stream()
                .map(LoginRow::id)
                .filter(id -> !id.equals(keep))
                .forEach(this::end);
    }
}
