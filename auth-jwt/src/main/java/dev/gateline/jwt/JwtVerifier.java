package dev.gateline.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gateline.Activity;
import dev.gateline.Credential;
import dev.gateline.CredentialKind;
import dev.gateline.Ending;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Accepted;
import dev.gateline.Outcome.Rejected;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.engine.EndingFeed;
import dev.gateline.engine.Reporter;
import dev.gateline.store.Revocable;
import dev.gateline.store.RevocationStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads access tokens (RFC 9068): those of a {@link JwtAuthenticator}, or of an issuer elsewhere. Thread-safe.
 *
 * <p>A token's signature is checked once; after that a request costs a look-up in the cache, one for the key, one in
 * the revocations and two comparisons of time. The cache only saves work: what changes with time is asked every time.
 */
public final class JwtVerifier implements OneIssuer {
    /** How every JSON object begins in base64url, unless white space comes first. */
    static final String PREFIX = "ey";

    static final String TYPE = "at+jwt";

    /** What the clocks of two services may differ by. */
    static final Duration CLOCK_MARGIN = Duration.ofSeconds(60);

    /** Measured: a token of 500 characters takes 2.4 KB with all that it says. */
    private static final int BYTES_PER_CHARACTER = 5;

    private final KeySource keys;
    private final TokenClaims.Expected expected;
    private final @Nullable RevocationStore revocations;
    private final @Nullable EndingFeed endings;
    private final Duration clockSkew;
    private final Duration aheadBy;
    private final Duration maxLifetime;
    private final Clock clock;
    private final Reporter reporter;
    private final BiConsumer<VerifiedToken, Instant> firstUse;
    private final boolean hasCache;
    private final Cache<Text, VerifiedToken> verified;
    private volatile JoseHeader lastHeader = JoseHeader.NONE;

    /**
     * A token's. It ends with the signature, of which some characters are as good a hash as all of the text, which is
     * long.
     */
    private record Text(String text) {
        @Override
        public int hashCode() {
            long end = 0;
            for (int i = Math.max(0, text.length() - Long.BYTES); i < text.length(); i++) {
                end = end << Byte.SIZE | text.charAt(i);
            }
            return (int) ((end * 0x9e3779b97f4a7c15L) >>> Integer.SIZE);
        }

        @Override
        public String toString() {
            return "Text[redacted]";
        }
    }

    private JwtVerifier(Builder builder) {
        JwtLibraries.check();
        check(
                (builder.revocations != null) != builder.liveUntilTheyExpire,
                "either revocations(...), or tokensLiveUntilTheyExpire() if there is no source of them");
        check(
                !builder.clockSkew.isNegative() && builder.clockSkew.compareTo(CLOCK_MARGIN) <= 0,
                "clock skew: 0 to 60 s, was " + builder.clockSkew);
        check(
                !builder.aheadBy.isNegative() && builder.aheadBy.compareTo(CLOCK_MARGIN) <= 0,
                "issuer ahead by: 0 to 60 s, was " + builder.aheadBy);
        keys = builder.keys;
        expected = builder.expected();
        check(
                builder.revocations == null
                        || !expected.profile().tokenIdClaim().isEmpty(),
                "revocations(...): the tokens of this profile have no id to revoke; tokensLiveUntilTheyExpire()");
        if (keys instanceof KeyRing ring) {
            expected.audiences().forEach(ring::serve);
        }
        revocations = builder.revocations;
        endings = revocations == null ? null : new EndingFeed(expected.realm(), revocations);
        maxLifetime = builder.maxLifetime();
        aheadBy = builder.aheadBy.compareTo(builder.clockSkew) > 0 ? builder.aheadBy : builder.clockSkew;
        clockSkew = builder.clockSkew;
        clock = builder.clock();
        reporter = new Reporter(clock, builder.listener());
        firstUse = builder.firstUse;
        hasCache = builder.cacheBytes > 0;
        verified = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(builder.cacheBytes)
                .weigher((Text text, VerifiedToken token) -> text.text().length() * BYTES_PER_CHARACTER)
                .build();
    }

    /**
     * Starts wiring.
     *
     * @param issuer exactly as tokens have it in {@code iss}
     * @param audience this service's name, one of those in {@code aud}
     * @param keys whose signatures are trusted; a {@link KeyRing} with a shared secret is for one audience only
     */
    public static Builder builder(String issuer, String audience, KeySource keys) {
        return new Builder(issuer, audience, keys);
    }

    private static void check(boolean ok, String rule) {
        if (!ok) {
            throw new IllegalArgumentException(rule);
        }
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        Instant now = clock.instant();
        VerifiedToken token = known(credential);
        if (token == null) {
            Outcome<VerifiedToken> read = read(credential);
            if (read instanceof Rejected<VerifiedToken> rejected) {
                return tell(rejected.detail(), rejected.reason(), now);
            }
            token = ((Accepted<VerifiedToken>) read).value();
        }
        Outcome<Identity> outcome = judge(token, requirement, now);
        if (!(outcome instanceof Rejected<Identity> rejected)) {
            return outcome;
        }
        if (isForGood(rejected.reason())) {
            verified.invalidate(new Text(credential.reveal()));
        }
        return reporter.reject(rejected, CredentialKind.ACCESS_TOKEN, token.identity(), now);
    }

