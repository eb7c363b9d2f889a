package dev.gateline.http;

import dev.gateline.LoginAttempt;
import dev.gateline.LoginThrottle;
import dev.gateline.Outcome;
import java.time.Duration;
import java.util.Optional;

/**
 * A throttle, and the cookie by which a browser's device is known. Immutable, thread-safe.
 *
 * @param throttle counts the attempts
 * @param cookie the cookie; empty if no lane has cookies
 */
record Throttle(LoginThrottle throttle, Optional<DeviceCookie> cookie) {

    /** The longest time for which browsers keep a cookie (RFC 6265bis section 5.5). */
    private static final Duration KEPT = Duration.ofDays(400);

    /** Whether an attempt may go on. If it may not, the response says how long to wait. */
    boolean permits(Exchange exchange, LoginAttempt attempt) {
        Duration wait = throttle.attempt(by(exchange, attempt));
        if (!wait.isZero()) {
            exchange.addHeader(
                    "Retry-After", String.valueOf(wait.plusMillis(999).toSeconds()));
        }
        return wait.isZero();
    }

    void succeeded(Exchange exchange, LoginAttempt attempt) {
        String device = throttle.succeeded(by(exchange, attempt));
        if (cookie.isPresent() && !device.isEmpty()) {
            exchange.addHeader("Cache-Control", "no-store");
            exchange.addHeader(
                    "Set-Cookie",
                    cookie.get().name() + "=" + device + "; Max-Age=" + KEPT.toSeconds()
                            + cookie.get().attributes());
        }
    }

    /** The attempt with its device. If a request has two different cookies, the device is not known. */
    private LoginAttempt by(Exchange exchange, LoginAttempt attempt) {
        return cookie.map(device ->
                        Cookies.of(exchange.headers("Cookie"), device.name()).one())
                .flatMap(Outcome::toOptional)
                .flatMap(value -> value)
                .map(attempt::by)
                .orElse(attempt);
    }
}
