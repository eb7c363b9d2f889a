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
 * @param generation of the refresh token that came with it
 * @param issuedInBackground whether it was issued without the user's doing
 * @param use whether it was accepted before
 */
record VerifiedToken(
        VerificationKey key,
        Identity identity,
        Revocable revocable,
        Instant validFrom,
        Duration lifetime,
        Outcome<Identity> accepted,
        int generation,
        boolean issuedInBackground,
        Use use) {

    /** Whether a token was accepted before. Threads that race may both be the first. */
    static final class Use {
        private boolean seen;
    }

    /** Whether it is accepted for the first time, as far as is known. */
    boolean isFirstUse() {
        boolean first = !use.seen;
        if (first) {
            use.seen = true;
        }
        return first;
    }

    private static final long LAST_SECOND = 253_402_300_799L;

    /** What a token must say to be for this verifier. */
    record Expected(String issuer, String audience, String realm) {}

    /**
     * Judges claims (RFC 9068 section 2.2).
     *
     * @param claims whose signature is proven; taken apart here
     */
    static Outcome<VerifiedToken> of(VerificationKey key, Map<String, @Nullable Object> claims, Expected expected) {
        if (claims.containsKey("cnf")) {
            return Outcome.rejected(Rejection.WRONG_TYPE);
        }
        Object issuer = claims.remove("iss");
        if (!expected.issuer().equals(issuer)) {
            return Outcome.rejected(issuer instanceof String ? Rejection.WRONG_ISSUER : Rejection.MALFORMED);
        }
        List<String> audiences = texts(claims.remove("aud"));
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

    /**
     * Takes the claims that are ours, so that the host's are left. An {@link IllegalArgumentException} means that one is not
     * what it has to be.
     */
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
                    .map(at -> at.isBefore(issuedAt) ? at : issuedAt)
                    .orElse(Instant.EPOCH);
            List<String> methods = methods();
            long epoch = number("sub_epoch");
            int generation = (int) number("sid_gen");
            String tokensId = Revocable.tokensKey(loginId, (int) number("sid_step"));
            boolean issuedInBackground = take("sid_idle").isPresent();
            Identity identity = new Identity(
                    subject, loginId, provedAt, issuedAt, expiresAt, methods, hostClaims(), expected.realm(), epoch);
            return new VerifiedToken(
                    key,
                    identity,
                    new Revocable(expected.realm(), tokenId, tokensId, loginId.value(), subject, epoch),
                    notBefore.isAfter(issuedAt) ? notBefore : issuedAt,
                    Duration.between(issuedAt, expiresAt),
                    Outcome.accepted(identity),
                    generation,
                    issuedInBackground,
                    new Use());
        }

        private static IllegalArgumentException missing() {
            return new IllegalArgumentException();
        }

        private static void require(boolean ok) {
            if (!ok) {
                throw missing();
            }
        }

        /** Empty if it is absent, which {@code null} is not. */
        private Optional<Object> take(String name) {
            int before = claims.size();
            Object value = claims.remove(name);
            require(value != null || claims.size() == before);
            return Optional.ofNullable(value);
        }

        private Optional<String> text(String name) {
            return take(name).map(value -> {
                require(value instanceof String text
                        && !text.isEmpty()
                        && text.length() <= 255
                        && text.chars().noneMatch(Character::isISOControl));
                return (String) value;
            });
        }

        /** A finite number of seconds, on the side that shortens the token's life. */
        private Optional<Instant> date(String name, RoundingMode rounding) {
            return take(name).map(value -> {
                if (value instanceof Long seconds) {
                    require(seconds >= 0 && seconds <= LAST_SECOND);
                    return Instant.ofEpochSecond(seconds);
                }
                require(value instanceof BigDecimal);
                BigDecimal seconds = (BigDecimal) value;
                require(Math.abs((long) seconds.scale()) <= 64);
                BigDecimal whole = seconds.setScale(0, rounding);
                require(seconds.signum() >= 0 && whole.compareTo(BigDecimal.valueOf(LAST_SECOND)) <= 0);
                return Instant.ofEpochSecond(whole.longValueExact());
            });
        }

        private List<String> methods() {
            return take("amr")
                    .map(value -> {
                        List<String> methods = texts(value);
                        require(value instanceof List<?> list && list.size() == methods.size());
                        return methods;
                    })
                    .orElse(List.of());
        }

        private long number(String name) {
            return take(name)
                    .map(value -> {
                        require(value instanceof Long);
                        return (Long) value;
                    })
                    .orElse(0L);
        }

        private Claims hostClaims() {
            claims.values().removeIf(Objects::isNull);
            return Claims.of(claims);
        }
    }
}
