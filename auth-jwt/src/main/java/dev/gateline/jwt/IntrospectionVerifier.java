package dev.gateline.jwt;

import dev.gateline.Activity;
import dev.gateline.AuthListener;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.CredentialKind;
import dev.gateline.Ending;
import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Rejected;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.engine.Reporter;
import dev.gateline.internal.Sha256;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads access tokens that only their issuer understands, by asking the issuer about each token (RFC 7662). An answer
 * is kept for some seconds. A token that is revoked meanwhile is accepted for that time. An issuer that does not answer
 * is an {@link AuthUnavailableException}. Thread-safe.
 */
public final class IntrospectionVerifier implements OneIssuer {
    private static final Set<String> ACCESS = Set.of("access", "access_token");

    private final ExpectedClaims expected;
    private final TokenExpiry expiry;
    private final boolean audienceMayBeMissing;
    private final String prefix;
    private final IntrospectionCall call;
    private final IntrospectionCache cache;
    private final Clock clock;
    private final Reporter reporter;

    IntrospectionVerifier(IntrospectionVerifierBuilder builder, Clock clock, AuthListener listener) {
        expected = builder.expected();
        expiry = builder.expiry();
        audienceMayBeMissing = builder.audienceMayBeMissing();
        prefix = builder.tokensBeginWith();
        call = builder.call();
        cache = builder.cache();
        this.clock = clock;
        reporter = new Reporter(clock, listener);
    }

    /**
     * Starts wiring. {@link IntrospectionVerifierBuilder#issuer issuer(...)} and {@link
     * IntrospectionVerifierBuilder#audience audience(...)} have to be set, too.
     *
     * @param endpoint the address of the introspection endpoint, https
     */
    public static IntrospectionVerifierBuilder builder(URI endpoint) {
        return new IntrospectionVerifierBuilder(endpoint);
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        Instant now = clock.instant();
        Outcome<Identity> outcome = readable(credential).then(token -> judge(token, requirement, now));
        return outcome instanceof Rejected<Identity> rejected ? tell(rejected, now) : outcome;
    }

    @Override
    public Optional<Identity> tryAuthenticate(Credential credential, Requirement requirement, Activity activity) {
        Instant now = clock.instant();
        return requirement.isAuthoritative()
                ? Optional.empty()
                : readable(credential)
                        .toOptional()
                        .flatMap(token -> cache.kept(Sha256.base64url(token.reveal()), now))
                        .flatMap(answer -> stillGood(answer, requirement, now).toOptional());
    }

    @Override
    public String issuer() {
        return expected.issuer();
    }

    @Override
    public String subjectPrefix() {
        return expected.subjectPrefix();
    }

    /** The beginning of all tokens that this verifier reads. */
    String tokensBeginWith() {
        return prefix;
    }

    /** Reports the rejection of a token of which nothing is proved. */
    Outcome<Identity> tell(Rejected<Identity> rejected) {
        return tell(rejected, clock.instant());
    }

    private Outcome<Identity> tell(Rejected<Identity> rejected, Instant now) {
        return reporter.reject(rejected, CredentialKind.ACCESS_TOKEN, expected.realm(), "", "", now);
    }

    private Outcome<Credential> readable(Credential credential) {
        if (credential.tooLong()) {
            return Outcome.rejected(Rejection.TOO_LARGE);
        }
        String text = credential.reveal();
        boolean isVisible = !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        return isVisible && text.startsWith(prefix)
                ? Outcome.accepted(credential)
                : Outcome.rejected(Rejection.MALFORMED, "token: not visible ASCII that begins with '" + prefix + "'");
    }

    private Outcome<Identity> judge(Credential token, Requirement requirement, Instant now) {
        String digest = Sha256.base64url(token.reveal());
        Outcome<Identity> outcome = reporter.orUnavailable(
                "introspect a token",
                () -> requirement.isAuthoritative()
                        ? cache.ask(digest, now, () -> question(token, digest, now))
                        : cache.get(digest, now, () -> question(token, digest, now)));
        return stillGood(outcome, requirement, now);
    }

    /** Judges a kept answer by the time, and by the requirement of this request. */
    private Outcome<Identity> stillGood(Outcome<Identity> answer, Requirement requirement, Instant now) {
        return answer.then(identity -> expiry.isExpired(identity.expiresAt(), now)
                ? Outcome.rejected(Rejection.EXPIRED)
                : requirement.checkProof(answer, now));
    }

