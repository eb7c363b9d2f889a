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

/** Rows to put into a store under test: of a login that started at {@link #NOW} and ends eight hours later. */
public final class Rows {
    /**
     * When the logins start, and are last seen. It lies ahead of the real now by more than a run of tests takes, so
     * that no server's clock calls them dead.
     */
    @SuppressWarnings("TimeInStaticInitializer")
    public static final Instant NOW =
            Instant.now().truncatedTo(ChronoUnit.MICROS).plus(Duration.ofHours(1));

    /** How long they may go unused. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** How long after its start a login ends in any case. */
    public static final Duration ABSOLUTE = Duration.ofHours(8);

    /** Users who are all different, however alike a collation, a trim or a normal form of Unicode takes them to be. */
    static final List<String> LOOK_ALIKES = List.of(
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

    /** A new login. */
    public static LoginRow of(String subject) {
        return version(Secrets.id(), subject, 0, NOW);
    }

    /** A new login of another authenticator. */
    public static LoginRow ofRealm(String realm, String subject) {
        LoginRow row = of(subject);
        return new LoginRow(row.id(), realm, subject, 0, row.lastSeenAt(), row.state());
    }

    /** Another version of a row, seen at an instant, with another ticket. */
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
