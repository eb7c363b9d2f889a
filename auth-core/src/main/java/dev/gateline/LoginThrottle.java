package dev.gateline;

import java.time.Duration;

/**
 * Slows down the guessing of passwords. An attempt counts when it is permitted, so that parallel attempts don't pass
 * together. A successful attempt is given back. {@link dev.gateline.throttle.StoredLoginThrottle} is the implementation
 * to wire. Implementations are thread-safe.
 */
public interface LoginThrottle {

    /**
     * Counts an attempt, unless there were too many before. A refused attempt is not counted. An account that does not
     * exist must be treated like any other.
     *
     * @param attempt the attempt of a client, of any content
     * @return zero if the attempt may go on and has been counted; otherwise the time to wait before the next attempt
     * @throws AuthUnavailableException if a store that is needed for the answer can't give it
     */
    Duration attempt(LoginAttempt attempt);

    /**
     * Gives a permitted attempt back after the user has proved who they are, and makes the device known. Attempts of
     * strangers at this account don't count for a known device.
     *
     * @param attempt as it was permitted
     * @return the text that the device presents at its next attempts, as {@link LoginAttempt#device()}: at most 1,024
     *     characters of the cookie alphabet; empty if this throttle knows no devices
     * @throws AuthUnavailableException if a store failed; the attempt then stays counted
     */
    String succeeded(LoginAttempt attempt);
}
