package dev.gateline.spi;

import dev.gateline.Login;
import dev.gateline.Timeouts;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * Which time-outs a login has.
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
        return usual.absolute().compareTo(remembered.absolute()) > 0 ? usual.absolute() : remembered.absolute();
    }
}
