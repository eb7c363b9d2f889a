package dev.gateline;

import java.time.Instant;

/**
 * Who tries to prove to be whom. Nothing in it needs to exist or to be of any form. Immutable.
 *
 * <p>An account is to be called by one name. A host whose users log in by a mail address as well as by a user name, or
 * whose database takes {@code ø} for {@code o}, looks the account up and passes the name that it has there, and what
 * was typed where there is no account: each other name would have a budget of its own.
 *
 * @param account the name of the account, as the host has it or as it was typed. One of more than 320 characters is no
 *     account's: it is never normalized
 * @param client where the attempt comes from, as the host knows it: the address behind proxies that it trusts; empty if
 *     unknown. Of an IPv6 address the first 64 bits count, and the first 48
 * @param device what {@link LoginThrottle#succeeded} gave to the device earlier; empty if none
 * @param devicesSince since when devices count as known; {@link Instant#EPOCH} if all do
 */
public record LoginAttempt(String account, String client, String device, Instant devicesSince) {

    /**
     * An attempt from a client that nothing is known of.
     *
     * @param account the name of the account, as the host has it or as it was typed
     */
    public static LoginAttempt of(String account) {
        return new LoginAttempt(account, "", "", Instant.EPOCH);
    }

    /**
     * The same attempt, from a client.
     *
     * @param client its address, never one that the client could choose, such as an unchecked {@code X-Forwarded-For}
     */
    public LoginAttempt from(String client) {
        return new LoginAttempt(account, client, device, devicesSince);
    }

    /**
     * The same attempt, from a device.
     *
     * @param device as the client presented it, of any content
     */
    public LoginAttempt by(String device) {
        return new LoginAttempt(account, client, device, devicesSince);
    }

    /**
     * The same attempt, at an account that has forgotten its older devices: those that it has not logged in on since
     * then are strangers. A host passes when the password was last changed, so that who knew the old one is a stranger.
     *
     * @param changedAt by a clock that agrees with this node's; {@link Instant#EPOCH} if the account does not exist
     */
    public LoginAttempt devicesSince(Instant changedAt) {
        return new LoginAttempt(account, client, device, changedAt);
    }

    /** Without what was typed: people type passwords into the wrong field. */
    @Override
    public String toString() {
        return "LoginAttempt[redacted]";
    }
}
