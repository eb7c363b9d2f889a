package dev.gateline.redis;

import dev.gateline.Claims;
import dev.gateline.LoginId;
import dev.gateline.spi.LoginRow;
import dev.gateline.spi.LoginState;
import dev.gateline.spi.Secrets;
import dev.gateline.spi.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Rows to put into a store. */
final class TestRows {
    static final Instant NOW = Instant.parse("2026-03-01T09:00:00.123456Z");
    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration ABSOLUTE = Duration.ofHours(8);

    private TestRows() {}

    static LoginRow of(String subject) {
        TicketState ticket = new TicketState(Secrets.bytes(32), Secrets.bytes(32), 0, NOW, false, NOW);
        LoginState state = new LoginState(
                0,
                "",
                false,
                NOW,
                NOW.plus(ABSOLUTE),
                IDLE,
                NOW,
                List.of("pwd"),
                Claims.of(Map.of()),
                ticket,
                Map.of());
        return new LoginRow(new LoginId(Secrets.id()), "gs_", subject, 0, NOW, state);
    }

    /** The next version, last seen when the one before was. */
    static LoginRow next(LoginRow row) {
        return new LoginRow(row.id(), row.realm(), row.subject(), row.version() + 1, row.lastSeenAt(), row.state());
    }
}
