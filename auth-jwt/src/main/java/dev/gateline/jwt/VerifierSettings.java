package dev.gateline.jwt;

import dev.gateline.ClockAndListener;
import dev.gateline.internal.Rules;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The settings of all verifiers of an issuer's tokens.
 *
 * @param <B> the builder that has the settings
 */
abstract sealed class VerifierSettings<B extends VerifierSettings<B>> extends ClockAndListener<B>
        permits JwtVerifierBuilder, IntrospectionVerifierBuilder {
    private static final int LONGEST_SUBJECT_PREFIX = 32;
    private static final int LONGEST_NAME = 255;

    private String issuer = "";
    private final Set<String> audiences = new LinkedHashSet<>();
    private AccessTokenProfile profile;
    private String subjectPrefix = "";
    private Duration maxLifetime = Duration.ofHours(24);

    VerifierSettings(AccessTokenProfile profile) {
        this.profile = profile;
    }

    /**
     * Sets how the issuer's tokens differ from the standard. For opaque tokens it says where the issuer's answers have
     * subject, audience, scopes and roles.
     *
     * @param profile default: {@link AccessTokenProfile#rfc9068()}; the names of RFC 7662 for opaque tokens
     */
    public B profile(AccessTokenProfile profile) {
        this.profile = profile;
        return self();
    }

    /**
     * Names the issuer of the tokens. Required.
     *
     * @param name exactly as in {@code iss} of the tokens, 1 to 255 characters; an answer about an opaque token that
     *     names an issuer must name this one
     */
    public B issuer(String name) {
        issuer = name;
        return self();
    }

    /**
     * Adds a permitted audience, one of the names in {@code aud}. At least one is required. The first one also names
     * the revocations. If a {@link JwtAuthenticator} issues the tokens, it is that authenticator's audience.
     *
     * @param name the name of this service, 1 to 255 characters
     */
    public B audience(String name) {
        audiences.add(name);
        return self();
    }

    /**
     * Sets a prefix of the subject of each {@link dev.gateline.Identity}, so that the subjects of two issuers differ.
     * Revocations don't use it.
     *
     * @param prefix such as {@code staff:}; at most 32 characters; default: empty
     */
    public B subjectPrefix(String prefix) {
        subjectPrefix = prefix;
        return self();
    }

    /**
     * Sets the longest permitted lifetime, {@code exp - iat}. A token with a longer one is refused.
     *
     * @param lifetime more than zero; default 24 h
     */
    public B maxLifetime(Duration lifetime) {
        maxLifetime = lifetime;
        return self();
    }

    ExpectedClaims expected() {
        String first = audiences.stream().findFirst().orElse("");
        checkName("issuer", "iss", issuer);
        checkName("audience", "aud", first);
        audiences.forEach(each -> checkName("audience", "aud", each));
        Rules.require(
                subjectPrefix.length() <= LONGEST_SUBJECT_PREFIX
                        && subjectPrefix.chars().noneMatch(Character::isISOControl),
                "subject prefix: at most 32 characters, no control characters");
        return new ExpectedClaims(
                issuer, Set.copyOf(audiences), RefreshTokens.realm(issuer, first), subjectPrefix, profile);
    }

    private static void checkName(String what, String claim, String name) {
        Rules.require(
                !name.isEmpty(), what + ": is missing; " + what + "(...) sets the name that tokens have in " + claim);
        Rules.require(
                !name.isBlank() && name.length() <= LONGEST_NAME,
                what + ": 1 to 255 characters, not blank; had " + name.length());
        Rules.require(
                name.codePoints().noneMatch(c -> Character.isISOControl(c) || isHalfPair(c)),
                what + ": no control characters and no unpaired surrogate");
    }

    /** Whether a code point is half a surrogate pair, which no reader of JSON accepts. */
    private static boolean isHalfPair(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    AccessTokenProfile profile() {
        return profile;
    }

    Duration maxLifetime() {
        return maxLifetime;
    }
}
