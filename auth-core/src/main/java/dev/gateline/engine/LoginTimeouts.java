package dev.gateline.engine;

import dev.gateline.Login;
import dev.gateline.Timeouts;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which timeouts a login has.
 *
 * @param usual of most logins
 * @param remembered of those that the client keeps beyond its own end
 * @param shortened what the host makes of them for one login; the shorter of its answer and these counts
 */
public record LoginTimeouts(Timeouts usual, Timeouts remembered, BiFunction<Login, Timeouts, Timeouts> shortened) {
    private static final Timeouts USUAL = new Timeouts(Duration.ofMinutes(30), Duration.ofHours(12));
    private static final Timeouts REMEMBERED = new Timeouts(Duration.ofDays(14), Duration.ofDays(30));

    /**
     * Fills in what the host has not set, alike for every strategy: 30 minutes idle, or the absolute timeout if that is
     * shorter, and 12 hours absolute; for remembered logins 14 and 30 days, or the usual ones where those are longer.
     *
     * @param idle of most logins; null for the default
     * @param absolute of most logins; null for the default
     * @param remembered null for the default
     * @param shortened as in the record
     */
    public static LoginTimeouts withDefaults(
            @Nullable Duration idle,
            @Nullable Duration absolute,
            @Nullable Timeouts remembered,
            BiFunction<Login, Timeouts, Timeouts> shortened) {
        Duration longest = absolute != null ? absolute : USUAL.absolute();
        Timeouts usual = new Timeouts(idle != null ? idle : shorter(USUAL.idle(), longest), longest);
        return new LoginTimeouts(usual, remembered != null ? remembered : longer(usual, REMEMBERED), shortened);
    }

    private static Timeouts longer(Timeouts one, Timeouts other) {
        return new Timeouts(longer(one.idle(), other.idle()), longer(one.absolute(), other.absolute()));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    Timeouts of(Login login) {
        Timeouts most = login.remembered() ? remembered : usual;
        return shortened.apply(login, most).atMost(most);
    }

    /** For as long as any of them can go on. */
    Duration longest() {
        return longer(usual.absolute(), remembered.absolute());
    }
}
