package dev.gateline.jwt;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.Authenticator;
import dev.gateline.ClientInfo;
import dev.gateline.Credential;
import dev.gateline.CredentialKind;
import dev.gateline.Ending;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Rejected;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.engine.OwnedLogin;
import dev.gateline.engine.Reporter;
import dev.gateline.engine.Tickets;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Logins as signed tokens: a short-lived access token (RFC 9068), which any node reads without asking a store, and a
 * refresh token, an opaque ticket, which is rotated at each renewal. Ending a login revokes its access tokens at once.
 * Thread-safe.
 */
public final class JwtAuthenticator implements Authenticator, OneIssuer {
    private final JwtVerifier verifier;
    private final AccessTokens accessTokens;
    private final Tickets refreshTokens;
    private final Clock clock;
    private final Reporter reporter;

    JwtAuthenticator(
            JwtVerifier verifier, AccessTokens accessTokens, Tickets refreshTokens, Clock clock, Reporter reporter) {
        this.verifier = verifier;
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.clock = clock;
        this.reporter = reporter;
    }

    /**
     * Starts wiring. {@link JwtAuthenticatorBuilder#issuer issuer(...)} and {@link JwtAuthenticatorBuilder#audience
     * audience(...)} have to be set, too.
     *
     * @param storage the storage of refresh tokens and revocations; not closed by {@link #close()}
     * @param keys the keys for signing and verification
     */
    public static JwtAuthenticatorBuilder builder(Storage storage, KeyRing keys) {
        return new JwtAuthenticatorBuilder(storage, keys);
    }

    @Override
    public String issuer() {
        return verifier.issuer();
    }

    /** Empty, because the host chooses its subjects. */
    @Override
    public String subjectPrefix() {
        return "";
    }

    /** The verifier that reads the access tokens of this authenticator. */
    JwtVerifier verifier() {
        return verifier;
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        Outcome<Identity> outcome = verifier.authenticate(credential, requirement);
        return requirement.isAuthoritative() ? outcome.then(this::stillKept) : outcome;
    }

    @Override
    public Optional<Identity> tryAuthenticate(Credential credential, Requirement requirement, Activity activity) {
        return verifier.tryAuthenticate(credential, requirement, activity);
    }

    /** Whether the token was issued in the background, so that no use by the user has been noted yet. */
    @Override
    public boolean isRenewalDue(Credential access, Identity identity) {
        return verifier.isIssuedInBackground(access);
    }

    private Outcome<Identity> stillKept(Identity identity) {
        Instant now = clock.instant();
        return refreshTokens.isLive(identity.loginId(), now)
                ? Outcome.accepted(identity)
                : reporter.reject(Rejection.REVOKED, CredentialKind.ACCESS_TOKEN, identity, now);
    }

    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        return refreshTokens.recheck(identity, requirement, clock.instant()).map(live -> live.issuedBy(issuer()));
    }

    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        return refreshTokens.onEnded(listener);
    }

    @Override
    public Set<String> prefixes() {
        return Set.of(JwtVerifier.PREFIX, RefreshTokens.PREFIX);
    }

    @Override
    public Grant login(Login login, GrantCheck check) {
        Instant now = clock.instant();
        Optional<OwnedLogin> replaced =
                login.replaces().flatMap(credential -> replaced(credential).toOptional());
        return refreshTokens.start(login, replaced, now, issue -> accessTokens.grant(issue, Activity.USER, check, now));
    }

    @Override
    public Outcome<Grant> renew(Credential renewal, GrantCheck check) {
        Instant now = clock.instant();
        return refreshTokens.renew(renewal, now, issue -> accessTokens.grant(issue, Activity.USER, check, now));
    }

    @Override
    public Outcome<Grant> refresh(Credential renewal, Activity activity, GrantCheck check) {
        Instant now = clock.instant();
        return refreshTokens.refresh(renewal, activity, now, issue -> accessTokens.grant(issue, activity, check, now));
    }

    @Override
    public Outcome<Grant> reauthenticate(Credential renewal, Login again, GrantCheck check) {
        Instant now = clock.instant();
        return refreshTokens.reauthenticate(
                renewal, again, now, issue -> accessTokens.grant(issue, Activity.USER, check, now));
    }

    /** Ends the login of a refresh token, or of an access token, whose signature is checked but not its time. */
    @Override
    public Outcome<LoginId> logout(Credential credential) {
        Instant now = clock.instant();
        if (RefreshTokens.isOne(credential)) {
            return refreshTokens.logout(credential, now);
        }
        Outcome<OwnedLogin> owned = proved(credential).map(JwtAuthenticator::owned);
        owned.toOptional().ifPresent(login -> refreshTokens.logout(login, now));
        return owned.map(OwnedLogin::id);
    }

    /** The content of an access token of this authenticator, live or not. A token of another issuer causes an event. */
    private Outcome<VerifiedToken> proved(Credential access) {
        Outcome<VerifiedToken> outcome = verifier.verified(access);
        return outcome instanceof Rejected<VerifiedToken> rejected ? verifier.tell(rejected) : outcome;
    }

    /** The login of a credential whose place another login takes, if it is one of this authenticator's. */
    private Outcome<OwnedLogin> replaced(Credential credential) {
        return RefreshTokens.isOne(credential)
                ? refreshTokens.owned(credential)
                : verifier.verified(credential).map(JwtAuthenticator::owned);
    }

    private static OwnedLogin owned(VerifiedToken token) {
        return new OwnedLogin(token.identity().loginId(), token.identity().subject());
    }

    /**
     * Revokes one access token and nothing else. The login, its other tokens and its open streams continue, also a
     * stream that this token opened. {@link #logout} or {@link Logins#end} ends those.
     *
     * @param access the token, of any validity; a token that Gateline never signed changes nothing
     * @return the login, whose token is revoked now or was before; rejected if the token proves nothing, for example
     *     because its key was removed, in which case no node that knows this accepts the token
     * @throws dev.gateline.AuthUnavailableException if it may not be revoked everywhere; call again
     */
    public Outcome<LoginId> revokeToken(Credential access) {
        return proved(access).map(this::revoke);
    }

    private LoginId revoke(VerifiedToken token) {
        Instant now = clock.instant();
        Identity identity = token.identity();
        String tokenId = token.revocable().tokenId();
        refreshTokens.endToken(identity.loginId(), tokenId, TokenExpiry.revokedUntil(identity.expiresAt()), now);
        reporter.tell(new AuthEvent.TokenRevoked(
                now, ClientInfo.current(), identity.realm(), identity.loginId(), identity.subject(), tokenId));
        return identity.loginId();
    }

    @Override
    public Logins logins() {
        return refreshTokens.logins();
    }

    /** Releases the resources of this authenticator. The storage and the keys stay open. */
    @Override
    public void close() {
        refreshTokens.close();
    }
}
