package dev.gateline.jwt;

import dev.gateline.Claims;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.internal.Base64Url;
import dev.gateline.store.Revocable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes the claims that are ours out of a token's, so that the host's are left (RFC 9068 section 2.2). */
final class TokenClaims {
    private static final long LAST_SECOND = 253_402_300_799L;

    private final Map<String, @Nullable Object> claims;
    private final Expected expected;

    /**
     * What a token must say to be for a verifier.
     *
     * @param issuer exactly as in {@code iss}
     * @param audiences one of which has to be named
     * @param realm of the revocations
     * @param subjectPrefix what subjects begin with in an identity
     */
    record Expected(
            String issuer, Set<String> audiences, String realm, String subjectPrefix, AccessTokenProfile profile) {

        /** Whether a token that was read here says who this is. */
        boolean names(Identity identity) {
            return identity.realm().equals(realm) && identity.subject().startsWith(subjectPrefix);
        }
    }

    /** A rule that a claim breaks. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String rule) {
            super(rule, null, false, false);
        }
    }

    /**
     * What a token says.
     *
     * @param tokensId of the tokens of its login since the same proof
     * @param subject without the prefix
     * @param validFrom the later of {@code nbf} and {@code iat}
     */
    record Said(
            Identity identity,
            String tokenId,
            String tokensId,
            String subject,
            Instant validFrom,
            long epoch,
            int generation,
            boolean issuedInBackground) {}

    private TokenClaims(Map<String, @Nullable Object> claims, Expected expected) {
        this.claims = claims;
        this.expected = expected;
    }

    /**
     * Judges the claims of a token whose signature is proven.
     *
     * @param key that made the signature
     */
    static Outcome<VerifiedToken> read(CompactJws jws, VerificationKey key, Expected expected) {
        return jws.claims()
                .then(claims -> ofAccessToken(claims, expected))
                .then(claims -> read(claims, jws::digest, expected))
                .map(said -> VerifiedToken.of(key, said, expected.realm()));
    }

    private static Outcome<Map<String, @Nullable Object>> ofAccessToken(
            Map<String, @Nullable Object> claims, Expected expected) {
        Optional<String> wrongKind = expected.profile().kind().wrongKind(claims);
        return wrongKind.isPresent()
                ? Outcome.rejected(Rejection.WRONG_TYPE, wrongKind.get())
                : Outcome.accepted(claims);
    }

