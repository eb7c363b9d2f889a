package dev.gateline.engine;

import dev.gateline.Login;
import dev.gateline.Timeouts;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * The timeouts of a kind of logins.
 *
 * @param usual the timeouts of most logins
 * @param remembered the timeouts of remembered logins
 * @param shortened the host's function that shortens the timeouts of one login
 */
public record LoginTimeouts(Timeouts usual, Timeouts remembered, BiFunction<Login, Timeouts, Timeouts> shortened) {

    Timeouts of(Login login) {
        Timeouts most = login.remembered() ? remembered : usual;
        return shortened.apply(login, most).atMost(most);
    }

    /** The longest time that a login can last. */
    Duration longest() {
        Duration one = usual.absolute();
        Duration other = remembered.absolute();
        return one.compareTo(other) > 0 ? one : other;
    }
}
