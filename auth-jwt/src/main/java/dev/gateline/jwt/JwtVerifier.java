package dev.gateline.jwt;

import dev.gateline.Activity;
import dev.gateline.AuthListener;
import dev.gateline.Credential;
import dev.gateline.CredentialKind;
import dev.gateline.Ending;
import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Accepted;
import dev.gateline.Outcome.Rejected;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.engine.Reach;
import dev.gateline.engine.Reporter;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads access tokens (RFC 9068) of a {@link JwtAuthenticator} or of another issuer. Thread-safe.
 *
 * <p>A token's signature is checked once. After that a request costs a look-up in the cache, one for the key, one in
 * the revocations, and two comparisons of time. The cache only saves work, because times, keys and revocations are
 * checked every time.
 */
public final class JwtVerifier implements OneIssuer {
    /** The beginning of every JSON object in base64url, unless it starts with white space. */
    static final String PREFIX = "ey";

    private final VerifiedTokens verified;
    private final TokenReader reader;
    private final ExpectedClaims expected;
    private final TokenExpiry expiry;
    private final TokenRevocation revocation;
    private final BiConsumer<VerifiedToken, Instant> firstUse;
    private final Clock clock;
    private final Reporter reporter;

    JwtVerifier(JwtVerifierBuilder builder, Clock clock, AuthListener listener) {
        this(builder, new VerifiedTokens(builder.cacheBytes()), clock, listener);
    }

    /**
     * Creates a verifier.
     *
     * @param verified the cache, which may forget any token at any time
     */
    JwtVerifier(JwtVerifierBuilder builder, VerifiedTokens verified, Clock clock, AuthListener listener) {
        this.verified = verified;
        this.clock = clock;
        reporter = new Reporter(clock, listener);
        expected = builder.expected();
        expiry = builder.expiry();
        reader = new TokenReader(builder.keys(), expected, reporter);
        revocation = new TokenRevocation(expected.realm(), builder.revocations(), reporter);
        firstUse = builder.firstUse();
    }

    /**
     * Starts wiring. {@link JwtVerifierBuilder#issuer issuer(...)} and {@link JwtVerifierBuilder#audience
     * audience(...)} have to be set, too.
     *
     * @param keys the trusted keys; a {@link KeyRing} with a shared secret is for one audience only
     */
    public static JwtVerifierBuilder builder(KeySource keys) {
        return new JwtVerifierBuilder(keys);
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        Instant now = clock.instant();
        VerifiedToken token = known(credential);
        if (token == null) {
            Outcome<VerifiedToken> read = read(credential);
            if (read instanceof Rejected<VerifiedToken> rejected) {
                return tell(rejected, now);
            }
            token = ((Accepted<VerifiedToken>) read).value();
        }
        Outcome<Identity> outcome = judge(token, requirement, Reach.of(requirement), now);
        if (!(outcome instanceof Rejected<Identity> rejected)) {
            return outcome;
        }
        if (isForGood(rejected.reason())) {
            verified.forget(credential);
        }
        return reporter.reject(rejected, CredentialKind.ACCESS_TOKEN, token.identity(), now);
    }

    @Override
    public Optional<Identity> tryAuthenticate(Credential credential, Requirement requirement, Activity activity) {
        VerifiedToken token = requirement.isAuthoritative() ? null : verified.find(credential);
        return token != null && reader.isKnownToTrust(token.key())
                ? judge(token, requirement, Reach.MEMORY, clock.instant()).toOptional()
                : Optional.empty();
    }

    /** The cached token; null if the token was not seen before, or its key is not trusted any more. */
    private @Nullable VerifiedToken known(Credential credential) {
        VerifiedToken known = verified.find(credential);
        return known != null && reader.trusts(known.key()) ? known : null;
    }

    private Outcome<VerifiedToken> read(Credential credential) {
        Outcome<VerifiedToken> read = reader.read(credential);
        if (read instanceof Accepted<VerifiedToken> accepted) {
            verified.keep(credential, accepted.value());
        }
        return read;
    }