    private Outcome<Identity> question(Credential token, String digest, Instant now) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>(call.ask(token));
        Object active = answer.remove("active");
        if (!(active instanceof Boolean isActive)) {
            throw new AuthUnavailableException("an answer about a token does not say whether it is active");
        }
        if (!isActive) {
            return Outcome.rejected(Rejection.UNKNOWN, "active: false");
        }
        return notAccess(answer)
                .<Outcome<Identity>>map(rule -> Outcome.rejected(Rejection.WRONG_TYPE, rule))
                .orElseGet(() -> identity(answer, digest, now));
    }

    /** The rule that an answer about another kind of token breaks. Servers also answer about refresh tokens. */
    private static Optional<String> notAccess(Map<String, @Nullable Object> answer) {
        Object type = answer.remove("token_type");
        if (type != null && !"bearer".equals(String.valueOf(type).toLowerCase(Locale.ROOT))) {
            return Optional.of("token_type: must be Bearer");
        }
        Object use = answer.get("token_use");
        if (use != null && !ACCESS.contains(String.valueOf(use))) {
            return Optional.of("token_use: must be access or access_token");
        }
        Object typ = answer.get("typ");
        boolean isOther =
                typ != null && !"Bearer".equals(typ) && !TokenKind.ACCESS_TOKEN.equals(typ) && !"JWT".equals(typ);
        return isOther ? Optional.of("typ: must be Bearer, at+jwt or JWT") : Optional.empty();
    }

    /** The identity in an answer, from which everything but the subject may be missing (RFC 7662 section 2.2). */
    private Outcome<Identity> identity(Map<String, @Nullable Object> answer, String digest, Instant now) {
        if (isOfUserWithoutSubject(answer)) {
            return Outcome.rejected(
                    Rejection.MALFORMED,
                    "sub: is missing in the answer about a user; name another claim by subjectFrom(...)");
        }
        // one method alone is a text at some servers
        answer.computeIfPresent("amr", (name, methods) -> methods instanceof String one ? List.of(one) : methods);
        answer.putIfAbsent("iss", expected.issuer());
        answer.putIfAbsent("jti", digest);
        answer.putIfAbsent("exp", now.plus(cache.keepFor()).getEpochSecond() + 1);
        answer.putIfAbsent("iat", Math.min(now.getEpochSecond(), secondBefore(answer.get("exp"))));
        if (audienceMayBeMissing) {
            answer.putIfAbsent("aud", expected.audiences().iterator().next());
        }
        return TokenClaims.read(answer, () -> digest, expected)
                .map(TokenContent::identity)
                .then(this::withinTheLongestLifetime);
    }

    /** Such a user must not be taken for the client, which acts for many users. */
    private boolean isOfUserWithoutSubject(Map<String, @Nullable Object> answer) {
        ClaimNames names = expected.profile().names();
        Object user = answer.get("username");
        return answer.get(names.subject()) == null && user != null && !user.equals(answer.get(names.client()));
    }

    private static long secondBefore(@Nullable Object date) {
        return date instanceof Long seconds && seconds > 0 ? seconds - 1 : Long.MAX_VALUE;
    }

    private Outcome<Identity> withinTheLongestLifetime(Identity identity) {
        Duration lifetime = Duration.between(identity.issuedAt(), identity.expiresAt());
        return expiry.livesTooLong(lifetime) ? expiry.tooLong(lifetime) : Outcome.accepted(identity);
    }

    /**
     * Judges by the identity alone, because another question would need the token itself. It does not learn of a
     * revocation: authenticate a stream again with its token.
     *
     * @return {@link Rejection#INSUFFICIENT} whenever the requirement is {@linkplain Requirement#authoritative()
     *     authoritative}. Present the token again by {@code authenticate}, or keep no answers
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
        return requirement.isAuthoritative()
                ? Outcome.rejected(Rejection.INSUFFICIENT)
                : requirement.checkProof(Outcome.accepted(identity), now);
    }

    /**
     * Not supported, because the issuer reports no endings.
     *
     * @throws IllegalStateException always
     */
    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        throw new IllegalStateException(
                "introspection tells of no endings: recheck streams, or authenticate them again");
    }

    @Override
    public Set<String> prefixes() {
        return Set.of(prefix);
    }
}
