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
 * Logins as sessions: the client holds an opaque id, and the store holds everything else. The access and the renewal
 * credential are the same ticket; {@link #renew} rotates it. Thread-safe.
 *
 * <p>{@link #authenticate} costs one look-up in the store and one in the revocations. The use is written after the
 * request, at most once a minute for each session.
 */
public final class SessionAuthenticator implements Authenticator {
    /** The part of a realm before its name, in which there is no colon. */
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
     * @param storage the storage of the sessions; not closed by {@link #close()}
     */
    public static SessionAuthenticatorBuilder builder(Storage storage) {
        return new SessionAuthenticatorBuilder(storage, "");
    }

    /**
     * Starts wiring sessions of visitors who have not logged in, so that a host can keep data for them. Their
     * credential does not prove who they are. It belongs to a realm of its own, and all visitors may have the same
     * subject.
     *
     * <p>Anybody can start visits, as many as they like, and a full storage refuses logins. Visitors therefore need a
     * storage of their own, for example in memory, which may be full without harm to users. With a shared storage,
     * several nodes see the same visits.
     *
     * @param storage the storage of the visits; not that of the users
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
    public Optional<Identity> tryAuthenticate(Credential credential, Requirement requirement, Activity activity) {
        if (requirement.isAuthoritative()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return sessions.tryUse(credential, activity, now)
                .flatMap(identity -> requirement.check(identity, now).toOptional());
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
     * The data that the host keeps with a session, such as a cart.
     *
     * @param identity an authenticated identity; an identity of another authenticator has no data and can't keep any
     * @return the data, which asks the store only when it is used
     */
    public SessionData data(Identity identity) {
        return sessions.data(identity);
    }

    /**
     * The data of a session that the host names itself: a session that has just started, as in {@link Grant#loginId()}.
     * Don't pass the id of an {@link Identity} here, because it may belong to another authenticator, and any issuer of
     * tokens may choose it.
     *
     * @param id the id of a session of this authenticator, which gives access to its data
     * @return the data, which asks the store only when it is used
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

    /** Writes the last uses of sessions that are not written yet. */
    @Override
    public void close() {
        sessions.close();
    }
}
