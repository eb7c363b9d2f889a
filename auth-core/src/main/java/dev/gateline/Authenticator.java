package dev.gateline;

/**
 * One way of keeping users logged in. The host verifies the user (password, passkey, an identity provider), then calls
 * {@link #login}; from then on, {@link #authenticate} says who sent a request, until the login ends.
 *
 * <p>Thread-safe. Bad input of a client is a {@link Rejection}. If a store is down, every method throws an {@link
 * AuthUnavailableException}: an outage logs nobody out and lets nobody in.
 */
public interface Authenticator extends Verifier, AutoCloseable {

    /**
     * Starts a login for a user whom the host has just verified. Always makes new secrets. The login that {@link
     * Login#replaces()} names ends when this one has started, and does not count against a {@link LoginLimit}.
     *
     * @param login who the user is, and how that was proved
     * @return the credentials to hand to the client
     * @throws LoginRefusedException if the login can't be held: the store is full, or the claims don't fit
     * @throws AuthUnavailableException if a store failed; then nobody holds a credential of this login, and no other
     *     login has ended for it
     */
    default Grant login(Login login) {
        return login(login, GrantCheck.any());
    }

    /**
     * Starts a login, as {@link #login(Login)}, whose grant must pass a check.
     *
     * @param login who the user is, and how that was proved
     * @param check its exception is thrown here; then there is no login, and no other login has ended for it
     */
    Grant login(Login login, GrantCheck check);

    /**
     * Trades a renewal credential for fresh credentials. The secret is rotated. A client that presents the same
     * credential twice, because two tabs raced or a response was lost, gets the same successor. A renewal credential
     * that a renewal handed out less than about a minute ago is not rotated: the grant contains the same one again.
     *
     * @param renewal {@link Grant#renewal()} as the client sent it
     * @return fresh credentials of the same login; {@link Rejection#REUSED} if the credential was traded before, its
     *     successor has been used and the grace is long over, in which case the login has ended
     * @throws AuthUnavailableException if a store failed; the credential is still good, so try again with it
     */
    default Outcome<Grant> renew(Credential renewal) {
        return renew(renewal, GrantCheck.any());
    }

    /**
     * Trades a renewal credential, as {@link #renew(Credential)}, for a grant that must pass a check.
     *
     * @param renewal {@link Grant#renewal()} as the client sent it
     * @param check its {@link GrantTooLargeException} becomes an {@link AuthUnavailableException}, like a failure of
     *     the {@link RenewalPolicy}; nothing has changed then
     */
    Outcome<Grant> renew(Credential renewal, GrantCheck check);

    /**
     * Issues a fresh access credential for a renewal credential, which stays the same. It is for a carrier that renews
     * on its own and can't know whether its answer arrives.
     *
     * @param renewal {@link Grant#renewal()} as the client sent it
     * @return credentials of the same login; {@link Rejection#REUSED} as for {@link #renew}
     * @throws AuthUnavailableException if a store failed
     */
    default Outcome<Grant> refresh(Credential renewal) {
        return refresh(renewal, Activity.USER, GrantCheck.any());
    }

    /**
     * Issues a fresh access credential, as {@link #refresh(Credential)} does, in a grant that must pass a check.
     *
     * @param renewal {@link Grant#renewal()} as the client sent it
     * @param activity whether this counts as a use of the login, which postpones the idle timeout
     * @param check as for {@link #renew(Credential, GrantCheck)}
     */
    Outcome<Grant> refresh(Credential renewal, Activity activity, GrantCheck check);

    /**
     * Whether a carrier that can hand out a successor should now trade an access credential that was just accepted. A
     * credential that is its own renewal credential is due when it is old enough, for {@link #renew}. Another one is
     * due if it was issued in the background, for {@link #refresh}, so that its use by the user is noted. It waits for
     * nothing, because event loops call it.
     *
     * @param access as presented by the user
     * @param identity the identity that it proved
     */
    default boolean isRenewalDue(Credential access, Identity identity) {
        return false;
    }

    /**
     * Steps up: the same login gets a new proof of who the user is, and the claims of {@code again}. The presented
     * credential and every older access credential of the login stop working at once, so a copy of them is worthless.
     * The client, the remembered flag and the replaced credential of {@code again} are ignored, because the login has
     * its own.
     *
     * @param renewal {@link Grant#renewal()} as the client sent it
     * @param again the new proof, for the same subject
     * @return new credentials of the same login; {@link Rejection#WRONG_SUBJECT} if another user has proved who they
     *     are
     * @throws LoginRefusedException if the claims don't fit; then nothing has changed
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
     * @param check its exception is thrown here; then nothing has changed
     */
    Outcome<Grant> reauthenticate(Credential renewal, Login again, GrantCheck check);

    /**
     * Ends the login that a credential belongs to. Idempotent. An expired credential, and one from before a renewal or
     * a step-up, still ends its login.
     *
     * @param credential an access or a renewal credential
     * @return the login, which has ended now or before; rejected if the credential proves nothing. {@link
     *     Rejection#UNKNOWN} means that no login has this secret: its login has ended before, or it is a guess. After
     *     any other rejection, such as that of a token whose key was removed, the login may still live, and the user
     *     should be told
     * @throws AuthUnavailableException if the login may not have ended everywhere; call again
     */
    Outcome<LoginId> logout(Credential credential);

    /**
     * Lists the live logins, and ends them.
     *
     * @return the logins kept by this authenticator
     */
    Logins logins();

    /** Releases the resources of this authenticator. It does not close a storage that the host gave to it. */
    @Override
    void close();
}
