package dev.gateline.engine;

import dev.gateline.AuthEvent;
import dev.gateline.ClientInfo;
import dev.gateline.EndReason;
import dev.gateline.LoginId;
import dev.gateline.LoginInfo;
import dev.gateline.Logins;
import dev.gateline.store.LoginRow;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The logins of one kind of ticket. */
final class TicketLogins implements Logins {
    private final LoginRows rows;
    private final Clock clock;
    private final Reporter reporter;

    TicketLogins(LoginRows rows, Clock clock, Reporter reporter) {
        this.rows = rows;
        this.clock = clock;
        this.reporter = reporter;
    }

    @Override
    public List<LoginInfo> of(String subject) {
        Instant now = clock.instant();
        return rows.of(subject).stream()
                .filter(row -> row.isLiveAt(now) && !rows.isRevoked(row.revocable(), Reach.COPY))
                .sorted(Comparator.comparing((LoginRow row) -> row.state().startedAt())
                        .reversed())
                .map(LoginRow::info)
                .toList();
    }

    @Override
    public void end(LoginId id) {
        Instant now = clock.instant();
        rows.findAndEnd(id, now).ifPresent(row -> reporter.tell(rows.ended(id, row.subject(), EndReason.ENDED, now)));
    }

    /** Also finds the row of an ended login that could not be deleted. Another ending deletes the row. */
    @Override
    public boolean end(String subject, LoginId id) {
        Optional<LoginRow> own =
                rows.find(id, Reach.STORE).filter(row -> row.subject().equals(subject));
        own.ifPresent(this::end);
        return own.isPresent();
    }

    private void end(LoginRow row) {
        Instant now = clock.instant();
        rows.end(row.id(), EndReason.ENDED, now);
        reporter.tell(rows.ended(row.id(), row.subject(), EndReason.ENDED, now));
    }

    @Override
    public void endAll(String subject) {
        Instant now = clock.instant();
        rows.endAll(subject, now);
        reporter.tell(new AuthEvent.AllEnded(now, ClientInfo.current(), rows.realm(), subject));
    }

    @Override
    public void endEverybody() {
        Instant now = clock.instant();
        rows.endEverybody(now);
        reporter.tell(new AuthEvent.EverybodyEnded(now, ClientInfo.current(), rows.realm()));
    }

    @Override
    public void endOthers(String subject, LoginId keep) {
        rows.of(subject).stream().filter(row -> !row.id().equals(keep)).forEach(this::end);
    }
}
