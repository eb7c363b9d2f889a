package dev.gateline.jwt;

import dev.gateline.Claims;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.spi.RevocationStore.Revocable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token whose signature and claims are proven, but for what changes with time: expiry, revocation and its key.
 *
 * @param key that made the signature
 * @param identity what it says
 * @param revocable what could have been ended of it
 * @param validFrom the later of {@code nbf} and {@code iat}
 * @param lifetime from {@code iat} to {@code exp}
 * @param accepted the outcome to give while it is good, made once
 */
record VerifiedToken(
        VerificationKey key,
        Identity identity,
        Revocable revocable,
        Instant validFrom,
        Duration lifetime,
        Outcome<Identity> accepted) {

    private static final long LAST_SECOND = 253_402_300_799L;

    /** What a token must say to be for this verifier. */
    record Expected(String issuer, String audience, String realm) {}

    /**
     * Judges claims (RFC 9068 section 2.2).
     *
     * @param claims whose signature is proven
     */
    static Outcome<VerifiedToken> of(VerificationKey key, Map<String, @Nullable Object> claims, Expected expected) {
        if (claims.containsKey("cnf")) {
            return Outcome.rejected(Rejection.WRONG_TYPE);
        }
        if (!expected.issuer().equals(claims.get("iss"))) {
            return Outcome.rejected(claims.get("iss") instanceof String ? Rejection.WRONG_ISSUER : Rejection.MALFORMED);
        }
        List<String> audiences = texts(claims.get("aud"));
        if (!audiences.contains(expected.audience())) {
            return Outcome.rejected(audiences.isEmpty() ? Rejection.MALFORMED : Rejection.WRONG_AUDIENCE);
        }
        try {
            return Outcome.accepted(new Reading(claims).token(key, expected));
        } catch (IllegalArgumentException e) {
            return Outcome.rejected(Rejection.MALFORMED);
        }
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

    /** Typed access to the claims; an {@link IllegalArgumentException} means that one is not what it has to be. */
    private record Reading(Map<String, @Nullable Object> claims) {

        VerifiedToken token(VerificationKey key, Expected expected) {
            Instant issuedAt = date("iat", RoundingMode.FLOOR).orElseThrow(Reading::missing);
            Instant expiresAt = date("exp", RoundingMode.FLOOR).orElseThrow(Reading::missing);
            Instant notBefore = date("nbf", RoundingMode.CEILING).orElse(issuedAt);
            require(expiresAt.isAfter(issuedAt) && expiresAt.isAfter(notBefore));
            String tokenId = text("jti").orElseThrow(Reading::missing);
            LoginId loginId = new LoginId(text("sid").orElse(tokenId));
            String subject = text("sub").orElseThrow(Reading::missing);
            Instant provedAt = date("auth_time", RoundingMode.FLOOR)
                    .filter(at -> at.isBefore(issuedAt))
                    .orElse(claims.containsKey("auth_time") ? issuedAt : Instant.EPOCH);
            Identity identity = new Identity(subject, loginId, provedAt, issuedAt, expiresAt, methods(), hostClaims());
            return new VerifiedToken(
                    key,
                    identity,
                    new Revocable(expected.realm(), tokenId, loginId.value(), subject, epoch()),
                    notBefore.isAfter(issuedAt) ? notBefore : issuedAt,
                    Duration.between(issuedAt, expiresAt),
                    Outcome.accepted(identity));
        }

        private static IllegalArgumentException missing() {
            return new IllegalArgumentException();
        }

        private static void require(boolean ok) {
            if (!ok) {
                throw missing();
            }
        }

        private Optional<String> text(String name) {
            if (!claims.containsKey(name)) {
                return Optional.empty();
            }
            require(claims.get(name) instanceof String text && !text.isEmpty() && text.length() <= 255);
            return Optional.of((String) Objects.requireNonNull(claims.get(name)));
        }

        /** A finite number of seconds, on the side that shortens the token's life. */
        private Optional<Instant> date(String name, RoundingMode rounding) {
            if (!claims.containsKey(name)) {
                return Optional.empty();
            }
            Object value = claims.get(name);
            if (value instanceof Long seconds) {
                require(seconds >= 0 && seconds <= LAST_SECOND);
                return Optional.of(Instant.ofEpochSecond(seconds));
            }
            require(value instanceof BigDecimal);
            BigDecimal seconds = (BigDecimal) Objects.requireNonNull(value);
            require(Math.abs((long) seconds.scale()) <= 64);
            BigDecimal whole = seconds.setScale(0, rounding);
            require(seconds.signum() >= 0 && whole.compareTo(BigDecimal.valueOf(LAST_SECOND)) <= 0);
            return Optional.of(Instant.ofEpochSecond(whole.longValueExact()));
        }

        private List<String> methods() {
            if (!claims.containsKey("amr")) {
                return List.of();
            }
            List<String> methods = texts(claims.get("amr"));
            require(claims.get("amr") instanceof List<?> list && list.size() == methods.size());
            return methods;
        }

        private long epoch() {
            if (!claims.containsKey("sub_epoch")) {
                return 0;
            }
            require(claims.get("sub_epoch") instanceof Long);
            return (Long) Objects.requireNonNull(claims.get("sub_epoch"));
        }

        private Claims hostClaims() {
            Map<String, Object> host = new LinkedHashMap<>();
            claims.forEach((name, value) -> {
                if (value != null && !Claims.RESERVED.contains(name)) {
                    host.put(name, value);
                }
            });
            return Claims.of(host);
        }
    }
}