    /** Judges what changes with time, in the order in which a client can do something about it. */
    private Outcome<Identity> judge(VerifiedToken token, Requirement requirement, Reach reach, Instant now) {
        Optional<Rejected<Identity>> refused = expiry.refuses(token, now);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!revocation.canAnswer(requirement)) {
            return Outcome.rejected(Rejection.INSUFFICIENT);
        }
        if (revocation.isRevoked(token.revocable(), reach)) {
            return Outcome.rejected(Rejection.REVOKED);
        }
        if (token.isFirstUse()) {
            firstUse.accept(token, now);
        }
        return requirement.checkProof(token.accepted(), now);
    }

    private static boolean isForGood(Rejection reason) {
        return reason == Rejection.EXPIRED || reason == Rejection.LIVES_TOO_LONG || reason == Rejection.REVOKED;
    }

    /**
     * Judges by the content of the token and the revocations: an identity is live until its token expires, unless its
     * login ends before.
     */
    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        Instant now = clock.instant();
        if (!expected.names(identity)) {
            return Outcome.rejected(Rejection.UNKNOWN);
        }
        if (expiry.isExpired(identity.expiresAt(), now)) {
            return Outcome.rejected(Rejection.EXPIRED);
        }
        if (!revocation.canAnswer(requirement)) {
            return Outcome.rejected(Rejection.INSUFFICIENT);
        }
        String subject = identity.subject().substring(subjectPrefix().length());
        return revocation.isEnded(identity, subject, requirement)
                ? Outcome.rejected(Rejection.REVOKED)
                : requirement.checkProof(Outcome.accepted(identity), now);
    }

    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        return revocation.onEnded(ending -> listener.accept(asHere(ending)));
    }

    /** Adds the prefix of identities to the subject of an ending, which the issuer has named without it. */
    private Ending asHere(Ending ending) {
        return ending instanceof Ending.OfSubject it
                ? new Ending.OfSubject(it.realm(), subjectPrefix() + it.subject())
                : ending;
    }

    @Override
    public Set<String> prefixes() {
        return Set.of(PREFIX);
    }

    @Override
    public String issuer() {
        return expected.issuer();
    }

    @Override
    public String subjectPrefix() {
        return expected.subjectPrefix();
    }

    TokenRevocation revocation() {
        return revocation;
    }

    /** Reports the rejection of a token of which nothing is proved. */
    <T> Outcome<T> tell(Rejected<?> rejected) {
        return tell(rejected, clock.instant());
    }

    private <T> Outcome<T> tell(Rejected<?> rejected, Instant now) {
        return reporter.reject(
                new Rejected<T>(rejected.reason(), rejected.detail()),
                CredentialKind.ACCESS_TOKEN,
                expected.realm(),
                "",
                "",
                now);
    }

    /** The content of a token with a good signature. Neither its dates nor its revocations are checked. */
    Outcome<VerifiedToken> verified(Credential credential) {
        VerifiedToken known = known(credential);
        return known != null ? Outcome.accepted(known) : read(credential);
    }

    /** Whether a token that was accepted a moment ago was issued in the background. Waits for no key. */
    boolean isIssuedInBackground(Credential accepted) {
        VerifiedToken known = verified.find(accepted);
        return known != null
                ? known.issuedInBackground()
                : CompactJws.unprovenClaims(accepted)
                        .map(TokenClaims::sayBackground)
                        .equals(Outcome.accepted(true));
    }

    /** Whether the text of a token was accepted before. */
    boolean knows(Credential credential) {
        return verified.has(credential);
    }

    /**
     * Keeps a token that was signed here just now, so that it is never read and its signature never checked.
     *
     * @param content the content from which the token was written
     */
    void keepIssued(Credential issued, VerificationKey key, TokenContent content) {
        verified.keep(issued, VerifiedToken.of(key, content, expected.realm()));
    }
}
