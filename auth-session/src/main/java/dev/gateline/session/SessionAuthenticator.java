package dev.gateline.session;

import dev.gateline.Activity;
import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.CredentialKind;
import dev.gateline.Ending;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.LoginLimit;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Accepted;
import dev.gateline.Outcome.Rejected;
import dev.gateline.Requirement;
import dev.gateline.engine.Reporter;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Logins as sessions: the client holds an opaque id, the store everything else. The access and the renewal credential
 * are the same ticket; {@link #renew} rotates it. Thread-safe.
 *
 * <p>{@link #authenticate} costs one look-up in the store and one in the revocations. Its use is written down behind
 * it, at most once a minute and session.
 */
public final class SessionAuthenticator implements Authenticator {
    /** Before the name of a realm, in which there is no colon. */
    private static final String VISITORS = "v:";

    private final Sessions sessions;
    private final SessionExpiry expiry;
    private final SessionRevocation revocation;
    private final Clock clock;
    private final Reporter reporter;

    SessionAuthenticator(
            Sessions sessions, SessionExpiry expiry, SessionRevocation revocation, Clock clock, Reporter reporter) {
        this.sessions = sessions;
        this.expiry = expiry;
        this.revocation = revocation;
        this.clock = clock;
        this.reporter = reporter;
    }

    /**
     * Starts wiring.
     *
     * @param storage where sessions are kept; not closed by {@link #close()}
     */
    public static SessionAuthenticatorBuilder builder(Storage storage) {
        return new SessionAuthenticatorBuilder(storage, "");
    }

    /**
     * Starts wiring sessions of visitors who have not logged in, so that there is a place for their data. Their
     * credential proves nothing but that: it is of a realm of its own, and any number of them may have one subject.
     *
     * <p>Anybody can start one, as often as they like, and a storage that is full refuses logins: so visitors belong
     * into a storage of their own, one in memory say, that may be full of them without harm to users. In a shared one,
     * several nodes see the same visits.
     *
     * @param storage where sessions are kept; not that of the users
     */
    public static SessionAuthenticatorBuilder visitors(Storage storage) {
        return new SessionAuthenticatorBuilder(storage, VISITORS).limit(LoginLimit.none());
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        Instant now = clock.instant();
        Outcome<Identity> used = sessions.use(credential, requirement, activity, now);
        Outcome<Identity> judged = requirement.checkProof(used, now);
        if (used instanceof Accepted<Identity> live && judged instanceof Rejected<Identity> insufficient) {
            return reporter.reject(insufficient.reason(), CredentialKind.SESSION_ID, live.value(), now);
        }
        return judged;
    }

    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        return revocation.recheck(identity, requirement, clock.instant());
    }

    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        return revocation.onEnded(listener);
    }

    @Override
    public Set<String> prefixes() {
        return Set.of(Sessions.PREFIX);
    }

    @Override
    public Grant login(Login login, GrantCheck check) {
        return sessions.start(login, revocation.replaced(login), check, clock.instant());
    }

    @Override
    public Outcome<Grant> renew(Credential renewal, GrantCheck check) {
        return sessions.renew(renewal, check, clock.instant());
    }

    @Override
    public Outcome<Grant> refresh(Credential renewal, Activity activity, GrantCheck check) {
        return sessions.refresh(renewal, activity, check, clock.instant());
    }

    @Override
    public boolean isRenewalDue(Credential access, Identity identity) {
        return expiry.isRotationDue(identity, clock.instant());
    }

    /**
     * What the host keeps with a session, such as a cart.
     *
     * @param identity as it was authenticated; one that is not of this authenticator has no data, and can keep none
     * @return asks the store only when it is used
     */
    public SessionData data(Identity identity) {
        return sessions.data(identity);
    }

    /**
     * What the host keeps with a session that it names itself: one that has just started, as in
     * {@link Grant#loginId()}. The id of an {@link Identity} is none to give here, because it may be of another
     * authenticator, and any issuer of tokens may choose it.
     *
     * @param id of a session of this authenticator; whoever names it here has access
     * @return asks the store only when it is used
     */
    public SessionData data(LoginId id) {
        return sessions.data(Optional.of(id));
    }

    @Override
    public Outcome<Grant> reauthenticate(Credential renewal, Login again, GrantCheck check) {
        return sessions.reauthenticate(renewal, again, check, clock.instant());
    }

    @Override
    public Outcome<LoginId> logout(Credential credential) {
        return revocation.logout(credential, clock.instant());
    }

    @Override
    public Logins logins() {
        return revocation.logins();
    }

    /** Writes down when sessions were last seen, as far as that is not done yet. */
    @Override
    public void close() {
        sessions.close();
    }
}
