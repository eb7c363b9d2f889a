package dev.gateline;

import java.time.Instant;

/**
 * An attempt to log in: an account, a client and a device. None of them has to exist or to have a certain form.
 * Immutable.
 *
 * <p>Pass one name for each account, because each name has a budget of its own. If users can log in by a mail address
 * and by a user name, or if the host's database treats {@code ø} as {@code o}, the host looks the account up and passes
 * the name that it has there. If there is no such account, it passes the typed name.
 *
 * @param account the name of the account, as the host has it or as it was typed; a name of more than 320 characters,
 *     not counting blanks, accents and control characters, is never normalized
 * @param client the address of the client, behind the proxies that the host trusts; empty if unknown. Of an IPv6
 *     address the first 64 bits and the first 48 bits count
 * @param device the text that {@link LoginThrottle#succeeded} gave to the device earlier; empty if none
 * @param devicesSince the instant since which devices count as known; {@link Instant#EPOCH} if all do
 */
public record LoginAttempt(String account, String client, String device, Instant devicesSince) {

    /**
     * An attempt of an unknown client.
     *
     * @param account the name of the account, as the host has it or as it was typed
     */
    public static LoginAttempt of(String account) {
        return new LoginAttempt(account, "", "", Instant.EPOCH);
    }

    /**
     * Returns this attempt with the address of its client.
     *
     * @param client the address; never one that the client could choose, such as an unchecked {@code X-Forwarded-For}
     */
    public LoginAttempt from(String client) {
        return new LoginAttempt(account, client, device, devicesSince);
    }

    /**
     * Returns this attempt with its device.
     *
     * @param device the text that the client presented, of any content
     */
    public LoginAttempt by(String device) {
        return new LoginAttempt(account, client, device, devicesSince);
    }

    /**
     * Returns this attempt for an account that has forgotten its older devices. A device without a login since then is
     * a stranger. A host passes the time of the last change of the password, so that the devices of somebody who knew
     * the old one are strangers.
     *
     * @param changedAt the time, by a clock that agrees with this node's; {@link Instant#EPOCH} if the account does not
     *     exist
     */
    public LoginAttempt devicesSince(Instant changedAt) {
        return new LoginAttempt(account, client, device, changedAt);
    }

    /** Shows no typed text, because people type passwords into the wrong field. */
    @Override
    public String toString() {
        return "LoginAttempt[redacted]";
    }
}
