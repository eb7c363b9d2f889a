package dev.gateline.jwt;

import dev.gateline.Claims;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.internal.Sha256;
import dev.gateline.store.Revocable;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes Gateline's own claims out of the claims of a token, so that the host's claims are left (RFC 9068 section 2.2).
 */
final class TokenClaims {
    /** The claim of an access token that was issued in the background, and not because of the user. */
    static final String BACKGROUND = "sid_idle";

    private final TypedClaims claims;
    private final ExpectedClaims expected;

    private TokenClaims(Map<String, @Nullable Object> claims, ExpectedClaims expected) {
        this.claims = new TypedClaims(claims);
        this.expected = expected;
    }

    /** Whether the token of these claims was issued in the background. */
    static boolean sayBackground(Map<String, @Nullable Object> claims) {
        return claims.get(BACKGROUND) != null;
    }

    /**
     * Judges the claims of a token whose signature is proven.
     *
     * @param key the key that made the signature
     */
    static Outcome<VerifiedToken> read(CompactJws jws, VerificationKey key, ExpectedClaims expected) {
        return jws.claims()
                .then(claims -> ofAccessToken(claims, expected))
                .then(claims -> read(claims, jws::digest, expected))
                .map(said -> VerifiedToken.of(key, said, expected.realm()));
    }

    private static Outcome<Map<String, @Nullable Object>> ofAccessToken(
            Map<String, @Nullable Object> claims, ExpectedClaims expected) {
        Optional<String> wrongKind = expected.profile().kind().wrongKind(claims);
        return wrongKind.isPresent()
                ? Outcome.rejected(Rejection.WRONG_TYPE, wrongKind.get())
                : Outcome.accepted(claims);
    }

    /**
     * Judges claims that are known to belong to an access token.
     *
     * @param claims the claims, which are changed
     * @param digest the digest that identifies a token without an id
     */
    static Outcome<TokenContent> read(
            Map<String, @Nullable Object> claims, Supplier<String> digest, ExpectedClaims expected) {
        if (claims.containsKey("cnf")) {
            return Outcome.rejected(Rejection.WRONG_TYPE, "cnf: the token is bound to a key, and came without a proof");
        }
        try {
            TokenClaims reading = new TokenClaims(claims, expected);
            Rejection elsewhere = reading.elsewhere();
            return elsewhere == null ? Outcome.accepted(reading.said(digest)) : Outcome.rejected(elsewhere);
        } catch (TypedClaims.Broken | IllegalArgumentException e) {
            return Outcome.rejected(Rejection.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /** The rejection of a token that another issuer has issued, or that is for another audience; null if neither. */
    private @Nullable Rejection elsewhere() {
        Object issuer = claims.rest().remove("iss");
        if (!expected.issuer().equals(issuer)) {
            TypedClaims.require(issuer instanceof String, "iss", "a string", issuer);
            return Rejection.WRONG_ISSUER;
        }
        boolean isForUs = false;
        for (String audience : audiences()) {
            isForUs |= expected.audiences().contains(audience);
        }
        claims.rest().remove("aud");
        return isForUs ? null : Rejection.WRONG_AUDIENCE;
    }

    private List<String> audiences() {
        List<String> names = expected.profile().names().audience();
        String name = names.get(0);
        for (int i = 1; i < names.size() && !claims.rest().containsKey(name); i++) {
            name = names.get(i);
        }
        Object value = claims.rest().get(name);
        List<String> audiences = TypedClaims.texts(value);
        TypedClaims.require(!audiences.isEmpty(), name, "a string or an array of strings, not empty", value);
        return audiences;
    }

    private TokenContent said(Supplier<String> digest) {
        Instant issuedAt = claims.date("iat", RoundingMode.FLOOR).orElseThrow(() -> TypedClaims.missing("iat"));
        Instant expiresAt = claims.date("exp", RoundingMode.FLOOR).orElseThrow(() -> TypedClaims.missing("exp"));
        Instant notBefore = claims.date("nbf", RoundingMode.CEILING).orElse(issuedAt);
        if (!expiresAt.isAfter(issuedAt) || !expiresAt.isAfter(notBefore)) {
            throw new TypedClaims.Broken("exp: must be after iat and nbf");
        }
        String tokenId = tokenId(digest);
        LoginId loginId = claims.text("sid").map(LoginId::new).orElseGet(() -> loginId(tokenId));
        String subject = subject();
        Instant provedAt = provedAt(issuedAt);
        List<String> methods = claims.textsOf("amr");
        long epoch = claims.number("sub_epoch");
        int generation = (int) claims.number("sid_gen");
        int stepUps = (int) claims.number("sid_step");
        boolean issuedInBackground = claims.take(BACKGROUND).isPresent();
        Identity identity = new Identity(
                expected.subjectPrefix() + subject,
                loginId,
                provedAt,
                issuedAt,
                expiresAt,
                methods,
                hostClaims(),
                expected.realm(),
                epoch,
                stepUps,
                expected.issuer());
        Instant validFrom = notBefore.isAfter(issuedAt) ? notBefore : issuedAt;
        return new TokenContent(
                identity,
                tokenId,
                Revocable.tokensKey(loginId, stepUps),
                subject,
                validFrom,
                epoch,
                generation,
                issuedInBackground);
    }

    private Instant provedAt(Instant issuedAt) {
        return claims.date("auth_time", RoundingMode.FLOOR)
                .map(at -> at.isBefore(issuedAt) ? at : issuedAt)
                .orElse(Instant.EPOCH);
    }

    private String tokenId(Supplier<String> digest) {
        String claim = expected.profile().names().tokenId();
        return claim.isEmpty() ? digest.get() : claims.text(claim).orElseThrow(() -> TypedClaims.missing(claim));
    }

    /**
     * The login id of a token that belongs to no login, which is its own login. The id of a token may have characters
     * that the id of a login may not have.
     */
    private static LoginId loginId(String tokenId) {
        return LoginId.parse(tokenId).orElseGet(() -> new LoginId(Sha256.base64url(tokenId)));
    }

    private String subject() {
        ClaimNames names = expected.profile().names();
        Optional<String> subject = claims.text(names.subject());
        if (names.client().isEmpty()) {
            return subject.orElseThrow(() -> TypedClaims.missing(names.subject()));
        }
        if (subject.isPresent() && subject.get().startsWith(ClaimNames.CLIENT_SUBJECT)) {
            throw new TypedClaims.Broken(names.subject() + ": begins as the subjects of clients do");
        }
        return subject.orElseGet(() -> clientSubject(names));
    }

    private String clientSubject(ClaimNames names) {
        Object client = claims.rest().get(names.client());
        if (client == null) {
            throw TypedClaims.missing(names.subject() + " and " + names.client());
        }
        String subject = ClaimNames.CLIENT_SUBJECT + client;
        boolean fits = client instanceof String text && !text.isEmpty() && TypedClaims.isText(subject);
        TypedClaims.require(fits, names.client(), TypedClaims.TEXT, client);
        return subject;
    }

    private Claims hostClaims() {
        Map<String, @Nullable Object> rest = claims.rest();
        rest.values().removeIf(Objects::isNull);
        expected.profile().names().settle(rest);
        return Claims.of(rest);
    }
}
