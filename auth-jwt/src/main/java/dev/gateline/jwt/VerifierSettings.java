package dev.gateline.jwt;

import dev.gateline.AuthListener;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The settings of all verifiers of an issuer's tokens.
 *
 * @param <B> the builder that has them
 */
abstract sealed class VerifierSettings<B extends VerifierSettings<B>>
        permits JwtVerifier.Builder, IntrospectionVerifier.Builder {
    private static final int LONGEST_SUBJECT_PREFIX = 32;
    private static final int LONGEST_NAME = 255;

    private final String issuer;
    private final Set<String> audiences = new LinkedHashSet<>();
    private AccessTokenProfile profile;
    private String subjectPrefix = "";
    private Duration maxLifetime = Duration.ofHours(24);
    private Clock clock = Clock.systemUTC();
    private AuthListener listener = AuthListener.none();

    VerifierSettings(String issuer, String audience, AccessTokenProfile profile) {
        this.issuer = issuer;
        this.profile = profile;
        audiences.add(audience);
    }

    abstract B self();

    /**
     * How the issuer's tokens differ from the standard: for opaque ones, where the answers about them have subject,
     * audience, scopes and roles.
     *
     * @param profile default: {@link AccessTokenProfile#rfc9068()}; the names of RFC 7662 for opaque tokens
     */
    public B profile(AccessTokenProfile profile) {
        this.profile = profile;
        return self();
    }

    /**
     * Adds another name that tokens may be for.
     *
     * @param name 1 to 255 characters; default: the one audience that this builder began with
     */
    public B audience(String name) {
        audiences.add(name);
        return self();
    }

    /**
     * The beginning of the subject of each {@link dev.gateline.Identity}, so that subjects of one issuer are never
     * taken for those of another. Has no part in revocations.
     *
     * @param prefix such as {@code staff:}; at most 32 characters; default: empty
     */
    public B subjectPrefix(String prefix) {
        subjectPrefix = prefix;
        return self();
    }

    /**
     * The longest lifetime, {@code exp - iat}, that is believed; a token with a longer one is refused.
     *
     * @param lifetime more than zero; default 24 h
     */
    public B maxLifetime(Duration lifetime) {
        maxLifetime = lifetime;
        return self();
    }

    /**
     * Sets the clock.
     *
     * @param clock default: the system's
     */
    public B clock(Clock clock) {
        this.clock = clock;
        return self();
    }

    /**
     * Hears of rejections, and of calls that failed.
     *
     * @param listener default: none
     */
    public B listener(AuthListener listener) {
        this.listener = listener;
        return self();
    }

    TokenClaims.Expected expected() {
        audiences.forEach(each -> checkName("audience", each));
        check(
                subjectPrefix.length() <= LONGEST_SUBJECT_PREFIX
                        && subjectPrefix.chars().noneMatch(Character::isISOControl),
                "subject prefix: at most 32 characters, no control characters");
        String first = audiences.iterator().next();
        return new TokenClaims.Expected(
                checkName("issuer", issuer),
                Set.copyOf(audiences),
                JwtAuthenticator.realm(issuer, first),
                subjectPrefix,
                profile);
    }

    Duration maxLifetime() {
        check(
                !maxLifetime.isNegative() && !maxLifetime.isZero(),
                "maximum lifetime: more than zero, was " + maxLifetime);
        return maxLifetime;
    }

    Clock clock() {
        return clock;
    }

    AuthListener listener() {
        return listener;
    }

    private static String checkName(String what, String name) {
        check(
                !name.isBlank() && name.length() <= LONGEST_NAME,
                what + ": 1 to 255 characters, not blank; had " + name.length());
        check(name.chars().noneMatch(Character::isISOControl), what + ": no control characters");
        return name;
    }

    private static void check(boolean ok, String rule) {
        if (!ok) {
            throw new IllegalArgumentException(rule);
        }
    }
}