    private static boolean isForGood(Rejection reason) {
        return reason == Rejection.EXPIRED || reason == Rejection.LIVES_TOO_LONG || reason == Rejection.REVOKED;
    }

    /**
     * Knows of a token no more than it says: so an identity is live until its token expires, unless its login ends
     * before.
     */
    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        Instant now = clock.instant();
        if (!identity.realm().equals(expected.realm()) || !identity.subject().startsWith(subjectPrefix())) {
            return Outcome.rejected(Rejection.UNKNOWN);
        }
        if (!now.isBefore(identity.expiresAt().plus(clockSkew))) {
            return Outcome.rejected(Rejection.EXPIRED);
        }
        if (requirement.isAuthoritative() && revocations == null) {
            return Outcome.rejected(Rejection.INSUFFICIENT);
        }
        String subject = identity.subject().substring(subjectPrefix().length());
        return isRevoked(revocable(identity, subject), requirement)
                ? Outcome.rejected(Rejection.REVOKED)
                : requirement.checkProof(Outcome.accepted(identity), now);
    }

    /** A token that stands alone has no login whose step-ups could end it. */
    private static Revocable revocable(Identity identity, String subject) {
        LoginId id = identity.loginId();
        String tokens = Revocable.tokensKey(id, identity.stepUps());
        return new Revocable(identity.realm(), "", tokens, id.value(), subject, identity.epoch());
    }

    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        if (endings == null) {
            throw new IllegalStateException("a verifier hears of endings by revocations(...) only");
        }
        return endings.subscribe(ending -> listener.accept(asHere(ending)));
    }

    /** Endings name subjects as the issuer does, and identities here have a prefix before that. */
    private Ending asHere(Ending ending) {
        return ending instanceof Ending.OfSubject it
                ? new Ending.OfSubject(it.realm(), subjectPrefix() + it.subject())
                : ending;
    }

    @Override
    public Set<String> prefixes() {
        return Set.of(PREFIX);
    }

    boolean hearsOfEndings() {
        return endings != null;
    }

    @Override
    public String issuer() {
        return expected.issuer();
    }

    @Override
    public String subjectPrefix() {
        return expected.subjectPrefix();
    }

    /** Tells of a token of which nothing is proved, or nothing more than is told. */
    <T> Outcome<T> tell(Rejected<?> rejected) {
        return tell(rejected.detail(), rejected.reason(), clock.instant());
    }

    private <T> Outcome<T> tell(String detail, Rejection reason, Instant now) {
        return reporter.reject(
                new Rejected<T>(reason, detail), CredentialKind.ACCESS_TOKEN, expected.realm(), "", "", now);
    }

    /** What a token says, if it was ever good: neither time nor revocation are looked at. */
    Outcome<VerifiedToken> verified(Credential credential) {
        VerifiedToken known = known(credential);
        return known != null ? Outcome.accepted(known) : read(credential);
    }

    /** Whether it was accepted before, by its text alone. */
    boolean knows(Credential credential) {
        return hasCache && verified.asMap().containsKey(new Text(credential.reveal()));
    }

    /** Null if it was not seen before, or its key is not trusted any more. */
    private @Nullable VerifiedToken known(Credential credential) {
        VerifiedToken known = verified.getIfPresent(new Text(credential.reveal()));
        return known != null && isTrusted(known.key()) ? known : null;
    }

    private Outcome<VerifiedToken> read(Credential credential) {
        Outcome<VerifiedToken> read = CompactJws.read(credential, lastHeader).then(this::verify);
        read.toOptional().ifPresent(token -> remember(credential, token));
        return read;
    }

    /** A cache without room would take each token in and throw it out. */
    private void remember(Credential credential, VerifiedToken token) {
        if (hasCache) {
            verified.put(new Text(credential.reveal()), token);
        }
    }

    /**
     * Remembers a token that was signed here just now: read like any other, but for its signature.
     *
     * @throws IllegalStateException if it is none that this verifier accepts; it must not be handed out then
     */
    void remember(Credential issued, VerificationKey key) {
        Outcome<VerifiedToken> read = CompactJws.read(issued, lastHeader).then(jws -> judgeClaims(jws, key));
        VerifiedToken token = read.toOptional()
                .orElseThrow(() -> new IllegalStateException("signed a token that is not accepted: "
                        + read.rejection().orElseThrow()));
        remember(issued, token);
    }

    private Outcome<VerifiedToken> verify(CompactJws jws) {
        JoseHeader header = jws.header();
        if (header == lastHeader) {
            return verifySignature(jws);
        }
        return expected.profile().check(header).then(fitting -> {
            Outcome<VerifiedToken> read = verifySignature(jws);
            if (read.toOptional().isPresent()) {
                lastHeader = fitting;
            }
            return read;
        });
    }

    private Outcome<VerifiedToken> verifySignature(CompactJws jws) {
        Optional<VerificationKey> key = key(jws.header().keyId());
        if (key.isEmpty()) {
            return Outcome.rejected(Rejection.BAD_SIGNATURE, "kid: names no key that is trusted");
        }
        return jws.isSignedBy(key.get())
                ? judgeClaims(jws, key.get())
                : Outcome.rejected(
                        Rejection.BAD_SIGNATURE, "signature: not made with the key, or alg is not the key's");
    }

    private Outcome<VerifiedToken> judgeClaims(CompactJws jws, VerificationKey key) {
        return jws.claims().then(claims -> TokenClaims.read(key, jws, claims, expected));
    }

    private boolean isTrusted(VerificationKey key) {
        Optional<VerificationKey> now = key(key.id());
        return now.isPresent() && now.get().equals(key);
    }

    /**
     * A source may know a key by the name in the token only: so that is what it is asked for whenever the token comes
     * again.
     */
    private Optional<VerificationKey> key(String keyId) {
        Optional<VerificationKey> found = reporter.orUnavailable("find a key", () -> keys.find(keyId));
        boolean isKnownAs = found.isEmpty() || found.get().id().equals(keyId);
        return isKnownAs ? found : Optional.of(found.get().knownAs(keyId));
    }

    /** What changes with time, and what was set here, in the order in which a client can do something about it. */
    private Outcome<Identity> judge(VerifiedToken token, Requirement requirement, Instant now) {
        Identity identity = token.identity();
        if (!now.isBefore(identity.expiresAt().plus(clockSkew))) {
            return Outcome.rejected(Rejection.EXPIRED);
        }
        if (token.lifetime().compareTo(maxLifetime) > 0) {
            return Outcome.rejected(
                    Rejection.LIVES_TOO_LONG, "exp - iat: at most " + maxLifetime + ", was " + token.lifetime());
        }
        if (now.plus(aheadBy).isBefore(token.validFrom())) {
            return Outcome.rejected(Rejection.NOT_YET_VALID);
        }
        if (requirement.isAuthoritative() && revocations == null) {
            return Outcome.rejected(Rejection.INSUFFICIENT);
        }
        if (isRevoked(token.revocable(), requirement)) {
            return Outcome.rejected(Rejection.REVOKED);
        }
        if (token.isFirstUse()) {
            firstUse.accept(token, now);
        }
        Outcome<Identity> strength = requirement.checkProof(Outcome.accepted(identity), now);
        return strength instanceof Rejected<Identity> ? strength : token.accepted();
    }

    private boolean isRevoked(Revocable revocable, Requirement requirement) {
        RevocationStore store = revocations;
        if (store == null) {
            return false;
        }
        return reporter.orUnavailable(
                "look for a revocation",
                () -> requirement.isAuthoritative()
                        ? store.isRevokedAuthoritatively(revocable)
                        : store.isRevoked(revocable));
    }

    /** Wires a {@link JwtVerifier}. Not thread-safe. */
    public static final class Builder extends VerifierSettings<Builder> {
        private final KeySource keys;
        private @Nullable RevocationStore revocations;
        private boolean liveUntilTheyExpire;
        private Duration clockSkew = Duration.ZERO;
        private Duration aheadBy = CLOCK_MARGIN;
        private BiConsumer<VerifiedToken, Instant> firstUse = (token, now) -> {};
        private long cacheBytes = 64L * 1024 * 1024;

        private Builder(String issuer, String audience, KeySource keys) {
            super(issuer, audience, AccessTokenProfile.rfc9068());
            this.keys = keys;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Asks here what has been revoked, for every token.
         *
         * @param store the one that the issuer writes to
         */
        public Builder revocations(RevocationStore store) {
            revocations = store;
            return this;
        }

        /** For an issuer that tells nobody what it has revoked: a logout there does not end tokens here. */
        public Builder tokensLiveUntilTheyExpire() {
            liveUntilTheyExpire = true;
            return this;
        }

        /**
         * How far the issuer's clock may be off, in {@code exp} too.
         *
         * @param skew 0 to 60 s; default 0
         */
        public Builder clockSkew(Duration skew) {
            clockSkew = skew;
            return this;
        }

        /**
         * How far {@code iat} and {@code nbf} may be ahead. Lets a fresh token in, and lets none live longer.
         *
         * @param span 0 to 60 s; default 60 s; the clock skew counts if it is more
         */
        public Builder issuerAheadBy(Duration span) {
            aheadBy = span;
            return this;
        }

        /** Hears of each token that is accepted: once while it is remembered as verified. */
        Builder firstUse(BiConsumer<VerifiedToken, Instant> hears) {
            firstUse = hears;
            return this;
        }

        /**
         * How much memory the tokens may take that have been verified before, so that their signature is checked only
         * once.
         *
         * @param bytes at least 0, for none; default 64 MiB, some 25,000 tokens
         */
        public Builder cacheBytes(long bytes) {
            cacheBytes = bytes;
            return this;
        }

        /**
         * Checks the whole.
         *
         * @throws IllegalArgumentException naming the rule that is broken, and the value
         */
        public JwtVerifier build() {
            return new JwtVerifier(this);
        }
    }
}
