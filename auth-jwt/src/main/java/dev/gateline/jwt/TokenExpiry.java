package dev.gateline.jwt;

import dev.gateline.Outcome.Rejected;
import dev.gateline.Rejection;
import dev.gateline.internal.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Decides how long access tokens live, and judges their dates. Immutable.
 *
 * @param skew how far the issuer's clock may be off, also for {@code exp}
 * @param aheadBy how far {@code iat} and {@code nbf} may be ahead; the skew counts if it is more
 * @param maxLifetime the longest permitted time from {@code iat} to {@code exp}, and the lifetime of issued tokens
 */
record TokenExpiry(Duration skew, Duration aheadBy, Duration maxLifetime) {
    /** The permitted difference between the clocks of two services. */
    static final Duration CLOCK_MARGIN = Duration.ofSeconds(60);

    TokenExpiry {
        Rules.within("clock skew", skew, Duration.ZERO, CLOCK_MARGIN);
        Rules.within("issuer ahead by", aheadBy, Duration.ZERO, CLOCK_MARGIN);
        Rules.require(
                !maxLifetime.isNegative() && !maxLifetime.isZero(),
                "maximum lifetime: more than zero, was " + maxLifetime);
        aheadBy = aheadBy.compareTo(skew) > 0 ? aheadBy : skew;
    }

    /** The expiry of tokens that are issued here, which all have the same lifetime. */
    static TokenExpiry ofIssued(Duration lifetime) {
        Rules.within("access lifetime", lifetime, Duration.ofSeconds(1), Duration.ofHours(24));
        Rules.require(
                lifetime.equals(lifetime.truncatedTo(ChronoUnit.SECONDS)),
                "access lifetime: in whole seconds, was " + lifetime);
        return new TokenExpiry(Duration.ZERO, CLOCK_MARGIN, lifetime);
    }

    /** The time at which a token expires that is issued at a whole second, which is not after the end of its login. */
    Instant expiresAt(Instant issuedAt, Instant loginEnds) {
        Instant lifetimeEnds = issuedAt.plus(maxLifetime);
        Instant lastSecond = loginEnds.truncatedTo(ChronoUnit.SECONDS);
        return lifetimeEnds.isBefore(lastSecond) ? lifetimeEnds : lastSecond;
    }

    /** The rejection of a token because of its dates; empty if the dates are good. */
    <T> Optional<Rejected<T>> refuses(VerifiedToken token, Instant now) {
        if (isExpired(token.identity().expiresAt(), now)) {
            return Optional.of(new Rejected<>(Rejection.EXPIRED));
        }
        if (livesTooLong(token.lifetime())) {
            return Optional.of(tooLong(token.lifetime()));
        }
        return now.isBefore(token.validFrom()) && now.plus(aheadBy).isBefore(token.validFrom())
                ? Optional.of(new Rejected<>(Rejection.NOT_YET_VALID))
                : Optional.empty();
    }

    /** Whether {@code exp} has come; the limit is exclusive. */
    boolean isExpired(Instant expiresAt, Instant now) {
        return !now.isBefore(expiresAt.plus(skew));
    }

    boolean livesTooLong(Duration lifetime) {
        return lifetime.compareTo(maxLifetime) > 0;
    }

    <T> Rejected<T> tooLong(Duration lifetime) {
        return new Rejected<>(Rejection.LIVES_TOO_LONG, "exp - iat: at most " + maxLifetime + ", was " + lifetime);
    }

    /** The time at which a revocation of a token may be forgotten. The clocks of two services may both be off. */
    static Instant revokedUntil(Instant expiresAt) {
        return expiresAt.plus(CLOCK_MARGIN).plus(CLOCK_MARGIN);
    }
}
