package dev.gateline;

import java.time.Duration;

/**
 * Slows down those who guess passwords. An attempt counts from the moment it is permitted, so that attempts in parallel
 * don't pass together; one that succeeds is given back. {@link dev.gateline.throttle.StoredLoginThrottle} is the
 * implementation to wire. Implementations are thread-safe.
 */
public interface LoginThrottle {

    /**
     * Counts an attempt, unless there were too many: a refused one counts for nothing. Whether the account exists must
     * make no difference.
     *
     * @param attempt that a client wants to make, of any content
     * @return zero if the attempt may go on and has been counted; else how long to wait for the next
     * @throws AuthUnavailableException if a store that is needed for the answer can't give it
     */
    Duration attempt(LoginAttempt attempt);

    /**
     * Gives a permitted attempt back, whose user has proved who they are, and makes the device known: a stranger's
     * attempts at this account do not count for it.
     *
     * @param attempt as it was permitted
     * @return what the device presents at its next attempts, as {@link LoginAttempt#device()}: at most 1,024 characters
     *     of the cookie alphabet; empty if this throttle knows no devices
     * @throws AuthUnavailableException if a store failed; the attempt then stays counted
     */
    String succeeded(LoginAttempt attempt);
}
