package dev.gateline.engine;

import dev.gateline.Login;
import dev.gateline.Timeouts;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * Which timeouts a login has.
 *
 * @param usual of most logins
 * @param remembered of those that the client keeps beyond its own end
 * @param shortened what the host makes of them for one login; the shorter of its answer and these counts
 */
public record LoginTimeouts(Timeouts usual, Timeouts remembered, BiFunction<Login, Timeouts, Timeouts> shortened) {

    Timeouts of(Login login) {
        Timeouts most = login.remembered() ? remembered : usual;
        return shortened.apply(login, most).atMost(most);
    }

    /** For as long as any of them can go on. */
    Duration longest() {
        Duration one = usual.absolute();
        Duration other = remembered.absolute();
        return one.compareTo(other) > 0 ? one : other;
    }
}
