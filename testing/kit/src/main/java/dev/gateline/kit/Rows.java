package dev.gateline.kit;

import dev.gateline.Claims;
import dev.gateline.LoginId;
import dev.gateline.internal.Secrets;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import dev.gateline.store.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Rows for a store under test, of logins that start at {@link #NOW} and end eight hours later. */
public final class Rows {
    /**
     * The start and the last use of the logins. It is later than the end of any run of tests, so that no server's clock
     * finds them expired. It has a fraction in microseconds, which a store must keep.
     */
    @SuppressWarnings("TimeInStaticInitializer")
    public static final Instant NOW = Instant.now()
            .truncatedTo(ChronoUnit.SECONDS)
            .plus(Duration.ofHours(1))
            .plus(123_456, ChronoUnit.MICROS);

    /** The idle timeout of the logins. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** The absolute timeout of the logins. */
    public static final Duration ABSOLUTE = Duration.ofHours(8);

    /**
     * Users who are all different, although a collation, a trim or a normal form of Unicode would take some for the
     * same. The first one is a visitor who has not logged in.
     */
    static final List<String> LOOK_ALIKES = List.of(
            "",
            "ada",
            "Ada",
            "ADA",
            " ada",
            "ada ",
            "ada\t",
            "ada\r\n",
            "ada\0",
            "ad\u00e1",
            "ada\u0301",
            "\u00e4da",
            "a\u0308da",
            "\uff41da",
            "\u0430da",
            "a\u00adda",
            "\u00df",
            "ss",
            "ad_",
            "ad%",
            "ada*",
            "{ada}",
            "?",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00",
            "\ufffd",
            "\u20ac".repeat(254),
            "\u20ac".repeat(255));

    private Rows() {}

    /** Creates the row of a new login. */
    public static LoginRow of(String subject) {
        return version(Secrets.id(), subject, 0, NOW);
    }

    /** Creates the row of a new login with another id and version. */
    static LoginRow of(LoginId id, long version) {
        LoginRow row = of("ada");
        return new LoginRow(id, row.realm(), row.subject(), version, row.lastSeenAt(), row.state());
    }

    /** Creates the row of a new login in another realm. */
    public static LoginRow ofRealm(String realm, String subject) {
        LoginRow row = of(subject);
        return new LoginRow(row.id(), realm, subject, 0, row.lastSeenAt(), row.state());
    }

    /** Creates another version of a row, with another use and another ticket. */
    public static LoginRow next(LoginRow row, Instant seenAt) {
        return version(row.id().value(), row.subject(), row.version() + 1, seenAt);
    }

    private static LoginRow version(String id, String subject, long version, Instant seenAt) {
        LoginState state = LoginState.builder(TicketState.ofNobody(3, seenAt))
                .epoch(1_772_355_600_123_456L)
                .client("Firefox on Linux")
                .remembered(true)
                .startedAt(NOW)
                .endsAt(NOW.plus(ABSOLUTE))
                .idleTimeout(IDLE)
                .authenticatedAt(NOW.minusSeconds(5))
                .methods(List.of("pwd", "otp"))
                .claims(Claims.of(Map.of("roles", List.of("keeper"), "level", 3, "note", "Zoë \uD83C\uDFA1")))
                .data(Map.of("cart", "{\"items\":[]}"))
                .build();
        return new LoginRow(new LoginId(id), "gs_", subject, version, seenAt, state);
    }
}
