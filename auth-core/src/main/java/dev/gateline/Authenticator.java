package dev.gateline;

/**
 * One way of keeping users logged in. The host verifies the user (password, passkey, an identity provider), then calls
 * {@link #login}; from there on, {@link #authenticate} says who a request comes from until the login ends.
 *
 * <p>Thread-safe. What a caller may get wrong comes back as a {@link Rejection}; a store that is down is an
 * {@link AuthUnavailableException} from every method: an outage is never "logged out" and never "let in".
 */
public interface Authenticator extends Verifier, AutoCloseable {

    /**
     * Starts a login for a user whom the host has just verified. Always mints new secrets. A login named by
     * {@link Login#replaces()} ends as this one starts, and does not count against a {@link LoginLimit} any more.
     *
     * @param login who the user is, and how that was proved
     * @return the credentials to hand to the client
     * @throws LoginRefusedException if the login can't be held: the store is full, or the claims don't fit
     * @throws AuthUnavailableException if a store failed; nobody then holds a credential of this login, and no other
     *     has ended for it
     */
    default Grant login(Login login) {
        return login(login, GrantCheck.any());
    }

    /**
     * Starts a login, as {@link #login(Login)}, whose grant must pass a check.
     *
     * @param login who the user is, and how that was proved
     * @param check what it throws is thrown here; there is no login then, and no other has ended for it
     */
    Grant login(Login login, GrantCheck check);

    /**
     * Trades a renewal credential for fresh credentials. The secret is rotated; whoever presents the same credential
     * twice, because two tabs raced or a response was lost, gets the same successor. A credential that was handed out
     * in the last minute or so is kept: the fresh credentials then have the same one again.
     *
     * @param renewal {@link Grant#renewal()} as the client sent it
     * @return fresh credentials of the same login; {@link Rejection#REUSED} if the credential was traded before, its
     *     successor has been used and the grace is long over, in which case the login has ended
     * @throws AuthUnavailableException if a store failed; the credential is then still good to try again with
     */
    default Outcome<Grant> renew(Credential renewal) {
        return renew(renewal, GrantCheck.any());
    }

    /**
     * Trades a renewal credential, as {@link #renew(Credential)}, for a grant that must pass a check.
     *
     * @param renewal {@link Grant#renewal()} as the client sent it
     * @param check a {@link GrantTooLargeException} of it is thrown as an {@link AuthUnavailableException}, as a
     *     failure of the {@link RenewalPolicy}; nothing has changed then
     */
    Outcome<Grant> renew(Credential renewal, GrantCheck check);

    /**
     * A fresh access credential for a renewal credential, which stays the same. For a carrier that renews by itself and
     * can't know whether its answer arrives.
     *
     * @param renewal {@link Grant#renewal()} as the client sent it
     * @return credentials of the same login; {@link Rejection#REUSED} as for {@link #renew}
     * @throws AuthUnavailableException if a store failed
     */
    default Outcome<Grant> refresh(Credential renewal) {
        return refresh(renewal, Activity.USER, GrantCheck.any());
    }

    /**
     * A fresh access credential, as {@link #refresh(Credential)}, in a grant that must pass a check.
     *
     * @param renewal {@link Grant#renewal()} as the client sent it
     * @param activity whether this puts off the idle timeout
     * @param check as for {@link #renew(Credential, GrantCheck)}
     */
    Outcome<Grant> refresh(Credential renewal, Activity activity, GrantCheck check);

    /**
     * Whether an access credential that was just accepted should be traded on the way, by a carrier that can hand out
     * its successor: by {@link #renew} if it is its own renewal credential, and old enough; else by {@link #refresh},
     * if it was issued in the background, so that its use by the user is noted.
     *
     * @param access as presented by the user
     * @param identity what it proved
     */
    default boolean isRenewalDue(Credential access, Identity identity) {
        return false;
    }

    /**
     * Steps up: the same login with a new proof of who the user is. The claims become those of {@code again}. What was
     * presented stops working at once, and so does every older access credential of the login; a copy is worth nothing
     * afterwards. What {@code again} says of the client, of being remembered and of a credential to replace is not
     * looked at: the login has all that already.
     *
     * @param renewal {@link Grant#renewal()} as the client sent it
     * @param again the new proof, for the same subject
     * @return new credentials of the same login; {@link Rejection#WRONG_SUBJECT} if somebody else proved themselves
     * @throws LoginRefusedException if the claims don't fit; nothing has changed then
     * @throws AuthUnavailableException if a store failed
     */
    default Outcome<Grant> reauthenticate(Credential renewal, Login again) {
        return reauthenticate(renewal, again, GrantCheck.any());
    }

    /**
     * Steps up, as {@link #reauthenticate(Credential, Login)}, with a grant that must pass a check.
     *
     * @param renewal {@link Grant#renewal()} as the client sent it
     * @param again the new proof, for the same subject
     * @param check what it throws is thrown here; nothing has changed then
     */
    Outcome<Grant> reauthenticate(Credential renewal, Login again, GrantCheck check);

    /**
     * Ends the login that a credential belongs to. Idempotent. A credential that is not good for anything else any more
     * still ends its login: an expired one, or one from before a renewal or a step-up.
     *
     * @param credential an access or a renewal credential
     * @return the login, which has ended now or had before; rejected if the credential proves nothing.
     *     {@link Rejection#UNKNOWN} for a secret that no login has, because its login has ended before or it is a
     *     guess; after any other rejection, such as that of a token whose key was removed, its login may live, and the
     *     user should hear that
     * @throws AuthUnavailableException if the login may not have ended everywhere; call again
     */
    Outcome<LoginId> logout(Credential credential);

    /**
     * What is live, and ending it.
     *
     * @return the logins kept by this authenticator
     */
    Logins logins();

    /** Releases what this authenticator holds. It does not close stores that were handed to it. */
    @Override
    void close();
}
