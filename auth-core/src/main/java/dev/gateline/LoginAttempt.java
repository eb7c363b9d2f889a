package dev.gateline;

/**
 * Who tries to prove to be whom. Nothing in it needs to exist or to be of any form. Immutable.
 *
 * @param account the name by which the host looks up the account, as it was typed or as the host normalizes it
 * @param client where the attempt comes from, as the host knows it: the address behind proxies that it trusts; empty if
 *     unknown. Of an IPv6 address the first 64 bits count
 * @param device what {@link LoginThrottle#succeeded} gave to the device earlier; empty if none
 */
public record LoginAttempt(String account, String client, String device) {

    /**
     * An attempt from a client that nothing is known of.
     *
     * @param account the name by which the host looks up the account
     */
    public static LoginAttempt of(String account) {
        return new LoginAttempt(account, "", "");
    }

    /**
     * The same attempt, from a client.
     *
     * @param client its address, never one that the client could choose, such as an unchecked {@code X-Forwarded-For}
     */
    public LoginAttempt from(String client) {
        return new LoginAttempt(account, client, device);
    }

    /**
     * The same attempt, from a device.
     *
     * @param device as the client presented it, of any content
     */
    public LoginAttempt by(String device) {
        return new LoginAttempt(account, client, device);
    }

    /** Without what was typed: people type passwords into the wrong field. */
    @Override
    public String toString() {
        return "LoginAttempt[redacted]";
    }
}