    /**
     * Judges claims of which somebody vouches that they are an access token's.
     *
     * @param claims taken apart here
     * @param digest stands for the token where it has no id
     */
    static Outcome<Said> read(Map<String, @Nullable Object> claims, Supplier<String> digest, Expected expected) {
        if (claims.containsKey("cnf")) {
            return Outcome.rejected(Rejection.WRONG_TYPE, "cnf: the token is bound to a key, and came without a proof");
        }
        try {
            TokenClaims reading = new TokenClaims(claims, expected);
            Rejection elsewhere = reading.elsewhere();
            return elsewhere == null ? Outcome.accepted(reading.said(digest)) : Outcome.rejected(elsewhere);
        } catch (Broken | IllegalArgumentException e) {
            return Outcome.rejected(Rejection.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /** Whether somebody else issued the token, or it is for somebody else; null if neither. */
    private @Nullable Rejection elsewhere() {
        Object issuer = claims.remove("iss");
        if (!expected.issuer().equals(issuer)) {
            require(issuer instanceof String, "iss", "a string", issuer);
            return Rejection.WRONG_ISSUER;
        }
        boolean isForUs = false;
        for (String audience : audiences()) {
            isForUs |= expected.audiences().contains(audience);
        }
        claims.remove("aud");
        return isForUs ? null : Rejection.WRONG_AUDIENCE;
    }

    private List<String> audiences() {
        List<String> names = expected.profile().names().audience();
        String name = names.get(0);
        for (int i = 1; i < names.size() && !claims.containsKey(name); i++) {
            name = names.get(i);
        }
        Object value = claims.get(name);
        List<String> audiences = texts(value);
        require(!audiences.isEmpty(), name, "a string or an array of strings, not empty", value);
        return audiences;
    }

    private Said said(Supplier<String> digest) {
        Instant issuedAt = date("iat", RoundingMode.FLOOR).orElseThrow(() -> missing("iat"));
        Instant expiresAt = date("exp", RoundingMode.FLOOR).orElseThrow(() -> missing("exp"));
        Instant notBefore = date("nbf", RoundingMode.CEILING).orElse(issuedAt);
        if (!expiresAt.isAfter(issuedAt) || !expiresAt.isAfter(notBefore)) {
            throw new Broken("exp: must be after iat and nbf");
        }
        String tokenId = tokenId(digest);
        LoginId loginId = text("sid").map(LoginId::new).orElseGet(() -> loginId(tokenId));
        String subject = subject();
        Instant provedAt = provedAt(issuedAt);
        List<String> methods = methods();
        long epoch = number("sub_epoch");
        int generation = (int) number("sid_gen");
        int stepUps = (int) number("sid_step");
        boolean issuedInBackground = take("sid_idle").isPresent();
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
        return new Said(
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
        return date("auth_time", RoundingMode.FLOOR)
                .map(at -> at.isBefore(issuedAt) ? at : issuedAt)
                .orElse(Instant.EPOCH);
    }

    private String tokenId(Supplier<String> digest) {
        String claim = expected.profile().names().tokenId();
        return claim.isEmpty() ? digest.get() : text(claim).orElseThrow(() -> missing(claim));
    }

    /** A token without a login is its own. Its id may have any characters, those of a login's id may not. */
    private static LoginId loginId(String tokenId) {
        return LoginId.parse(tokenId).orElseGet(() -> new LoginId(digest(tokenId)));
    }

    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64Url.encode(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private String subject() {
        ClaimNames names = expected.profile().names();
        Optional<String> subject = text(names.subject());
        if (names.client().isEmpty()) {
            return subject.orElseThrow(() -> missing(names.subject()));
        }
        if (subject.isPresent() && subject.get().startsWith(ClaimNames.CLIENT_SUBJECT)) {
            throw new Broken(names.subject() + ": begins as the subjects of clients do");
        }
        return subject.orElseGet(() -> ClaimNames.CLIENT_SUBJECT
                + Optional.ofNullable(claims.get(names.client()))
                        .filter(String.class::isInstance)
                        .orElseThrow(() -> missing(names.subject() + " and " + names.client())));
    }

    /** A string, or an array of strings; empty if it is neither. */
    private static List<String> texts(@Nullable Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        if (!(value instanceof List<?> list)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(list.size());
        for (Object element : list) {
            if (!(element instanceof String text)) {
                return List.of();
            }
            texts.add(text);
        }
        return texts;
    }

    private static Broken missing(String name) {
        return new Broken(name + ": is missing");
    }

    private static void require(boolean ok, String name, String rule, @Nullable Object value) {
        if (!ok) {
            throw new Broken(name + ": must be " + rule + ", was " + kind(value));
        }
    }

    /** Of what kind a value is, and nothing more of it. */
    private static String kind(@Nullable Object value) {
        if (value instanceof String text) {
            return "a string of " + text.length();
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        return value == null ? "missing or null" : value instanceof List ? "an array" : "an object";
    }

    /** Empty if it is absent, which {@code null} is not. */
    private Optional<Object> take(String name) {
        int before = claims.size();
        Object value = claims.remove(name);
        require(value != null || claims.size() == before, name, "absent or a value", value);
        return Optional.ofNullable(value);
    }

    private Optional<String> text(String name) {
        return take(name).map(value -> {
            boolean fits = value instanceof String text
                    && !text.isEmpty()
                    && text.length() <= 255
                    && text.chars().noneMatch(Character::isISOControl);
            require(fits, name, "a string of 1 to 255 characters without control characters", value);
            return (String) value;
        });
    }

    /** A finite number of seconds, on the side that shortens the token's life. */
    private Optional<Instant> date(String name, RoundingMode rounding) {
        return take(name).map(value -> {
            if (value instanceof Long seconds && seconds >= 0 && seconds <= LAST_SECOND) {
                return Instant.ofEpochSecond(seconds);
            }
            boolean fits = value instanceof BigDecimal decimal && isDate(decimal, rounding);
            require(fits, name, "seconds since 1970, as a number and before the year 10000", value);
            return Instant.ofEpochSecond(
                    ((BigDecimal) value).setScale(0, rounding).longValueExact());
        });
    }

    private static boolean isDate(BigDecimal seconds, RoundingMode rounding) {
        return Math.abs((long) seconds.scale()) <= 64
                && seconds.signum() >= 0
                && seconds.setScale(0, rounding).compareTo(BigDecimal.valueOf(LAST_SECOND)) <= 0;
    }

    private List<String> methods() {
        return take("amr")
                .map(value -> {
                    List<String> methods = texts(value);
                    boolean fits = value instanceof List<?> list && list.size() == methods.size();
                    require(fits, "amr", "an array of strings", value);
                    return methods;
                })
                .orElse(List.of());
    }

    private long number(String name) {
        return take(name)
                .map(value -> {
                    require(value instanceof Long, name, "a whole number", value);
                    return (Long) value;
                })
                .orElse(0L);
    }

    private Claims hostClaims() {
        claims.values().removeIf(Objects::isNull);
        expected.profile().names().settle(claims);
        return Claims.of(claims);
    }
}
